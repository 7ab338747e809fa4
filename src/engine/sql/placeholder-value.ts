import { type Sql, sql } from './sql.ts';

/** A value that fits the type, for rows that need one, another for each row when asked; null when none is known. */
export function placeholderFor(type: string, differs: boolean): Sql | null {
  if (differs && /^(?:text|citext|character varying)$/.test(type)) return sql`gen_random_uuid()::text`;
  if (/\[\]$/.test(type)) return sql`'{}'`;
  if (/^(?:integer|bigint|smallint|numeric|real|double precision|oid|money)/.test(type)) return sql`0`;
  if (/^(?:text|character|varchar|bpchar|citext|name)/.test(type)) return sql`''`;
  if (type === 'boolean') return sql`false`;
  if (/^timestamp/.test(type)) return sql`now()`;
  if (type === 'date') return sql`CURRENT_DATE`;
  if (/^time/.test(type)) return sql`LOCALTIME`;
  if (/^interval/.test(type)) return sql`'0'`;
  if (type === 'uuid') return sql`gen_random_uuid()`;
  if (/^jsonb?$/.test(type)) return sql`'{}'`;
  if (type === 'bytea') return sql`''`;
  if (/range$/.test(type)) return sql`'empty'`;
  return null;
}
