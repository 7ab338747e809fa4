import { RefreshCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { Remedies } from '../../state/remedies.ts';
import { showToast } from '../../state/toasts.ts';
import { ConnectionFields } from './connection-fields.tsx';
import type { ConnectionForm } from './connection-form.ts';
import { DeleteConnection } from './delete-connection.tsx';
import { OpeningNotice } from './opening-notice.tsx';
import { TestResult } from './test-result.tsx';
import { useConnectionEditor } from './use-connection-editor.ts';
import type { OpeningConnection } from './use-open-connection.ts';
import './connection-details.css';

/** The form of one connection, new or saved, with its test, and the buttons that save, delete and connect. */
export function ConnectionDetails({
  saved,
  start,
  opening,
  onSaved,
  onDiscard,
  onChanged,
}: {
  readonly saved: ConnectionListItem | null;
  readonly start: ConnectionForm;
  readonly opening: OpeningConnection;
  readonly onSaved: (item: ConnectionListItem) => void;
  /** Starts over, or leaves the form of a new connection. */
  readonly onDiscard: () => void;
  readonly onChanged: (isChanged: boolean) => void;
}) {
  const editor = useConnectionEditor(saved, start);
  const [isDeleting, setIsDeleting] = useState(false);
  const { form, isChanged } = editor;
  useEffect(() => onChanged(isChanged), [isChanged, onChanged]);
  const outcome = useRef<HTMLDivElement>(null);
  const news = `${editor.test.state.status} ${editor.saveError?.code} ${opening.isOpening} ${opening.error?.code}`;
  useEffect(() => {
    // What has just happened must be in sight in a low window too.
    if (news !== '') outcome.current?.scrollIntoView({ block: 'nearest' });
  }, [news]);

  const save = async (storage?: 'session'): Promise<ConnectionListItem | null> => {
    const item = await editor.save(storage);
    if (item === null) return null;
    showToast({ tone: 'ok', title: `Saved ${item.name}` });
    onSaved(item);
    return item;
  };
  const typePassword = (): void => editor.change({ password: { kind: 'typed', value: '' } });
  const editHost = (): void =>
    document.querySelector<HTMLInputElement>('.connection-details input[name="host"]')?.focus();
  const remedies: Remedies = {
    retry: editor.runTest,
    'enter-password': typePassword,
    'keep-for-session': () => void save('session'),
    'edit-connection': () =>
      document.querySelector<HTMLInputElement>('.connection-details input[name="host"]')?.focus(),
  };

  return (
    <aside aria-label="Connection details" className="connection-details">
      <header className="connection-details-head">
        <div className="row">
          <h2 className="connection-details-title">{saved?.name ?? 'New connection'}</h2>
          <EnvironmentMark environment={form.environment} />
        </div>
        <p className="text-small text-2">
          {saved === null
            ? 'Nothing is sent to the server before you test or connect.'
            : 'Reading only: no session that Lockstep opens here can write.'}
        </p>
      </header>
      <form
        className="connection-details-fields"
        id="connection-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ConnectionFields editor={editor} saved={saved} />
        <div className="connection-details-outcome" ref={outcome}>
          {editor.saveError === null ? null : <ErrorNotice error={editor.saveError} remedies={remedies} />}
          <TestResult remedies={remedies} test={editor.test} />
          <OpeningNotice
            id={saved?.id ?? null}
            keepsCatalog={saved !== null && saved.catalogAt !== null}
            opening={opening}
            remedies={{ 'enter-password': typePassword, 'edit-connection': editHost }}
          />
        </div>
      </form>
      <footer className="connection-details-foot">
        <Button icon={RefreshCw} isPending={editor.test.isRunning} onPress={editor.runTest}>
          {editor.test.state.status === 'done' ? 'Test again' : 'Test'}
        </Button>
        {saved === null ? null : (
          <Button className="text-ellipsis" onPress={() => setIsDeleting(true)} variant="danger-text">
            Delete…
          </Button>
        )}
        <span className="grow" />
        <Button isDisabled={saved !== null && !isChanged} onPress={onDiscard}>
          {saved === null ? 'Cancel' : 'Discard'}
        </Button>
        {saved !== null && !isChanged ? (
          <Button
            isPending={opening.isOpening && opening.id === saved.id}
            onPress={() => void opening.open(saved.id)}
            variant="primary"
          >
            {saved.identity === null ? 'Connect' : 'Open schema'}
          </Button>
        ) : (
          <Button form="connection-form" isPending={editor.isSaving} type="submit" variant="primary">
            Save
          </Button>
        )}
      </footer>
      {isDeleting && saved !== null ? <DeleteConnection item={saved} onClose={() => setIsDeleting(false)} /> : null}
    </aside>
  );
}
