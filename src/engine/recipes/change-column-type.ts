import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { fitName } from '../plan/write/free-name.ts';
import { identifier, qualified, rendered, type Sql, sql } from '../sql/sql.ts';
import { fillInBatches } from './fill-in-batches.ts';
import { keepInStep, stopKeeping } from './kept-in-step.ts';
import { type Recipe, type RecipeStatement, scriptOf } from './recipe.ts';
import { addBare, beginningOf, type Replacement, replacementOf, setDefault, together } from './replaced-column.ts';
import { makeMembers, renameMembers, requireColumn } from './table-members.ts';

const freeColumn = (table: Table, column: string, suffix: string): string => {
  const taken = new Set(table.columns.map(({ name }) => name));
  let name = fitName(column, suffix);
  for (let i = 1; taken.has(name); i++) name = fitName(column, `${suffix}${i}`);
  return name;
};

const rename = (table: Table, from: string, to: string): RecipeStatement => ({
  sql: sql`ALTER TABLE ${qualified(table)} RENAME COLUMN ${identifier(from)} TO ${identifier(to)}`,
  ignores: { 'renaming-column': 'both names change places in one transaction, so that code finds what it names' },
});

/** The old column under its other name, followed by what the new one holds, before it may come back. */
function caughtUp(replacement: Replacement, kept: string): readonly RecipeStatement[] {
  const { table, column, pair } = replacement;
  const value = sql`filled.${identifier(column.name)}${pair.old.cast}`;
  return [
    fillInBatches(table, {
      column: kept,
      value,
      where: sql`filled.${identifier(kept)}::text IS DISTINCT FROM (${value})::text`,
    }),
    ...requireColumn(table, { name: kept, notNull: column.notNull }),
  ];
}

/** A number is taken as it is by every type that takes one; what is of the old type is cast. */
const asDefault = (value: string | null, cast: Sql): string | null =>
  value === null || /^(?:nextval\(|-?[0-9.]+$)/.test(value) ? value : `((${value})${cast.text})`;

/**
 * Gives a column another type by a second column that takes its place; the old one stays, under another name, until the
 * last step. Null where that cannot be done.
 */
export function changeColumnTypeRecipe(
  catalog: Catalog,
  table: Table,
  column: Column,
  to: { readonly type: string; readonly collation: string | null },
): Recipe | null {
  const second = freeColumn(table, column.name, '_new');
  const kept = freeColumn(table, column.name, '_old');
  const replacement = replacementOf(
    catalog,
    table,
    column,
    { name: second, ...to },
    { old: sql`::${rendered(column.type)}`, fresh: sql`::${rendered(to.type)}` },
  );
  if (replacement === null) return null;
  const { members, names, pair } = replacement;
  const own = qualified(table);
  const back = { old: { ...pair.old, name: kept }, fresh: { ...pair.fresh, name: column.name } };
  const backNames = { ...names, trigger: fitName(names.trigger, '_back') };
  const original = { ...replacement, column };
  return {
    title: `Change ${column.name} of ${table.schema}.${table.name} from ${column.type} to ${to.type} without a rewrite under a lock`,
    notes: [
      `From the switch on ${kept} is not written any more; its down brings it up to date, and fails on a value that is none of ${column.type}.`,
    ],
    steps: [
      ...beginningOf(replacement),
      {
        slug: 'switch_columns',
        title: `Let ${second} take the place of ${column.name}`,
        before: `Make sure that the code reads and writes ${column.name} as ${to.type} too.`,
        up: scriptOf(
          together([
            ...stopKeeping(table, names),
            ...(column.notNull
              ? [
                  {
                    comment: 'Rows that are written from now on leave it empty.',
                    sql: sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`,
                  },
                ]
              : []),
            ...(column.default === null
              ? []
              : [{ sql: sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(column.name)} DROP DEFAULT` }]),
            ...setDefault(table, second, asDefault(column.default, pair.fresh.cast)),
            rename(table, column.name, kept),
            rename(table, second, column.name),
          ]),
        ),
        down: scriptOf([
          ...keepInStep(table, back, backNames),
          ...caughtUp(replacement, kept),
          ...together([
            ...stopKeeping(table, backNames),
            rename(table, column.name, second),
            rename(table, kept, column.name),
            ...(column.default === null
              ? []
              : [{ sql: sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(second)} DROP DEFAULT` }]),
            ...setDefault(table, column.name, column.default),
            ...keepInStep(table, pair, names),
          ]),
        ]),
      },
      {
        slug: 'drop_old_column',
        title: `Drop ${kept}`,
        before: `Wait until nobody wants to go back: the values of ${kept} go.`,
        up: scriptOf(
          together([
            {
              sql: sql`ALTER TABLE ${own} DROP COLUMN ${identifier(kept)}`,
              ignores: { 'ban-drop-column': `every value of it stands in ${column.name}` },
            },
            ...renameMembers(table, members, 'to the original'),
          ]),
        ),
        down: scriptOf([
          ...together([
            ...renameMembers(table, members, 'from the original'),
            ...addBare(original, { ...column, name: kept }),
          ]),
          {
            ...fillInBatches(table, {
              column: kept,
              value: sql`filled.${identifier(column.name)}${pair.old.cast}`,
              where: sql`filled.${identifier(column.name)} IS NOT NULL`,
            }),
          },
          ...makeMembers(table, members, column.name, { column: kept, own: true }),
        ]),
      },
    ],
  };
}
