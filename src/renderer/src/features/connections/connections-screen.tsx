import { Link2, Plug, Plus, Search } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { AlertDialog } from '../../components/alert-dialog.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useRequest } from '../../ipc/use-request.ts';
import { useNavigation } from '../../state/navigation.ts';
import { ConnectionDetails } from './connection-details.tsx';
import { type ConnectionForm, emptyForm, fillFromUri, formOf } from './connection-form.ts';
import { ConnectionTable } from './connection-table.tsx';
import { PasteUriDialog } from './paste-uri-dialog.tsx';
import { SampleDetails } from './sample-details.tsx';
import { SampleHint } from './sample-hint.tsx';
import { useOpenConnection } from './use-open-connection.ts';
import './connections-screen.css';

/** What the panel on the right shows: a saved connection, or the form of a new one; `turn` starts the form over. */
type Selection =
  | { readonly kind: 'saved'; readonly id: string; readonly turn: number }
  | { readonly kind: 'new'; readonly start: ConnectionForm; readonly turn: number };

const matches = (item: ConnectionListItem, filter: string): boolean =>
  `${item.name} ${item.host} ${item.database} ${item.user} ${item.environment}`
    .toLowerCase()
    .includes(filter.trim().toLowerCase());

/** The list of connections and the form of the one that is chosen. */
export function ConnectionsScreen() {
  const list = useRequest('connections.list', {});
  const opening = useOpenConnection();
  const activeId = useNavigation((state) => state.activeConnectionId);
  const [chosen, setChosen] = useState<Selection | null>(null);
  const [asked, setAsked] = useState<Selection | null>(null);
  const [isFormChanged, setIsFormChanged] = useState(false);
  const [isPasting, setIsPasting] = useState(false);
  const [filter, setFilter] = useState('');
  const onChanged = useCallback((isChanged: boolean) => setIsFormChanged(isChanged), []);

  const items = list.data ?? [];
  const shown = items.filter((item) => matches(item, filter));
  const sample = items.find((item) => item.environment === 'sample');
  const first = items.find((item) => item.id === activeId) ?? items.find((item) => item !== sample);
  const fallback: Selection | null = first === undefined ? null : { kind: 'saved', id: first.id, turn: 0 };
  // A connection that was deleted gives way to another one.
  const isGone = chosen?.kind === 'saved' && !items.some((item) => item.id === chosen.id);
  const selection = chosen === null || isGone ? fallback : chosen;
  const saved = selection?.kind === 'saved' ? (items.find((item) => item.id === selection.id) ?? null) : null;

  const show = (next: Selection): void => {
    setAsked(null);
    setIsFormChanged(false);
    opening.reset();
    setChosen(next);
  };
  const ask = (next: Selection): void => (isFormChanged ? setAsked(next) : show(next));
  const nextTurn = (selection?.turn ?? 0) + 1;
  const openNew = (start: ConnectionForm): void => ask({ kind: 'new', start, turn: nextTurn });

  return (
    <div className="connections-screen">
      <section aria-label="Connections" className="connections-list">
        <header className="connections-head">
          <h1 className="connections-title">Connections</h1>
          <span className="text-2">{items.length}</span>
          <span className="grow" />
          <TextField
            className="connections-filter"
            icon={Search}
            isQuiet
            label="Filter connections"
            layout="hidden"
            onChange={setFilter}
            placeholder="Filter"
            type="search"
            value={filter}
          />
          <Button icon={Link2} onPress={() => setIsPasting(true)}>
            Paste URI
          </Button>
          <Button icon={Plus} onPress={() => openNew(emptyForm)}>
            New connection
          </Button>
        </header>
        <div className="connections-scroll">
          {list.error === null ? null : (
            <ErrorNotice className="connections-error" error={list.error} remedies={{ retry: list.refetch }} />
          )}
          {items.length === 0 ? null : (
            <ConnectionTable
              items={shown}
              onOpen={(id) => void opening.open(id)}
              onSelect={(id) => {
                if (saved?.id !== id) ask({ kind: 'saved', id, turn: nextTurn });
              }}
              selectedId={saved?.id ?? null}
            />
          )}
          {items.length > 0 && shown.length === 0 ? (
            <p className="connections-none text-2">No connection contains “{filter.trim()}”.</p>
          ) : null}
          {sample === undefined || (sample.identity === null && sample.catalogAt === null) ? (
            <SampleHint isSelected={saved?.environment === 'sample'} opening={opening} />
          ) : null}
        </div>
      </section>
      {selection === null ? (
        <aside aria-label="Connection details" className="connections-empty">
          <EmptyState
            action={
              <Button icon={Plus} onPress={() => openNew(emptyForm)} variant="primary">
                New connection
              </Button>
            }
            icon={Plug}
            title="Connect to PostgreSQL"
          >
            <p>
              Versions 12 to 18. Sessions are read-only, and the server enforces it. Passwords stay in the keychain.
            </p>
          </EmptyState>
        </aside>
      ) : saved?.environment === 'sample' ? (
        <SampleDetails item={saved} opening={opening} />
      ) : (
        <ConnectionDetails
          key={`${saved?.id ?? 'new'} ${selection.turn}`}
          onChanged={onChanged}
          onDiscard={() =>
            show(
              selection.kind === 'new' && fallback !== null
                ? { ...fallback, turn: nextTurn }
                : { ...selection, turn: nextTurn },
            )
          }
          onSaved={(item) => show({ kind: 'saved', id: item.id, turn: nextTurn })}
          opening={opening}
          saved={saved}
          start={selection.kind === 'new' ? selection.start : saved === null ? emptyForm : formOf(saved)}
        />
      )}
      {isPasting ? (
        <PasteUriDialog
          onByHand={() => {
            setIsPasting(false);
            openNew(emptyForm);
          }}
          onClose={() => setIsPasting(false)}
          onParsed={(parsed) => {
            setIsPasting(false);
            openNew(fillFromUri(emptyForm, parsed));
          }}
        />
      ) : null}
      {asked === null ? null : (
        <AlertDialog
          action="Discard changes"
          onClose={() => setAsked(null)}
          onConfirm={() => show(asked)}
          title={`Discard the changes to ${saved?.name ?? 'the new connection'}?`}
        >
          <p>They have not been saved.</p>
        </AlertDialog>
      )}
    </div>
  );
}
