import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { ShadowDatabase } from '../../ports/shadow-databases.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';

/** A table's rows as texts. A column has the number that it keeps when it is renamed, and a name. */
export type TableContent = {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly { readonly number: number; readonly name: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
};

// Drivers disagree about arrays; JSON is text to all of them.
const columnsSchema = z.array(z.tuple([z.number(), z.string(), z.boolean()]));
const rowSchema = z.array(z.string().nullable());

/** Tables to read: by the names that they have now, or by the numbers that they keep when they are renamed. */
export type Wanted =
  | { readonly by: 'name'; readonly names: readonly { readonly schema: string; readonly name: string }[] }
  | { readonly by: 'oid'; readonly oids: readonly number[] };

// What a migration sets must change neither what is read nor how it is written; all of it is taken back afterwards.
const BEFORE_READING = `savepoint lockstep_read;
reset role;
set local row_security = on;
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';
set local timezone = 'UTC';
set local extra_float_digits = 1;
set local bytea_output = 'hex';`;
const AFTER_READING = 'rollback to savepoint lockstep_read; release savepoint lockstep_read';

// Generated columns hold nothing of their own. Spaces and the order of keys in a JSON text are no value of anybody's.
const COLUMNS = `select c.oid::int8 as oid, n.nspname as schema, c.relname as name, c.relkind as kind,
  coalesce(json_agg(json_build_array(a.attnum, a.attname, a.atttypid = 'pg_catalog.json'::pg_catalog.regtype) order by a.attnum) filter (where a.attnum is not null), '[]')::text as columns
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attribute a
  on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
where c.relkind in ('r', 'p') and `;

/**
 * Reads tables that are there, by their object identifier, inside the transaction that is open. It changes nothing.
 * Throws only `ShadowFailure` where the session works.
 */
export async function readTables(
  database: ShadowDatabase,
  wanted: Wanted,
  signal?: CancelSignal,
): Promise<ReadonlyMap<number, TableContent>> {
  const found = new Map<number, TableContent>();
  const count = wanted.by === 'name' ? wanted.names.length : wanted.oids.length;
  if (count === 0) return found;
  await database.execute(BEFORE_READING, signal);
  const tables = await (wanted.by === 'name'
    ? database.query(
        `${COLUMNS} (n.nspname, c.relname) in (select * from rows from (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) as w) group by 1, 2, 3, 4`,
        [wanted.names.map(({ schema }) => schema), wanted.names.map(({ name }) => name)],
        signal,
      )
    : database.query(`${COLUMNS} c.oid = any ($1::int8[]::oid[]) group by 1, 2, 3, 4`, [wanted.oids], signal));
  const parts: string[] = [];
  for (const row of tables) {
    const oid = Number(row['oid']);
    const [schema, name] = [String(row['schema']), String(row['name'])];
    const read = columnsSchema.parse(JSON.parse(String(row['columns'])));
    const columns = read.map(([number, name]) => ({ number, name }));
    found.set(oid, { schema, name, columns, rows: [] });
    const texts = read
      .map(([, name, isJson]) => `${quoteIdentifier(name)}${isJson ? '::pg_catalog.jsonb' : ''}::text`)
      .join(', ');
    const only = row['kind'] === 'p' ? '' : 'only ';
    parts.push(
      `select ${oid}::int8 as oid, pg_catalog.array_to_json(array[${texts}]::text[])::text as row from ${only}${qualifiedName({ schema, name })}`,
    );
  }
  const rows = parts.length === 0 ? [] : await database.query(parts.join('\nunion all\n'), [], signal);
  await database.execute(AFTER_READING, signal);
  const byTable = new Map<number, (readonly (string | null)[])[]>();
  for (const { oid, row } of rows) {
    const known = byTable.get(Number(oid));
    const values = rowSchema.parse(JSON.parse(String(row)));
    if (known === undefined) byTable.set(Number(oid), [values]);
    else known.push(values);
  }
  for (const [oid, content] of found) found.set(oid, { ...content, rows: byTable.get(oid) ?? [] });
  return found;
}
