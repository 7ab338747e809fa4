import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { TextField as AriaTextField, FieldError, Input, Label, Text, TextArea } from 'react-aria-components';
import { type FieldLayout, fieldName } from './field-name.ts';
import { Icon } from './icon.tsx';
import './field.css';

export type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Where the label stands; `hidden` keeps it for screen readers. */
  readonly layout?: FieldLayout;
  readonly help?: ReactNode;
  /** What is wrong and how to mend it; null when nothing is. */
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password' | 'search' | 'url';
  readonly icon?: LucideIcon;
  /** Stands at the end of the box. */
  readonly suffix?: ReactNode;
  readonly isMono?: boolean;
  /** A weaker border, for filters and search. */
  readonly isQuiet?: boolean;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
  readonly rows?: number;
  readonly name?: string;
  readonly className?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onBlur?: () => void;
};

/** One line of text, or several with `rows`. */
export function TextField({
  label,
  value,
  onChange,
  layout = 'above',
  help,
  error = null,
  placeholder,
  type = 'text',
  icon,
  suffix,
  isMono = false,
  isQuiet = false,
  isDisabled = false,
  isRequired = false,
  autoFocus = false,
  rows,
  name,
  className,
  onKeyDown,
  onBlur,
}: TextFieldProps) {
  const names = ['field', `field-${layout}`, isMono && 'field-mono', isQuiet && 'field-quiet', className];
  const shared = {
    className: 'field-input',
    spellCheck: false,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(onKeyDown === undefined ? {} : { onKeyDown }),
    ...(onBlur === undefined ? {} : { onBlur }),
  };
  return (
    <AriaTextField
      {...fieldName(layout, label)}
      autoComplete="off"
      // Set only where opening the form means that typing starts here.
      autoFocus={autoFocus}
      className={names.filter(Boolean).join(' ')}
      isDisabled={isDisabled}
      isInvalid={error !== null}
      isRequired={isRequired}
      {...(name === undefined ? {} : { name })}
      onChange={onChange}
      type={type}
      validationBehavior="aria"
      value={value}
    >
      {layout === 'hidden' ? null : <Label className="field-label">{label}</Label>}
      <div className="field-box">
        {icon === undefined ? null : <Icon className="text-3" of={icon} size={14} />}
        {rows === undefined ? <Input {...shared} /> : <TextArea {...shared} rows={rows} />}
        {suffix}
      </div>
      <FieldError className="field-error">{error}</FieldError>
      {help === undefined || error !== null ? null : (
        <Text className="field-help" slot="description">
          {help}
        </Text>
      )}
    </AriaTextField>
  );
}
