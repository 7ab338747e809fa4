import { quoteIdentifier } from '../../sql/quote-identifier.ts';

/** Stands where the password belongs: the script never holds a real one. */
export const passwordPlaceholder = 'replace-this-password';

/**
 * The statements that make a role which can read the catalog and the facts, and not one row of a table. To be run by a
 * superuser, or by whoever may create roles and owns the sequences; the password is a placeholder.
 */
export function readOnlyRoleScript({
  role,
  database,
  schemas,
}: {
  readonly role: string;
  readonly database: string;
  /** Schemas whose sequences are watched. */
  readonly schemas: readonly string[];
}): string {
  const name = quoteIdentifier(role);
  return [
    '-- Replace the password before you run this, or set it with \\password in psql.',
    `CREATE ROLE ${name} LOGIN PASSWORD '${passwordPlaceholder}'`,
    '  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 8;',
    '',
    '-- Every session of the role reads only, and none waits or works for long.',
    ...['default_transaction_read_only = on', "statement_timeout = '60s'", "lock_timeout = '5s'"].map(
      (setting) => `ALTER ROLE ${name} SET ${setting};`,
    ),
    '',
    '-- Names, types, definitions and sizes are visible to whoever may connect.',
    `GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${name};`,
    '',
    '-- Facts: open transactions, replication lag and query texts of other roles.',
    `GRANT pg_read_all_stats TO ${name};`,
    '',
    '-- Facts: how far each sequence has come. The counters, not the tables.',
    ...schemas.map((schema) => `GRANT SELECT ON ALL SEQUENCES IN SCHEMA ${quoteIdentifier(schema)} TO ${name};`),
    '',
    '-- Not granted: any table. Null fractions and distinct counts of columns would need SELECT on it.',
    '',
  ].join('\n');
}
