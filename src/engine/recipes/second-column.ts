import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog, Column, ObjectName, Table } from '../catalog/catalog.ts';
import { renderGrant } from '../catalog/render/render-rights.ts';
import { columnSettings } from '../plan/write/column-text.ts';
import { fitName } from '../plan/write/free-name.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { keyOf, tableIndex } from '../sql/table-index.ts';
import { catalogView } from '../validate/catalog-view.ts';
import { publicationsOf } from '../validate/publications.ts';
import { fillInBatches, fillsFrom } from './fill-in-batches.ts';
import { type ColumnPair, type KeeperNames, keeperNames, keepInStep, stopKeeping } from './kept-in-step.ts';
import { type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';

/** A column and a second one beside it that holds the same, under another name or as another type. */
export type SecondColumn = {
  readonly catalog: Catalog;
  readonly table: Table;
  readonly column: Column;
  /** The second column as it begins: without a default and without NOT NULL. */
  readonly fresh: Column;
  readonly pair: ColumnPair;
  readonly names: KeeperNames;
};

/** The relations that hold the table's rows: itself, or the partitions at the ends of its tree. */
export function rowHolders(catalog: Catalog, table: Table): readonly Table[] {
  const below = tableIndex(catalog.tables).childrenOf(keyOf(table));
  return table.kind === 'partitioned table' ? below.flatMap((each) => rowHolders(catalog, each)) : [table];
}

/** Why no trigger can keep a column of the table right while it is filled in batches; null where one can. */
export function keepingObstacle(catalog: Catalog, table: Table): string | null {
  const own = `${table.schema}.${table.name}`;
  if (catalog.server.version < fillsFrom)
    return `PostgreSQL before ${fillsFrom / 10_000} cannot look up a range of pages, and would read the whole table for every batch`;
  if (table.kind === 'foreign table') return `${own} is a foreign table: its rows are changed where they are`;
  if (table.partitionOf !== null)
    return `${own} is a partition; its columns are those of ${table.partitionOf.parent.schema}.${table.partitionOf.parent.name}`;
  if (table.inherits.length > 0) return `${own} inherits from another table`;
  const children = tableIndex(catalog.tables).childrenOf(keyOf(table));
  if (table.kind === 'table' && children.length > 0)
    return `${own} has children by inheritance, which no trigger of it sees`;
  if (rowHolders(catalog, table).some(({ kind }) => kind === 'foreign table'))
    return `${own} has partitions that are foreign tables`;
  return null;
}

/** Why no second column can be kept in step with this one; null where it can. */
function obstacle(catalog: Catalog, table: Table, column: Column, name: string): string | null {
  const reason = keepingObstacle(catalog, table);
  if (reason !== null) return reason;
  // The type of a column that a query made may not be known.
  if (column.type === '') return `the type of ${column.name} is not known`;
  if (column.generated !== null) return `${column.name} is generated: add another generated column and drop this one`;
  if (table.columns.some((each) => each.name === name))
    return `${table.schema}.${table.name} has a column ${name} already`;
  return null;
}

/** Prepares a second column, or says why there can be none. */
export function secondColumn(
  catalog: Catalog,
  table: Table,
  column: Column,
  fresh: { readonly name: string; readonly type: string; readonly collation: string | null },
  casts: { readonly old: Sql; readonly fresh: Sql },
): Result<SecondColumn, string> {
  const reason = obstacle(catalog, table, column, fresh.name);
  if (reason !== null) return err(reason);
  const { notNullName: _, ...plain } = column;
  return ok({
    catalog,
    table,
    column,
    fresh: { ...plain, ...fresh, notNull: false, default: null, identity: null },
    pair: { old: { name: column.name, cast: casts.old }, fresh: { name: fresh.name, cast: casts.fresh } },
    names: keeperNames(catalog, table, column.name),
  });
}

const typeOf = (column: Column): Sql =>
  column.collation === null
    ? rendered(column.type)
    : sql`${rendered(column.type)} COLLATE ${rendered(column.collation)}`;

/**
 * Adds a column that may be NULL, with what belongs to it alone: storage, comment, and the privileges that the catalog
 * knows of `original`.
 */
export function addBare(
  catalog: Catalog,
  table: Table,
  column: Column,
  original: string = column.name,
): readonly RecipeStatement[] {
  const own = qualified(table);
  const grants = (catalog.grants ?? []).filter(
    (grant) => grant.schema === table.schema && grant.name === table.name && grant.column === original,
  );
  return [
    {
      sql: sql`ALTER TABLE ${own} ADD COLUMN ${identifier(column.name)} ${typeOf(column)}`,
      ignores: column.type === 'json' ? { 'adding-json-column': 'the table has a column of this type already' } : {},
    },
    ...columnSettings(table, column).map((setting) => ({ sql: setting })),
    ...(column.comment === null
      ? []
      : [{ sql: sql`COMMENT ON COLUMN ${own}.${identifier(column.name)} IS ${literal(column.comment)}` }]),
    ...grants.map((grant) => ({ sql: rendered(renderGrant({ ...grant, column: column.name }).sql) })),
  ];
}

/** Fills a column in batches, in every relation that holds rows of the table. */
export const fillEverywhere = (
  catalog: Catalog,
  table: Table,
  fill: Parameters<typeof fillInBatches>[1],
): readonly RecipeStatement[] => rowHolders(catalog, table).map((holder) => fillInBatches(holder, fill));

/** Fills the empty values of one column from another. */
export const fillFrom = (
  catalog: Catalog,
  table: Table,
  target: string,
  from: { readonly name: string; readonly cast: Sql },
): readonly RecipeStatement[] =>
  fillEverywhere(catalog, table, {
    column: target,
    value: sql`filled.${identifier(from.name)}${from.cast}`,
    where: sql`filled.${identifier(target)} IS NULL AND filled.${identifier(from.name)} IS NOT NULL`,
  });

/** Drops a column whose values stand elsewhere too. */
export const dropSecond = (table: ObjectName, column: string, elsewhere: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} DROP COLUMN ${identifier(column)}`,
  ignores: { 'ban-drop-column': `every value of it stands in ${elsewhere}` },
});

/** The steps that begin with a second column: it is there and kept in step, and then filled. */
export function secondColumnSteps(second: SecondColumn): readonly RecipeStep[] {
  const { catalog, table, column, fresh, pair, names } = second;
  return [
    {
      slug: 'add_second_column',
      title: `Add ${fresh.name} and keep it in step with ${column.name}`,
      before: null,
      up: scriptOf([...addBare(catalog, table, fresh, column.name), ...keepInStep(table, pair, names)]),
      down: scriptOf(together([...stopKeeping(table, names), dropSecond(table, fresh.name, column.name)])),
    },
    {
      slug: 'fill_second_column',
      title: `Fill ${fresh.name} for the rows that are there`,
      before: null,
      up: scriptOf(fillFrom(catalog, table, fresh.name, { name: column.name, cast: pair.fresh.cast })),
      down: scriptOf([{ comment: 'Values that were filled in do no harm.', sql: sql`SELECT 1` }]),
    },
  ];
}

/** Statements in one transaction. */
export const together = (statements: readonly RecipeStatement[]): readonly RecipeStatement[] => [
  { sql: sql`BEGIN` },
  ...statements,
  { sql: sql`COMMIT` },
];

/** Sets the default of a column; nothing where there is none. */
export const setDefault = (table: Table, column: string, value: string | null): readonly RecipeStatement[] =>
  value === null
    ? []
    : [{ sql: sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column)} SET DEFAULT ${rendered(value)}` }];

