import type { Catalog, Column, Table } from '../catalog/catalog.ts';
import { mentioning } from '../plan/write/column-steps.ts';
import { identifier, qualified, sql } from '../sql/sql.ts';
import { keepInStep, stopKeeping } from './kept-in-step.ts';
import { type Recipe, scriptOf } from './recipe.ts';
import { addBare, beginningOf, fillFrom, replacementOf, setDefault, together } from './replaced-column.ts';
import { makeMembers, renameMembers, requireColumn } from './table-members.ts';

const none = sql``;

/** Renames a column while code with the old name and code with the new one both run; null where that cannot be done. */
export function renameColumnRecipe(catalog: Catalog, table: Table, column: Column, name: string): Recipe | null {
  const replacement = replacementOf(
    catalog,
    table,
    column,
    { name, type: column.type, collation: column.collation },
    { old: none, fresh: none },
  );
  if (replacement === null) return null;
  const { fresh, members, names, pair } = replacement;
  const own = qualified(table);
  const users = mentioning(catalog, column.name);
  const both =
    column.default === null || column.notNull
      ? []
      : [`Until the last step, an INSERT that writes NULL into ${name} gets the default of ${column.name}.`];
  return {
    title: `Rename ${column.name} of ${table.schema}.${table.name} to ${name} while both names work`,
    notes: both,
    steps: [
      ...beginningOf(replacement),
      {
        slug: 'drop_first_column',
        title: `Drop ${column.name}`,
        before: `Deploy code that reads and writes ${name} only, and wait until no code with ${column.name} runs.${users.length === 0 ? '' : ` These routines name ${column.name}: ${users.join(', ')}.`}`,
        up: scriptOf([
          ...together([
            ...stopKeeping(table, names),
            ...setDefault(table, name, column.default),
            {
              sql: sql`ALTER TABLE ${own} DROP COLUMN ${identifier(column.name)}`,
              ignores: { 'ban-drop-column': `every value of it stands in ${name}` },
            },
            ...renameMembers(table, members, 'to the original'),
          ]),
        ]),
        down: scriptOf([
          ...together([
            ...renameMembers(table, members, 'from the original'),
            ...addBare(replacement, column),
            ...setDefault(table, column.name, column.default),
            ...(column.default === null
              ? []
              : [{ sql: sql`ALTER TABLE ${own} ALTER COLUMN ${identifier(name)} DROP DEFAULT` }]),
            ...keepInStep(table, pair, names),
          ]),
          fillFrom(replacement, 'old'),
          ...makeMembers(table, members, column.name, { column: column.name, own: true }),
          ...requireColumn(table, { ...fresh, name: column.name }),
        ]),
      },
    ],
  };
}
