import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import './popover.css';

export type MenuAction = {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  readonly isDisabled?: boolean;
  readonly isDestructive?: boolean;
  readonly onAction: () => void;
};

/** A list of actions that opens under its trigger, a `Button`. */
export function Menu({
  label,
  trigger,
  actions,
}: {
  readonly label: string;
  readonly trigger: ReactElement;
  readonly actions: readonly MenuAction[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" offset={4} placement="bottom end">
        <AriaMenu aria-label={label} onAction={(key) => actions.find((action) => action.id === key)?.onAction()}>
          {actions.map((action) => (
            <MenuItem
              className={`popover-item ${action.isDestructive === true ? 'popover-item-danger' : ''}`}
              id={action.id}
              isDisabled={action.isDisabled ?? false}
              key={action.id}
              textValue={action.label}
            >
              {action.icon === undefined ? null : <Icon of={action.icon} size={14} />}
              <span className="popover-item-text">{action.label}</span>
              {action.shortcut === undefined ? null : <Kbd shortcut={action.shortcut} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
