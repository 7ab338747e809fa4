import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { freeRelationName } from '../plan/write/free-name.ts';
import { identifier, joinSql, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { fillInBatches } from './fill-in-batches.ts';
import { type Recipe, type RecipeStatement, type RecipeStep, scriptOf } from './recipe.ts';
import { addBare, replacementOf, setDefault } from './replaced-column.ts';
import { makeMembers, requireColumn } from './table-members.ts';

/** Rows that were written since have no value put aside. */
const sinceThen = (table: Table, column: string, value: string): RecipeStatement =>
  fillInBatches(table, { column, value: rendered(value), where: sql`filled.${identifier(column)} IS NULL` });

/** Drops a column after its values were put aside, so that the down can bring them back; null without a primary key. */
export function dropColumnRecipe(catalog: Catalog, table: Table, column: Column): Recipe | null {
  const key = table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
  const nameless = {
    name: freeRelationName(catalog, table.schema, [table.name, column.name], 'kept'),
    type: column.type,
  };
  const replacement = replacementOf(
    catalog,
    table,
    column,
    { ...nameless, collation: null },
    { old: sql``, fresh: sql`` },
  );
  if (key.length === 0 || replacement === null) return null;
  const own = qualified(table);
  const name = identifier(column.name);
  const kept = qualified({ schema: table.schema, name: nameless.name });
  const same = (parts: (part: Sql) => Sql): Sql =>
    joinSql(
      key.map((part) => parts(identifier(part))),
      sql` AND `,
    );
  const optional: RecipeStatement = { sql: sql`ALTER TABLE ${own} ALTER COLUMN ${name} DROP NOT NULL` };
  const needsValue = column.notNull && column.default === null;
  const stopRequiring: RecipeStep = {
    slug: 'stop_requiring',
    title: `Let rows be written without ${column.name}`,
    before: null,
    up: scriptOf([
      {
        ...optional,
        ignores: { 'ban-drop-not-null': 'the column is to be dropped, and code that leaves it out must work' },
      },
    ]),
    down: scriptOf(requireColumn(table, column)),
  };
  return {
    title: `Drop ${column.name} of ${table.schema}.${table.name} and keep its values until nobody misses them`,
    notes: [],
    steps: [
      ...(needsValue ? [stopRequiring] : []),
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
          ...addBare(replacement, column),
          ...setDefault(table, column.name, column.default),
          fillInBatches(table, {
            column: column.name,
            value: sql`aside.${name}`,
            from: sql`${kept} AS aside`,
            where: same((part) => sql`aside.${part} = filled.${part}`),
          }),
          ...makeMembers(table, replacement.members, column.name, { column: column.name, own: true }),
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
        ]),
      },
    ],
  };
}
