import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';

/**
 * A fixed query for a kind of which a database has thousands. Its text is a plain `select`; the answer travels as one JSON
 * text with one array for each column, which costs server, driver and reader a fraction of a text for each row.
 */
export type ColumnarQuery<Shape extends z.ZodRawShape> = {
  /** What it reads, in words that follow "reading". */
  readonly reads: string;
  readonly text: (serverVersion: number) => string;
  /** The columns of the select, by name. */
  readonly row: z.ZodObject<Shape>;
};

/** One row of a columnar query. */
export type ColumnarRow<Query> =
  Query extends ColumnarQuery<infer Shape> ? Readonly<z.infer<z.ZodObject<Shape>>> : never;

// A select without rows has null for an array. What is in the arrays is checked against the columns' own schemas.
const answerSchema = z.array(z.custom<readonly unknown[] | null>((value) => value === null || Array.isArray(value)));
const wireSchema = z.tuple([z.object({ columns: z.string() })]);

/** Sends the query with JSON for parameters (null stays null); the rows are in the order of the query. */
export async function readColumnar<Shape extends z.ZodRawShape>(
  client: SqlClient,
  query: ColumnarQuery<Shape>,
  serverVersion: number,
  parameters: readonly (readonly unknown[] | number | null)[],
  signal?: CancelSignal,
): Promise<readonly Readonly<z.infer<z.ZodObject<Shape>>>[]> {
  const names = Object.keys(query.row.shape);
  const aggregates = names.map((name) => `pg_catalog.json_agg(r."${name}")`).join(', ');
  const answer = await client.query(
    `select pg_catalog.json_build_array(${aggregates})::pg_catalog.text as columns from (${query.text(serverVersion)}) r`,
    parameters.map((value) => (value === null ? null : JSON.stringify(value))),
    signal,
  );
  const [{ columns }] = wireSchema.parse(answer);
  return rowsOf(query.row, names, JSON.parse(columns));
}

function rowsOf<Shape extends z.ZodRawShape>(
  row: z.ZodObject<Shape>,
  names: readonly string[],
  answer: unknown,
): readonly Readonly<z.infer<z.ZodObject<Shape>>>[] {
  const columns = answerSchema
    .parse(answer)
    .map((values, at) => checkedColumn(row.shape[names[at] ?? ''] as z.ZodType, values ?? []));
  // Copies of one object share its layout in memory; objects that grow property by property cost twice as much.
  const blank: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((name) => [name, null]));
  const rows = (columns[0] ?? []).map(() => ({ ...blank }));
  for (const [at, name] of names.entries()) {
    const values = columns[at] ?? [];
    for (let index = 0; index < rows.length; index += 1) {
      const one = rows[index];
      if (one !== undefined) one[name] = values[index];
    }
  }
  return rows as z.infer<z.ZodObject<Shape>>[];
}

/** The values as the schema of their column reads them; plain ones need no more than a look. */
function checkedColumn(type: z.ZodType, values: readonly unknown[]): readonly unknown[] {
  const plain = plainTypes.get(type.def.type);
  const checks = type.def.checks ?? [];
  if (plain !== undefined && checks.length === 0 && values.every((value) => typeof value === plain)) return values;
  return z.array(type).parse(values);
}

const plainTypes: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['number', 'number'],
  ['boolean', 'boolean'],
]);
