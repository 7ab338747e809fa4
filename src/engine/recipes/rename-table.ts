import { err, ok } from '../../shared/result.ts';
import type { Catalog, ObjectName, Table } from '../catalog/catalog.ts';
import { renderGrant } from '../catalog/render/render-rights.ts';
import { mentioning } from '../plan/write/column-steps.ts';
import { identifier, joinSql, qualified, rendered, sql } from '../sql/sql.ts';
import { type Offer, type RecipeStatement, scriptOf } from './recipe.ts';
import { together } from './second-column.ts';

const securityInvokerFrom = 150_000;

/** A view with the old name, through which old code reads and writes the table under its new one. */
function standIn(catalog: Catalog, table: Table, renamed: ObjectName): readonly RecipeStatement[] {
  const invoker = catalog.server.version >= securityInvokerFrom ? sql` WITH (security_invoker = true)` : sql``;
  const columns = joinSql(table.columns.map((column) => identifier(column.name)));
  const grants = (catalog.grants ?? []).filter(
    (grant) => grant.kind === 'table' && grant.schema === table.schema && grant.name === table.name && !grant.revoked,
  );
  return [
    { sql: sql`CREATE VIEW ${qualified(table)}${invoker} AS SELECT ${columns} FROM ${qualified(renamed)}` },
    ...grants.map((grant) => ({ sql: rendered(renderGrant({ ...grant, kind: 'view' }).sql) })),
  ];
}

/** What moves from the one name to the other: the name, or the schema with the sequences that the table owns. */
function move(from: ObjectName, to: ObjectName): RecipeStatement {
  const stays = 'a view answers to the other name from this transaction on';
  return from.schema === to.schema
    ? {
        sql: sql`ALTER TABLE ${qualified(from)} RENAME TO ${identifier(to.name)}`,
        ignores: { 'renaming-table': stays },
      }
    : {
        sql: sql`ALTER TABLE ${qualified(from)} SET SCHEMA ${identifier(to.schema)}`,
        ignores: { 'set-schema-moves-object': stays },
      };
}

function obstacle(catalog: Catalog, table: Table, target: ObjectName): string | null {
  const own = `${table.schema}.${table.name}`;
  if (table.kind === 'foreign table') return `${own} is a foreign table`;
  if (table.partitionOf !== null)
    return `${own} is a partition: code names its parent, and what names the partition can be changed first`;
  if (table.rowSecurity && catalog.server.version < securityInvokerFrom)
    return `${own} has row security, which a view of PostgreSQL before 15 would ask for the view's owner`;
  if (table.columns.length === 0) return `${own} has no columns that a view could show`;
  const names = (each: ObjectName): boolean => each.schema === target.schema && each.name === target.name;
  return [...catalog.tables, ...catalog.views, ...catalog.sequences, ...catalog.types].some(names)
    ? `${target.schema}.${target.name} exists already`
    : null;
}

/** Gives a table another name or schema while code with the old name goes on through a view, or why a view cannot stand for it. */
export function renameTableRecipe(catalog: Catalog, table: Table, target: ObjectName): Offer {
  const reason = obstacle(catalog, table, target);
  if (reason !== null) return err(reason);
  const moves = table.schema !== target.schema;
  const owned = catalog.sequences.filter(
    ({ ownedBy }) => ownedBy?.table.schema === table.schema && ownedBy.table.name === table.name,
  );
  const drop: RecipeStatement = {
    sql: sql`DROP VIEW ${qualified(table)}`,
    ignores: { 'ban-drop-object': 'it was made by this recipe for code with the old name' },
  };
  const shown = moves ? `${target.schema}.${target.name}` : target.name;
  const users = mentioning(catalog, table.name);
  return ok({
    title: moves
      ? `Move ${table.schema}.${table.name} to ${target.schema} while both names work`
      : `Rename ${table.schema}.${table.name} to ${target.name} while both names work`,
    notes: [
      'Through the view old code selects, inserts, updates and deletes; TRUNCATE, COPY … FROM and queries of ctid, xmin or tableoid need the new name at once.',
      ...(moves
        ? [
            `Roles that use ${shown} need USAGE on the schema ${target.schema}.`,
            ...(owned.length === 0
              ? []
              : [`Its sequences move along: ${owned.map(({ name }) => `${target.schema}.${name}`).join(', ')}.`]),
          ]
        : []),
    ],
    steps: [
      {
        slug: moves ? 'move_with_view' : 'rename_with_view',
        title: `${moves ? `Move ${table.name} to ${target.schema}` : `Rename ${table.name}`} and leave a view with the old name`,
        before: null,
        up: scriptOf(together([move(table, target), ...standIn(catalog, table, target)])),
        down: scriptOf(together([drop, move(target, table)])),
      },
      {
        slug: 'drop_view',
        title: `Drop the view ${moves ? `${table.schema}.${table.name}` : table.name}`,
        before: `Deploy code that says ${shown}, and wait until no code with ${moves ? `${table.schema}.${table.name}` : table.name} runs.${users.length === 0 ? '' : ` These routines may name it: ${users.join(', ')}.`}`,
        up: scriptOf([drop]),
        down: scriptOf(together(standIn(catalog, table, target))),
      },
    ],
  });
}
