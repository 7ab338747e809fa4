import { err, ok } from '../../shared/result.ts';
import type { Table } from '../catalog/catalog.ts';
import { identifier, qualified, rendered, sql } from '../sql/sql.ts';
import { type Offer, scriptOf } from './recipe.ts';
import { requireSteps } from './table-members.ts';

/** Adds a column that every row must have a value in, which only the application knows, or says why not. */
export function requiredColumnRecipe(table: Table, column: { readonly name: string; readonly type: string }): Offer {
  const { schema, name: tableName } = table;
  if (table.kind === 'foreign table') return err(`${schema}.${tableName} is a foreign table`);
  if (table.columns.some(({ name }) => name === column.name))
    return err(`${schema}.${tableName} has a column ${column.name} already`);
  const own = qualified(table);
  const name = identifier(column.name);
  return ok({
    title: `Add ${column.name} to ${table.schema}.${table.name}, fill it, and require it then`,
    notes: [],
    steps: [
      {
        slug: 'add_column',
        title: `Add ${column.name}, which may be empty`,
        before: null,
        up: scriptOf([{ sql: sql`ALTER TABLE ${own} ADD COLUMN ${name} ${rendered(column.type)}` }]),
        down: scriptOf([{ sql: sql`ALTER TABLE ${own} DROP COLUMN ${name}` }]),
      },
      ...requireSteps(table, [column.name], {
        deploy: `Deploy code that writes ${column.name} with every new row.`,
        mend: 'Give the rows that are there a value, a thousand at a time.',
      }),
    ],
  });
}
