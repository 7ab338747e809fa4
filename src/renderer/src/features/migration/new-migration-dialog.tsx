import { useMemo, useState } from 'react';
import type { ConnectionId } from '../../../../shared/ids.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useKeptCatalog } from '../../ipc/use-kept-catalog.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { useNavigation } from '../../state/navigation.ts';
import { useNewMigration } from '../../state/use-new-migration.ts';
import { requestExamples } from './model/request-examples.ts';
import './new-migration-dialog.css';

/** Asks what should change and where, then opens the new migration. */
export function NewMigrationDialog({
  connectionId,
  request: initial,
  onClose,
}: {
  /** Null lets the reader choose. */
  readonly connectionId: ConnectionId | null;
  readonly request: string;
  readonly onClose: () => void;
}) {
  const connections = useRequest('connections.list', {}).data ?? [];
  const activeConnection = useNavigation((state) => state.activeConnectionId);
  const [chosen, setChosen] = useState<ConnectionId | null>(connectionId ?? activeConnection);
  const [words, setWords] = useState(initial);
  const create = useNewMigration();
  const target = chosen ?? connections[0]?.id ?? null;
  const { data: catalog } = useKeptCatalog(target);
  const examples = useMemo(() => (catalog ? requestExamples(catalog) : []), [catalog]);
  const start = (): void => {
    if (target === null) return;
    onClose();
    void create(target, words.trim());
  };
  return (
    <Dialog
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button lockedReason={target === null ? 'Choose a connection first' : null} onPress={start} variant="primary">
            Create migration
          </Button>
        </>
      }
      onClose={onClose}
      title="New migration"
    >
      {connectionId === null && target !== null ? (
        <Select
          label="Target"
          onChange={setChosen}
          options={connections.map(({ id, name, environment }) => ({ id, label: name, more: environment }))}
          value={target}
        />
      ) : null}
      <TextField
        autoFocus
        label="What should change?"
        onChange={setWords}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            start();
          }
        }}
        placeholder="For example: add email_verified boolean to users"
        rows={3}
        value={words}
      />
      {examples.length > 0 && initial === '' ? (
        <ul aria-label="Examples" className="new-migration-examples">
          {examples.map((example) => (
            <li key={example}>
              <button className="request-example" onClick={() => setWords(example)} type="button">
                {example}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="text-small text-2">Nothing is changed in the database. Leave it empty to write the SQL by hand.</p>
    </Dialog>
  );
}
