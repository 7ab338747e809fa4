import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Select as AriaSelect,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import { type FieldLayout, fieldName } from './field-name.ts';
import { Icon } from './icon.tsx';
import './field.css';
import './popover.css';
import './select.css';

export type SelectOption<T extends string> = {
  readonly id: T;
  readonly label: string;
  /** A second line that explains the choice. */
  readonly more?: string;
};

/** One choice from a list that opens. */
export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  layout = 'above',
  help,
  error = null,
  isMono = false,
  isQuiet = false,
  isDisabled = false,
}: {
  readonly label: string;
  readonly options: readonly SelectOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly layout?: FieldLayout;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly isMono?: boolean;
  readonly isQuiet?: boolean;
  readonly isDisabled?: boolean;
}) {
  return (
    <AriaSelect
      {...fieldName(layout, label)}
      className={`field field-${layout} ${isMono ? 'field-mono' : ''} ${isQuiet ? 'field-quiet' : ''}`}
      isDisabled={isDisabled}
      isInvalid={error !== null}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      value={value}
    >
      {layout === 'hidden' ? null : <Label className="field-label">{label}</Label>}
      <Button className="field-box select-button">
        <SelectValue className={`select-value ${isMono ? 'mono' : ''}`}>
          {({ selectedText }) => selectedText}
        </SelectValue>
        <Icon className="text-3" of={ChevronDown} size={14} />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      {help === undefined ? null : (
        <Text className="field-help" slot="description">
          {help}
        </Text>
      )}
      <Popover className="popover select-popover" offset={4}>
        <ListBox items={options}>
          {(option) => (
            <ListBoxItem className="popover-item" id={option.id} textValue={option.label}>
              {({ isSelected }) => (
                <>
                  <span className="popover-item-text">
                    <span className={isMono ? 'mono' : ''}>{option.label}</span>
                    {option.more === undefined ? null : <span className="popover-item-more">{option.more}</span>}
                  </span>
                  {isSelected ? <Icon className="text-accent" of={Check} size={14} /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
