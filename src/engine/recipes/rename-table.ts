import type { Catalog, Table } from '../catalog/catalog.ts';
import { renderGrant } from '../catalog/render/render-rights.ts';
import { identifier, joinSql, qualified, rendered, sql } from '../sql/sql.ts';
import { type Recipe, type RecipeStatement, scriptOf } from './recipe.ts';
import { together } from './replaced-column.ts';

const securityInvokerFrom = 150_000;

/** A view with the old name, through which old code reads and writes the table under its new one. */
function standIn(catalog: Catalog, table: Table, name: string): readonly RecipeStatement[] {
  const invoker = catalog.server.version >= securityInvokerFrom ? sql` WITH (security_invoker = true)` : sql``;
  const columns = joinSql(table.columns.map((column) => identifier(column.name)));
  const grants = (catalog.grants ?? []).filter(
    (grant) => grant.kind === 'table' && grant.schema === table.schema && grant.name === table.name && !grant.revoked,
  );
  return [
    {
      sql: sql`CREATE VIEW ${qualified(table)}${invoker} AS SELECT ${columns} FROM ${qualified({ schema: table.schema, name })}`,
    },
    ...grants.map((grant) => ({ sql: rendered(renderGrant({ ...grant, kind: 'view' }).sql) })),
  ];
}

/** Renames a table while code with the old name goes on through a view; null where a view cannot stand for the table. */
export function renameTableRecipe(catalog: Catalog, table: Table, name: string): Recipe | null {
  const guarded = table.rowSecurity && catalog.server.version < securityInvokerFrom;
  if (table.kind === 'foreign table' || table.partitionOf !== null || guarded || table.columns.length === 0)
    return null;
  const renamed = { schema: table.schema, name };
  const drop: RecipeStatement = {
    sql: sql`DROP VIEW ${qualified(table)}`,
    ignores: { 'ban-drop-object': 'it was made by this recipe for code with the old name' },
  };
  return {
    title: `Rename ${table.schema}.${table.name} to ${name} while both names work`,
    notes: [
      'Through the view old code selects, inserts, updates and deletes; TRUNCATE, COPY FROM and LOCK … of single rows by ctid need the new name at once.',
    ],
    steps: [
      {
        slug: 'rename_with_view',
        title: `Rename ${table.name} and leave a view with the old name`,
        before: null,
        up: scriptOf(
          together([
            { sql: sql`ALTER TABLE ${qualified(table)} RENAME TO ${identifier(name)}` },
            ...standIn(catalog, table, name),
          ]),
        ),
        down: scriptOf(
          together([drop, { sql: sql`ALTER TABLE ${qualified(renamed)} RENAME TO ${identifier(table.name)}` }]),
        ),
      },
      {
        slug: 'drop_view',
        title: `Drop the view ${table.name}`,
        before: `Deploy code that says ${name}, and wait until no code with ${table.name} runs.`,
        up: scriptOf([drop]),
        down: scriptOf(together(standIn(catalog, table, name))),
      },
    ],
  };
}
