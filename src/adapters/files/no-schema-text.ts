/** Why a text cannot be loaded as a schema file, for the person whose file it is; null when it may be one. */
export function noSchemaText(text: string): string | null {
  if (text.startsWith('PGDMP'))
    return 'is an archive of pg_dump: turn it into SQL with pg_restore --schema-only --file=FILE.sql';
  return text.includes('\0') ? 'holds binary data, not SQL' : null;
}
