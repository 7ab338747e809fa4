/**
 * Writes a text as a string constant that means the same whatever `standard_conforming_strings` says: a text with a
 * backslash becomes an `E''` constant. Throws on a NUL, which no PostgreSQL text can hold.
 */
export function quoteLiteral(value: string): string {
  if (value.includes('\0')) throw new Error('PostgreSQL text cannot hold a NUL');
  const quoted = value.replaceAll("'", "''");
  return value.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}
