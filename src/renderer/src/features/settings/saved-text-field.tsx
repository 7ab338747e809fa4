import { type ReactNode, useState } from 'react';
import { TextField } from '../../components/text-field.tsx';

/** A text that is saved when the caret leaves it or Enter is pressed, if it is valid; Esc takes the edit back. */
export function SavedTextField({
  label,
  value,
  onSave,
  problemOf,
  help,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onSave: (value: string) => void;
  /** What is wrong with a text, or null. */
  readonly problemOf: (value: string) => string | null;
  readonly help?: ReactNode;
  readonly placeholder?: string;
}) {
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? value;
  const problem = edited === null ? null : problemOf(edited.trim());
  const finish = (): void => {
    if (edited === null || problem !== null) return;
    if (edited.trim() !== value) onSave(edited.trim());
    setEdited(null);
  };
  return (
    <TextField
      error={problem}
      help={help}
      isMono
      label={label}
      onBlur={finish}
      onChange={setEdited}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') setEdited(null);
      }}
      value={text}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}
