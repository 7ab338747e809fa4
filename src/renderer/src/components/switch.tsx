import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import './switch.css';

/** Something that is on or off at once. */
export function Switch({
  children,
  isOn,
  onChange,
  isDisabled = false,
}: {
  readonly children: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <AriaSwitch className="switch" isDisabled={isDisabled} isSelected={isOn} onChange={onChange}>
      <span aria-hidden="true" className="switch-track" />
      <span className="switch-text">{children}</span>
    </AriaSwitch>
  );
}
