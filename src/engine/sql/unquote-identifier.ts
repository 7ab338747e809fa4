/** The name that an identifier stands for, as PostgreSQL writes it: without its quotes, each doubled one inside once. */
export const unquoteIdentifier = (written: string): string =>
  written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
