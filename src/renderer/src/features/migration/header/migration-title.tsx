import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/text-field.tsx';

/** The title of a migration, and the way to give it another one. */
export function MigrationTitle({
  title,
  onRename,
}: {
  readonly title: string;
  readonly onRename: (title: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <div className="migration-title">
        <h1 className="text-ellipsis">{title}</h1>
        <Button
          icon={Pencil}
          label="Rename this migration"
          onPress={() => setTyped(title)}
          size="small"
          variant="ghost"
        />
      </div>
    );
  }
  const keep = (): void => {
    setTyped(null);
    const next = typed.trim();
    if (next !== '' && next !== title) onRename(next);
  };
  return (
    <form
      className="migration-title"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) keep();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <TextField
        autoFocus
        className="migration-title-field"
        label="Title"
        layout="hidden"
        onChange={setTyped}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped(null);
        }}
        value={typed}
      />
    </form>
  );
}
