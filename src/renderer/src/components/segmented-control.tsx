import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { type FieldLayout, fieldName } from './field-name.ts';
import './field.css';
import './segmented-control.css';

export type Segment<T extends string> = {
  readonly id: T;
  readonly label: string;
  /** A shape before the word, for example an environment mark. */
  readonly mark?: ReactNode;
};

/** One choice of a few that stay in sight. */
export function SegmentedControl<T extends string>({
  label,
  segments,
  value,
  onChange,
  layout = 'hidden',
  help,
  isWide = false,
  isDisabled = false,
}: {
  readonly label: string;
  readonly segments: readonly Segment<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly layout?: FieldLayout;
  readonly help?: ReactNode;
  /** Fills the width of its place. */
  readonly isWide?: boolean;
  readonly isDisabled?: boolean;
}) {
  return (
    <RadioGroup
      {...fieldName(layout, label)}
      className={`field field-${layout}`}
      isDisabled={isDisabled}
      onChange={(next) => {
        const chosen = segments.find((segment) => segment.id === next);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      orientation="horizontal"
      value={value}
    >
      {layout === 'hidden' ? null : <Label className="field-label">{label}</Label>}
      <div className={`segmented-control ${isWide ? 'segmented-control-wide' : ''}`}>
        {segments.map((segment) => (
          <Radio className="segmented-control-item" key={segment.id} value={segment.id}>
            {segment.mark}
            {segment.label}
          </Radio>
        ))}
      </div>
      {help === undefined ? null : <p className="field-help">{help}</p>}
    </RadioGroup>
  );
}
