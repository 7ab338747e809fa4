import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { EnvironmentMark } from '../../components/environment-mark.tsx';
import { Icon } from '../../components/icon.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { closeDialog } from '../../state/dialogs.ts';
import { type PaletteGroup, type PaletteScope, paletteGroups, readQuery, withScope } from './palette-groups.ts';
import { PaletteRow } from './palette-row.tsx';
import { type RunnableEntry, usePaletteEntries } from './use-palette-entries.ts';
import './command-palette.css';

const scopes: readonly { readonly id: PaletteScope; readonly label: string; readonly prefix: string }[] = [
  { id: 'all', label: 'All', prefix: '' },
  { id: 'commands', label: 'Commands', prefix: '>' },
  { id: 'objects', label: 'Objects', prefix: '@' },
  { id: 'migrations', label: 'Migrations', prefix: '#' },
];

const nothingYet: readonly PaletteGroup<RunnableEntry>[] = [];

function nothingFound(scope: PaletteScope, knowsObjects: boolean): string {
  if (scope === 'objects' && !knowsObjects)
    return 'Objects are found here once the schema of a connection has been read.';
  return scope === 'all' ? 'Nothing is called that.' : `No ${scope} are called that.`;
}

/** Finds and runs commands, objects and migrations; the caret stays in the field, arrow keys choose. */
export function CommandPalette({ prefix }: { readonly prefix: '' | '>' | '@' | '#' }) {
  const { entries, connection, knowsObjects } = usePaletteEntries();
  const [typed, setTyped] = useState<string>(prefix);
  const [active, setActive] = useState(0);
  const listId = useId();
  // The field is there and answers at once; what is found among thousands follows.
  const wanted = useDeferredValue(typed);
  const found = useMemo(() => paletteGroups(wanted, entries), [wanted, entries]);
  const groups = useDeferredValue(found, nothingYet);
  const flat = useMemo(() => groups.flatMap((group) => group.found), [groups]);
  const { scope } = readQuery(typed);
  const optionId = (index: number): string => `${listId}-${index}`;

  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, active]);

  const type = (text: string): void => {
    setTyped(text);
    setActive(0);
  };
  const run = (entry: RunnableEntry | undefined): void => {
    if (entry === undefined || !entry.isEnabled) return;
    closeDialog();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const count = flat.length;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: count === 0 ? 0 : (active + 1) % count,
      ArrowUp: count === 0 ? 0 : (active - 1 + count) % count,
      PageDown: Math.min(active + 8, Math.max(0, count - 1)),
      PageUp: Math.max(active - 8, 0),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      // Whoever types and presses Enter at once means what was typed, not the list that still stands there.
      const isBehind = wanted !== typed || groups !== found;
      const meant = isBehind ? paletteGroups(typed, entries).flatMap((group) => group.found) : flat;
      run(meant[active]?.entry);
    }
    if (event.key === 'Tab') {
      event.preventDefault();
      const position = scopes.findIndex((item) => item.id === scope) + (event.shiftKey ? -1 : 1);
      type(withScope(typed, scopes[(position + scopes.length) % scopes.length]?.id ?? 'all'));
    }
  };

  let index = -1;
  return (
    <ModalOverlay
      className="dialog-scrim"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) closeDialog();
      }}
    >
      <Modal className="palette">
        <Dialog aria-label="Find object or run command" className="palette-body">
          <div className="palette-field">
            <Icon of={Search} size={18} />
            <input
              aria-activedescendant={flat.length === 0 ? undefined : optionId(active)}
              aria-autocomplete="list"
              aria-controls={listId}
              aria-expanded
              aria-label="Find object or run command"
              autoFocus
              className="palette-input"
              onChange={(event) => type(event.target.value)}
              onKeyDown={onKeyDown}
              placeholder="Find object or run command"
              role="combobox"
              spellCheck={false}
              value={typed}
            />
            <Kbd shortcut="Escape" />
          </div>
          <div className="palette-scopes">
            {scopes.map((item) => (
              <button
                aria-pressed={item.id === scope}
                className="palette-scope"
                key={item.id}
                onClick={() => type(withScope(typed, item.id))}
                onMouseDown={(event) => event.preventDefault()}
                tabIndex={-1}
                type="button"
              >
                {item.label}
                {item.prefix === '' ? null : <kbd className="kbd">{item.prefix}</kbd>}
              </button>
            ))}
            <span className="grow" />
            {connection === null ? null : (
              <span className="row row-close">
                on <b className="text-strong palette-connection">{connection.name}</b>
                <EnvironmentMark environment={connection.environment} isLoud isSolid />
              </span>
            )}
          </div>
          <div aria-label="Results" className="palette-list" id={listId} role="listbox" tabIndex={-1}>
            {groups.map((group) => (
              <div key={group.title} role="presentation">
                <div aria-hidden="true" className="palette-group">
                  {group.title}
                </div>
                {group.found.map((found) => {
                  index += 1;
                  const position = index;
                  return (
                    <PaletteRow
                      found={found}
                      id={optionId(position)}
                      isActive={position === active}
                      key={found.entry.id}
                      onHover={() => setActive(position)}
                      onRun={() => run(found.entry)}
                    />
                  );
                })}
              </div>
            ))}
          </div>
          {flat.length === 0 && groups === found ? (
            <p className="palette-none">{nothingFound(scope, knowsObjects)}</p>
          ) : null}
          <footer className="palette-foot">
            <span className="row row-close">
              <Kbd shortcut="ArrowUp" />
              <Kbd shortcut="ArrowDown" />
              move
            </span>
            <span className="row row-close">
              <Kbd shortcut="Enter" />
              run
            </span>
            <span className="row row-close">
              <Kbd shortcut="Tab" />
              next kind
            </span>
            <span className="grow" />
            <span role="status">
              {flat.length} of {entries.length}
            </span>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