/** A name for another column of the table: the column's own with a suffix, and a number where that is taken. */
export function freeColumn(table: Table, column: string, suffix: string): string {
  const taken = new Set(table.columns.map(({ name }) => name));
  let name = fitName(column, suffix);
  for (let number = 1; taken.has(name); number++) name = fitName(column, `${suffix}${number}`);
  return name;
}

/** What a person should know of who else is told that rows get another column, and a value in it. */
export function audienceNotes(catalog: Catalog, table: Table): readonly string[] {
  const whole = publicationsOf(catalogView(catalog), table).filter(({ columns }) => !columns);
  const fired = table.triggers.filter(
    ({ enabled, definition }) =>
      enabled !== 'disabled' && /^CREATE (?:CONSTRAINT )?TRIGGER .*?\bUPDATE(?! OF\b).*? ON /s.test(definition),
  );
  return [
    ...(whole.length === 0
      ? []
      : [
          `The publication ${whole.map(({ name }) => name).join(', ')} sends the new column too: add it at the subscribers first.`,
        ]),
    ...(fired.length === 0
      ? []
      : [`Filling it updates every row, which fires ${fired.map(({ name }) => name).join(', ')}.`]),
  ];
}

/** Gives a sequence that was made in the same transaction the name of the one that it replaces. */
export const renameSequence = (sequence: ObjectName, name: string): RecipeStatement => ({
  sql: sql`ALTER SEQUENCE ${qualified(sequence)} RENAME TO ${identifier(name)}`,
  ignores: { 'renaming-other-object': 'nobody has seen it yet under its first name' },
});
