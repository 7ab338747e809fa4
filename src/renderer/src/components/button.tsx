import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, ProgressBar, TooltipTrigger } from 'react-aria-components';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import { TooltipBubble } from './tooltip.tsx';
import './button.css';

export type ButtonProps = {
  readonly children?: ReactNode;
  readonly onPress?: () => void;
  readonly variant?: 'default' | 'primary' | 'ghost' | 'destructive' | 'danger-text' | 'link';
  readonly size?: 'normal' | 'small' | 'large';
  readonly icon?: LucideIcon;
  /** Needed for a button that shows only an icon. */
  readonly label?: string;
  /** Shown in the tooltip, and inside the button with `showShortcut`. */
  readonly shortcut?: string | undefined;
  readonly showShortcut?: boolean;
  readonly tooltip?: ReactNode;
  readonly isDisabled?: boolean;
  /** Why the button cannot be used now: it stays visible and reachable, and says this in its tooltip. */
  readonly lockedReason?: string | null;
  readonly isPending?: boolean;
  readonly autoFocus?: boolean;
  readonly type?: 'button' | 'submit';
  readonly form?: string;
  readonly className?: string;
  readonly slot?: string;
  readonly 'aria-pressed'?: boolean;
  readonly 'aria-haspopup'?: 'menu' | 'dialog' | 'listbox';
};

/** A button; with a tooltip, a shortcut or a reason for being locked it explains itself on hover and focus. */
export function Button({
  children,
  onPress,
  variant = 'default',
  size = 'normal',
  icon,
  label,
  shortcut,
  showShortcut = false,
  tooltip,
  isDisabled = false,
  lockedReason = null,
  isPending = false,
  className,
  ...rest
}: ButtonProps) {
  const locked = lockedReason !== null;
  const iconOnly = children === undefined && icon !== undefined;
  const names = ['button', `button-${variant}`, `button-${size}`, iconOnly && 'button-icon', locked && 'button-locked'];
  const button = (
    <AriaButton
      {...rest}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(locked ? { 'aria-disabled': true } : {})}
      className={[...names.filter(Boolean), className ?? ''].join(' ').trim()}
      isDisabled={isDisabled && !locked}
      isPending={isPending}
      onPress={() => {
        if (!locked) onPress?.();
      }}
    >
      {isPending ? (
        <ProgressBar aria-label="Working" className="button-spinner" isIndeterminate>
          <Icon of={LoaderCircle} size={14} />
        </ProgressBar>
      ) : icon === undefined ? null : (
        <Icon of={icon} size={variant === 'link' ? 12 : 14} />
      )}
      {children}
      {showShortcut && shortcut !== undefined ? <Kbd shortcut={shortcut} /> : null}
    </AriaButton>
  );
  const text = lockedReason ?? tooltip ?? (iconOnly ? label : undefined);
  if (text === undefined && (shortcut === undefined || showShortcut)) return button;
  return (
    <TooltipTrigger closeDelay={80} delay={locked ? 150 : 500}>
      {button}
      <TooltipBubble shortcut={locked ? undefined : shortcut} text={text ?? children} />
    </TooltipTrigger>
  );
}
