import type { ReactNode } from 'react';
import { NumberField as AriaNumberField, FieldError, Input, Label, Text } from 'react-aria-components';
import { type FieldLayout, fieldName } from './field-name.ts';
import './field.css';

/** A number typed by hand, kept within its bounds; an empty field is `null`. */
export function NumberField({
  label,
  value,
  onChange,
  layout = 'above',
  minimum,
  maximum,
  step,
  help,
  error = null,
  unit,
  format,
  isMono = false,
  isDisabled = false,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly layout?: FieldLayout;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly step?: number;
  readonly help?: ReactNode;
  readonly error?: string | null;
  /** Word after the number, for example `seconds`. */
  readonly unit?: string;
  readonly format?: Intl.NumberFormatOptions;
  readonly isMono?: boolean;
  readonly isDisabled?: boolean;
}) {
  return (
    <AriaNumberField
      {...(minimum === undefined ? {} : { minValue: minimum })}
      {...(maximum === undefined ? {} : { maxValue: maximum })}
      {...(step === undefined ? {} : { step })}
      {...fieldName(layout, label)}
      className={`field field-${layout} ${isMono ? 'field-mono' : ''}`}
      formatOptions={{ useGrouping: false, ...format }}
      isDisabled={isDisabled}
      isInvalid={error !== null}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      validationBehavior="aria"
      value={value ?? Number.NaN}
    >
      {layout === 'hidden' ? null : <Label className="field-label">{label}</Label>}
      <div className="field-box">
        <Input className="field-input" />
        {unit === undefined ? null : <span className="text-3 text-small">{unit}</span>}
      </div>
      <FieldError className="field-error">{error}</FieldError>
      {help === undefined || error !== null ? null : (
        <Text className="field-help" slot="description">
          {help}
        </Text>
      )}
    </AriaNumberField>
  );
}
