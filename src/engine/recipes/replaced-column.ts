import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { renderGrant } from '../catalog/render/render-rights.ts';
import { columnSettings } from '../plan/write/column-text.ts';
import { dependantsOfColumn } from '../plan/write/dependants.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { fillInBatches, fillsFrom } from './fill-in-batches.ts';
import { type ColumnPair, type KeeperNames, keeperNames, keepInStep, stopKeeping } from './kept-in-step.ts';
import { type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import { dropMembers, type Member, makeMembers, membersOver, requireColumn } from './table-members.ts';

/** A column and the one that is to take its place, with all that has to come along. */
export type Replacement = {
  readonly table: Table;
  readonly column: Column;
  /** The new column, as it will be. */
  readonly fresh: Column;
  readonly pair: ColumnPair;
  readonly members: readonly Member[];
  readonly names: KeeperNames;
  readonly catalog: Catalog;
};

const naming = (column: string): RegExp => new RegExp(`\\b${column.replaceAll(/\W/g, '\\$&')}\\b`);

/**
 * Prepares a replacement; null where something uses the column that cannot be made twice or does not follow: a view, a
 * generated column, a policy, a trigger that names it, a key, an inheritance, or a server too old to fill in batches.
 */
export function replacementOf(
  catalog: Catalog,
  table: Table,
  column: Column,
  fresh: { readonly name: string; readonly type: string; readonly collation: string | null },
  casts: { readonly old: Sql; readonly fresh: Sql },
): Replacement | null {
  const plain = table.kind === 'table' && table.partitionOf === null && table.inherits.length === 0;
  const isParent = catalog.tables.some(({ inherits }) =>
    inherits.some(({ schema, name }) => schema === table.schema && name === table.name),
  );
  if (!plain || isParent || catalog.server.version < fillsFrom) return null;
  // The type of a column that a query made may not be known.
  if (column.type === '' || column.generated !== null || column.identity !== null) return null;
  if (catalog.sequences.some(({ ownedBy }) => ownedBy?.column === column.name && ownedBy.table.name === table.name))
    return null;
  if (table.columns.some(({ name }) => name === fresh.name)) return null;
  if (dependantsOfColumn(catalog, table, column.name).length > 0) return null;
  if (table.triggers.some(({ definition }) => naming(column.name).test(definition))) return null;
  const isUsed = catalog.tables.some(({ constraints }) =>
    constraints.some(
      ({ references }) =>
        references?.table.schema === table.schema &&
        references.table.name === table.name &&
        references.columns.includes(column.name),
    ),
  );
  const members = isUsed ? null : membersOver(catalog, table, column.name);
  if (members === null) return null;
  return {
    catalog,
    table,
    column,
    fresh: { ...column, ...fresh },
    pair: { old: { name: column.name, cast: casts.old }, fresh: { name: fresh.name, cast: casts.fresh } },
    members,
    names: keeperNames(catalog, table, column.name),
  };
}

const typeOf = (column: Column): Sql =>
  column.collation === null
    ? rendered(column.type)
    : sql`${rendered(column.type)} COLLATE ${rendered(column.collation)}`;

/** Adds a column that may be NULL, with what belongs to it alone: storage, comment, privileges. */
export function addBare({ catalog, table, column: original }: Replacement, column: Column): readonly RecipeStatement[] {
  const own = qualified(table);
  const grants = (catalog.grants ?? []).filter(
    (grant) => grant.schema === table.schema && grant.name === table.name && grant.column === original.name,
  );
  return [
    { sql: sql`ALTER TABLE ${own} ADD COLUMN ${identifier(column.name)} ${typeOf(column)}` },
    ...columnSettings(table, column).map((setting) => ({ sql: setting })),
    ...(column.comment === null
      ? []
      : [{ sql: sql`COMMENT ON COLUMN ${own}.${identifier(column.name)} IS ${literal(column.comment)}` }]),
    ...grants.map((grant) => ({ sql: rendered(renderGrant({ ...grant, column: column.name }).sql) })),
  ];
}

/** Fills one column of the pair from the other, where it is NULL. */
export function fillFrom({ table, pair }: Replacement, target: 'old' | 'fresh'): RecipeStatement {
  const { old, fresh } = pair;
  const [to, from, cast] = target === 'fresh' ? [fresh.name, old.name, fresh.cast] : [old.name, fresh.name, old.cast];
  return fillInBatches(table, {
    column: to,
    value: sql`filled.${identifier(from)}${cast}`,
    where: sql`filled.${identifier(to)} IS NULL AND filled.${identifier(from)} IS NOT NULL`,
  });
}

const dropOf = (table: Table, column: string, reason: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} DROP COLUMN ${identifier(column)}`,
  ignores: { 'ban-drop-column': reason },
});

/** The steps that every replacement begins with: the second column in step, its rows filled, its indexes and constraints. */
export function beginningOf(replacement: Replacement): readonly RecipeStep[] {
  const { table, column, fresh, pair, members, names } = replacement;
  const constrained = [
    ...makeMembers(table, members, column.name, { column: fresh.name, own: false }),
    ...requireColumn(table, fresh),
  ];
  const expand: RecipeStep = {
    slug: 'add_second_column',
    title: `Add ${fresh.name} and keep it in step with ${column.name}`,
    before: null,
    up: scriptOf([...addBare(replacement, fresh), ...keepInStep(table, pair, names)]),
    down: scriptOf([
      ...stopKeeping(table, names),
      dropOf(table, fresh.name, 'every value of it also stands in the first column'),
    ]),
  };
  const fill: RecipeStep = {
    slug: 'fill_second_column',
    title: `Fill ${fresh.name} for the rows that are there`,
    before: null,
    up: scriptOf([fillFrom(replacement, 'fresh')]),
    down: scriptOf([{ comment: 'Values that were filled in do no harm.', sql: sql`SELECT 1` }]),
  };
  if (constrained.length === 0) return [expand, fill];
  const constrain: RecipeStep = {
    slug: 'constrain_second_column',
    title: `Give ${fresh.name} the indexes and constraints of ${column.name}`,
    before: null,
    up: scriptOf(constrained),
    down: scriptOf([
      ...(fresh.notNull
        ? [{ sql: sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(fresh.name)} DROP NOT NULL` }]
        : []),
      ...dropMembers(table, members),
    ]),
  };
  return [expand, fill, constrain];
}

/** Statements in one transaction. */
export const together = (statements: readonly RecipeStatement[]): readonly RecipeStatement[] => [
  { sql: sql`BEGIN` },
  ...statements,
  { sql: sql`COMMIT` },
];

/** Sets or takes the default of a column; nothing where there is none. */
export const setDefault = (table: Table, column: string, value: string | null): readonly RecipeStatement[] =>
  value === null
    ? []
    : [{ sql: sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column)} SET DEFAULT ${rendered(value)}` }];
