import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { as, findNodes, nameOf } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { TargetServer } from './target-server.ts';

/** The first major version on which a `NOT NULL` is a constraint with a name. */
const NAMED_SINCE = 18;

/** Names that a statement uses for constraints, and the table that has them; null for code that may mean any. */
type Mentioned = { readonly names: readonly string[]; readonly table: string | null };

function mentionedIn({ node, text }: Statement): Mentioned | null {
  const altered = as(node, 'AlterTableStmt');
  const renamed = as(node, 'RenameStmt');
  if (altered !== undefined) {
    const names = findNodes(node, 'AlterTableCmd').flatMap(({ subtype, name }) =>
      name !== undefined && subtype !== undefined && /Constraint/.test(subtype) ? [name] : [],
    );
    const given = findNodes(node, 'Constraint').flatMap(({ conname }) => conname ?? []);
    const { schema, name } = nameOf(altered.relation);
    return {
      names: [...names, ...given],
      table: [schema, name]
        .flatMap((part) => part ?? [])
        .map(quoteIdentifier)
        .join('.'),
    };
  }
  if (renamed?.renameType === 'OBJECT_TABCONSTRAINT') {
    const { schema, name } = nameOf(renamed.relation);
    return {
      names: [renamed.subname ?? '', renamed.newname ?? ''],
      table: [schema, name]
        .flatMap((part) => part ?? [])
        .map(quoteIdentifier)
        .join('.'),
    };
  }
  if (!('DoStmt' in node)) return null;
  const words = text.match(/[A-Za-z_][\w$]*/g) ?? [];
  return { names: words.map((word) => word.toLowerCase()), table: null };
}

/**
 * Takes a `NOT NULL` out of the way whose name a statement uses: on a server before 18 it has none, so that another
 * constraint may bear the name, and nobody can drop or rename it by that. True when there was one. Throws `SqlFailure` in a
 * transaction that has failed.
 */
export async function hideNotNullNames(
  database: ShadowDatabase,
  statement: Statement,
  target: TargetServer | null,
  signal: CancelSignal | undefined,
): Promise<boolean> {
  if (target === null || target.major >= NAMED_SINCE) return false;
  const mentioned = mentionedIn(statement);
  if (mentioned === null || mentioned.names.length === 0) return false;
  const rows = await database.query(
    `select c.conrelid::pg_catalog.regclass::pg_catalog.text as table, c.conname::pg_catalog.text as name,
       c.oid::pg_catalog.text as number
     from pg_catalog.pg_constraint c
     where c.contype = 'n' and c.coninhcount = 0 and c.conrelid <> 0 and c.conname = any ($1::pg_catalog.name[])
       and ($2::pg_catalog.text is null or c.conrelid = pg_catalog.to_regclass($2))`,
    [mentioned.names, mentioned.table],
    signal,
  );
  for (const { table, name, number } of rows) {
    const other = quoteIdentifier(`lockstep_not_null_${String(number)}`);
    await database.execute(
      `alter table ${String(table)} rename constraint ${quoteIdentifier(String(name))} to ${other}`,
      signal,
    );
  }
  return rows.length > 0;
}
