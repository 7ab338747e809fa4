import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components';
import { Kbd } from './kbd.tsx';
import './tooltip.css';

type Placement = 'top' | 'bottom' | 'left' | 'right';

/** The floating part of a tooltip; for triggers that are buttons of the kit already. */
export function TooltipBubble({
  text,
  shortcut,
  placement = 'bottom',
}: {
  readonly text: ReactNode;
  readonly shortcut?: string | undefined;
  readonly placement?: Placement;
}) {
  return (
    <AriaTooltip className="tooltip" offset={6} placement={placement}>
      <span>{text}</span>
      {shortcut === undefined ? null : <Kbd shortcut={shortcut} />}
    </AriaTooltip>
  );
}

/** Explains one element on hover and on keyboard focus; the element must be able to take focus. */
export function Tooltip({
  text,
  shortcut,
  placement = 'bottom',
  children,
}: {
  readonly text: ReactNode;
  readonly shortcut?: string;
  readonly placement?: Placement;
  readonly children: ReactElement<Record<string, unknown>, string>;
}) {
  return (
    <TooltipTrigger closeDelay={80} delay={500}>
      <Focusable>{children}</Focusable>
      <TooltipBubble placement={placement} shortcut={shortcut} text={text} />
    </TooltipTrigger>
  );
}
