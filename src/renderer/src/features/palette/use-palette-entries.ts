import { ArrowUpDown, ChevronRight, Eye, FunctionSquare, type LucideIcon, Shapes, Table2 } from 'lucide-react';
import { useMemo } from 'react';
import type { Catalog } from '../../../../engine/catalog/catalog.ts';
import type { TableFacts } from '../../../../engine/catalog/facts.ts';
import type { ConnectionId } from '../../../../shared/ids.ts';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import type { MigrationSummary } from '../../../../shared/migration.ts';
import { useKeptCatalog } from '../../ipc/use-kept-catalog.ts';
import { useRequest } from '../../ipc/use-request.ts';
import { activeCommands, type Command, useCommandRegistry } from '../../state/commands.ts';
import { openMigration, openSchema } from '../../state/navigation.ts';
import { countOf } from '../schema/quantities.ts';
import { useCurrentConnection } from '../shell/use-current-connection.ts';
import type { PaletteEntry } from './palette-groups.ts';

/** An entry that knows how to draw and run itself. */
export type RunnableEntry = PaletteEntry & {
  readonly icon: LucideIcon;
  readonly shortcut?: string;
  readonly run: () => void;
};

const ofCommand = (command: Command): RunnableEntry => ({
  id: `command:${command.id}`,
  scope: 'commands',
  group: command.group,
  title: command.title,
  isEnabled: command.isEnabled !== false,
  icon: command.icon ?? ChevronRight,
  run: command.run,
  ...(command.detail === undefined ? {} : { detail: command.detail }),
  ...(command.shortcut === undefined ? {} : { shortcut: command.shortcut }),
});

const ofMigration = (migration: MigrationSummary): RunnableEntry => ({
  id: `migration:${migration.id}`,
  scope: 'migrations',
  group: 'Migrations',
  title: migration.title,
  detail: `${migration.status}, ${migration.connectionName}`,
  isEnabled: true,
  icon: ArrowUpDown,
  run: () => openMigration(migration.id),
});

/** Nothing where nobody has counted them. */
const rowsInWords = (fact: TableFacts | undefined): string =>
  fact === undefined || fact.rowsBasis === 'size' ? '' : countOf(fact.rows, 'row');

/** The objects of a catalog that the schema screen can show. */
export function objectEntries(catalog: Catalog, connectionId: ConnectionId): readonly RunnableEntry[] {
  const rows = new Map(catalog.facts?.tables.map((fact) => [`${fact.schema}\0${fact.name}`, fact]));
  const entry = (kind: string, schema: string, name: string, icon: LucideIcon, detail: string): RunnableEntry => ({
    id: `${kind}:${schema}\0${name}\0${detail}`,
    scope: 'objects',
    group: 'Objects',
    title: `${schema}.${name}`,
    detail,
    isEnabled: true,
    icon,
    run: () => openSchema(connectionId, { schema, name }),
  });
  return [
    ...catalog.tables.map((table) => {
      const words = rowsInWords(rows.get(`${table.schema}\0${table.name}`));
      const kind = table.partitionOf === null ? table.kind : 'partition';
      return entry('table', table.schema, table.name, Table2, words === '' ? kind : `${kind}, ${words}`);
    }),
    ...catalog.views.map((view) =>
      entry('view', view.schema, view.name, Eye, view.materialized ? 'materialized view' : 'view'),
    ),
    ...catalog.routines.map((routine) =>
      entry('routine', routine.schema, routine.name, FunctionSquare, `${routine.kind}(${routine.arguments})`),
    ),
    ...catalog.types.map((type) => entry('type', type.schema, type.name, Shapes, type.kind)),
  ];
}

/** Everything the palette can find now, and the connection whose objects it knows. */
export function usePaletteEntries(): {
  readonly entries: readonly RunnableEntry[];
  readonly connection: ConnectionListItem | null;
  /** False while no catalog of that connection has been read. */
  readonly knowsObjects: boolean;
} {
  const connection = useCurrentConnection();
  const sets = useCommandRegistry((state) => state.sets);
  const migrations = useRequest('migrations.list', {}).data;
  const catalog = useKeptCatalog(connection?.id ?? null).data;
  const entries = useMemo(
    () => [
      ...activeCommands(sets)
        .filter((command) => command.isHidden !== true)
        .map(ofCommand),
      ...(connection === null || catalog === undefined || catalog === null
        ? []
        : objectEntries(catalog, connection.id)),
      ...(migrations ?? []).map(ofMigration),
    ],
    [sets, migrations, catalog, connection],
  );
  return { entries, connection, knowsObjects: catalog !== undefined && catalog !== null };
}
