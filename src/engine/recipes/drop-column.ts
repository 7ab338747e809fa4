import { err, ok } from '../../shared/result.ts';
import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { freeRelationName } from '../plan/write/free-name.ts';
import { identifier, joinSql, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { usersOfColumn } from './column-users.ts';
import { fillInBatches, fillsFrom } from './fill-in-batches.ts';
import { type Offer, type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import { addBare, setDefault } from './second-column.ts';
import { membersOver, requireColumn, restoreMembers } from './table-members.ts';

/** The columns of the primary key; none where there is no such key. */
export const primaryKeyOf = (table: Table): readonly string[] =>
  table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];

/** The step that lets code leave a column out which is to be dropped. */
export function stopRequiring(table: Table, column: Column): RecipeStep {
  const optional = sql`ALTER TABLE ${qualified(table)} ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`;
  return {
    slug: 'stop_requiring',
    title: `Let rows be written without ${column.name}`,
    before: null,
    up: scriptOf([
      {
        sql: optional,
        ignores: { 'ban-drop-not-null': 'the column is to be dropped, and code that leaves it out must work' },
      },
    ]),
    down: scriptOf(requireColumn(table, column)),
  };
}

/** Rows that were written since have no value put aside. */
const sinceThen = (table: Table, column: string, value: string): RecipeStatement =>
  fillInBatches(table, { column, value: rendered(value), where: sql`filled.${identifier(column)} IS NULL` });

/** Why the values of a column cannot be kept elsewhere, by the primary key, and brought back; null where they can. */
export function dropObstacle(catalog: Catalog, table: Table, column: Column): string | null {
  const key = primaryKeyOf(table);
  const own = `${table.schema}.${table.name}`;
  const users = usersOfColumn(catalog, table, column.name);
  if (table.kind !== 'table' || table.partitionOf !== null || table.inherits.length > 0)
    return `${own} is not a table of its own`;
  if (catalog.server.version < fillsFrom)
    return `PostgreSQL before ${fillsFrom / 10_000} cannot bring values back in batches without reading the whole table for each`;
  if (key.length === 0) return `${own} has no primary key by which the values could be put aside`;
  if (key.includes(column.name)) return `${column.name} is part of the primary key of ${own}`;
  if (column.type === '') return `the type of ${column.name} is not known`;
  if (column.generated !== null) return `${column.name} is generated: there is nothing to put aside`;
  if (users.sequence !== null) return `a sequence counts ${column.name}, and would be dropped with it`;
  const standing = [
    ...users.views.map(({ schema, name }) => `view ${schema}.${name}`),
    ...users.references.map((each) => `foreign key ${each.constraint.name} of ${each.table.schema}.${each.table.name}`),
    ...users.triggers.map(({ name }) => `trigger ${name}`),
    ...users.policies.map(({ name }) => `policy ${name}`),
    ...users.others,
  ];
  return standing.length === 0 ? null : `${standing.join(', ')} uses ${column.name}; change or drop that first`;
}

/** Drops a column after its values were put aside, so that the down can bring them back, or says why not. */
export function dropColumnRecipe(catalog: Catalog, table: Table, column: Column): Offer {
  const key = primaryKeyOf(table);
  const reason = dropObstacle(catalog, table, column);
  if (reason !== null) return err(reason);
  const members = membersOver(catalog, table, column.name);
  if (!members.ok) return members;
  const own = qualified(table);
  const name = identifier(column.name);
  const kept = qualified({
    schema: table.schema,
    name: freeRelationName(catalog, table.schema, [table.name, column.name], 'kept'),
  });
  const same = (parts: (part: Sql) => Sql): Sql =>
    joinSql(
      key.map((part) => parts(identifier(part))),
      sql` AND `,
    );
  const needsValue = column.notNull && column.default === null;
  return ok({
    title: `Drop ${column.name} of ${table.schema}.${table.name} and keep its values until nobody misses them`,
    notes: [],
    steps: [
      ...(needsValue ? [stopRequiring(table, column)] : []),
      {
        slug: 'drop_column',
        title: `Put the values of ${column.name} aside and drop it`,
        before: `Deploy code that neither reads nor writes ${column.name}, and wait until no older code runs.`,
        up: scriptOf([
          {
            sql: sql`CREATE TABLE ${kept} AS SELECT ${joinSql(key.map(identifier))}, ${name} FROM ${own}`,
          },
          { sql: sql`ALTER TABLE ${kept} ADD PRIMARY KEY (${joinSql(key.map(identifier))})` },
          {
            sql: sql`ALTER TABLE ${own} DROP COLUMN ${name}`,
            ignores: { 'ban-drop-column': 'its values were put aside a statement before' },
          },
        ]),
        down: scriptOf([
          ...addBare(catalog, table, column),
          ...setDefault(table, column.name, column.default),
          fillInBatches(table, {
            column: column.name,
            value: sql`aside.${name}`,
            from: sql`${kept} AS aside`,
            where: same((part) => sql`aside.${part} = filled.${part}`),
          }),
          ...restoreMembers(table, members.value, column.name),
          ...(column.notNull && column.default !== null ? [sinceThen(table, column.name, column.default)] : []),
          ...(needsValue ? [] : requireColumn(table, column)),
          { sql: sql`DROP TABLE ${kept}` },
        ]),
      },
      {
        slug: 'drop_kept_values',
        title: `Drop the values that were put aside`,
        before: 'Wait until nobody misses them: this is the step that cannot be taken back.',
        up: scriptOf([
          {
            sql: sql`DROP TABLE ${kept}`,
            ignores: { 'ban-drop-table': 'nobody has missed the values, and no code knows the table' },
          },
        ]),
        down: scriptOf([
          {
            comment: 'The values are gone; an empty table lets the step before be taken back.',
            sql: sql`CREATE TABLE ${kept} AS SELECT ${joinSql(key.map(identifier))}, NULL::${rendered(column.type)} AS ${name} FROM ${own} WHERE false`,
          },
          { sql: sql`ALTER TABLE ${kept} ADD PRIMARY KEY (${joinSql(key.map(identifier))})` },
        ]),
      },
    ],
  });
}
