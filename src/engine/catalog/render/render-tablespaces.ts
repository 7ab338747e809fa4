import { qualifiedName } from '../../sql/qualified-name.ts';
import { identifier, qualified, type Sql, sql } from '../../sql/sql.ts';
import type { Catalog, Table, View } from '../catalog.ts';
import { objectKey } from '../object-key.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** Something that is kept in a tablespace: what `ALTER` calls it, and its place in the dependency graph. */
export type Placed = {
  readonly key: string;
  readonly object: string;
  readonly target: Sql;
  /** Null for that of the database. */
  readonly tablespace: string | null;
};

/** Every table, materialized view and index of the catalog. */
export const placedObjects = (catalog: Catalog): readonly Placed[] => [
  ...catalog.tables.flatMap((table) => [
    ...(table.kind === 'foreign table' ? [] : [placed('table', sql`TABLE`, table)]),
    ...placedIndexes(table),
  ]),
  ...catalog.views.flatMap((view) =>
    view.materialized
      ? [placed('materialized view', sql`MATERIALIZED VIEW`, view), ...placedIndexes(view)]
      : placedIndexes(view),
  ),
];

const placedIndexes = ({ schema, indexes }: Table | View): readonly Placed[] =>
  indexes.map(({ name, tablespace }) => placed('index', sql`INDEX`, { schema, name, tablespace }));

function placed(
  kind: string,
  words: Sql,
  one: { readonly schema: string; readonly name: string; readonly tablespace?: string | undefined },
): Placed {
  const { schema, name, tablespace = null } = one;
  const target = sql`${words} ${qualified({ schema, name })}`;
  return { key: objectKey(kind, schema, name), object: qualifiedName({ schema, name }), target, tablespace };
}

/** Moves an object to its tablespace; a database's own is mostly `pg_default`, and has no other name there. */
export const renderTablespace = ({ object, target, tablespace }: Placed): RenderedStatement =>
  statementOf('tablespace', object, sql`ALTER ${target} SET TABLESPACE ${identifier(tablespace ?? 'pg_default')}`);

/** Moves what is not in the database's own tablespace. */
export const renderTablespaces = (catalog: Catalog): readonly RenderedStatement[] =>
  placedObjects(catalog)
    .filter(({ tablespace }) => tablespace !== null)
    .map(renderTablespace);
