import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';

/**
 * A fixed query for a kind of which a database has thousands. Its text is a plain `select`; the answer travels as one text
 * for each column, which costs server, driver and reader a fraction of a text for each row.
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
const wireSchema = z.tuple([z.record(z.string(), z.string().nullable())]);

/**
 * How a column travels. Numbers do as an array of the server, which it makes faster than JSON; between other brackets it
 * is the same. `facts/statements.sql` knows both forms for our own.
 */
function aggregateOf(name: string, type: z.ZodType): string {
  const values = `r."${name}"`;
  return type.def.type === 'number'
    ? `pg_catalog.translate(pg_catalog.array_agg(${values})::pg_catalog.text, '{}', '[]')`
    : `pg_catalog.json_agg(${values})::pg_catalog.text`;
}

/** Sends the query with JSON for parameters (null stays null); the rows are in the order of the query. */
export async function readColumnar<Shape extends z.ZodRawShape>(
  client: SqlClient,
  query: ColumnarQuery<Shape>,
  serverVersion: number,
  parameters: readonly (readonly unknown[] | number | null)[],
  signal?: CancelSignal,
): Promise<readonly Readonly<z.infer<z.ZodObject<Shape>>>[]> {
  const columns = Object.entries(query.row.shape) as [string, z.ZodType][];
  const aggregates = columns.map(([name, type]) => `${aggregateOf(name, type)} as "${name}"`).join(', ');
  const answer = await client.query(
    `select ${aggregates} from (${query.text(serverVersion)}) r`,
    parameters.map((value) => (value === null ? null : JSON.stringify(value))),
    signal,
  );
  const [texts] = wireSchema.parse(answer);
  return rowsOf(columns.map(([name, type]) => [name, checkedColumn(type, JSON.parse(texts[name] ?? '[]'))]));
}

function rowsOf<Row>(columns: readonly (readonly [name: string, values: readonly unknown[]])[]): readonly Row[] {
  // Copies of one object share its layout in memory; objects that grow property by property cost twice as much.
  const blank: Readonly<Record<string, unknown>> = Object.fromEntries(columns.map(([name]) => [name, null]));
  const rows = (columns[0]?.[1] ?? []).map(() => ({ ...blank }));
  for (const [name, values] of columns) {
    for (let index = 0; index < rows.length; index += 1) {
      const one = rows[index];
      if (one !== undefined) one[name] = values[index];
    }
  }
  return rows as Row[];
}

/** The values as the schema of their column reads them; plain ones, of which most columns are, need no more than a look. */
function checkedColumn(type: z.ZodType, values: unknown): readonly unknown[] {
  if (!Array.isArray(values)) return z.array(type).parse(values);
  const isPlain = plainTest(type);
  if (isPlain !== null && values.every(isPlain)) return values;
  if (!(type instanceof z.ZodNullable)) return z.array(type).parse(values);
  // What few rows say is null in all others.
  return values.map((each) => (each === null ? null : type.parse(each)));
}

/** Tells values that the schema gives back as they are; null where it has more to say than of which type they are. */
function plainTest(type: z.core.$ZodType): ((value: unknown) => boolean) | null {
  const { def } = type._zod;
  if ((def.checks ?? []).length > 0) return null;
  if (type instanceof z.ZodNullable || type instanceof z.ZodArray) {
    const isPlain = plainTest(type instanceof z.ZodNullable ? type.unwrap() : type.element);
    if (isPlain === null) return null;
    return type instanceof z.ZodNullable
      ? (value) => value === null || isPlain(value)
      : (value) => Array.isArray(value) && value.every(isPlain);
  }
  return plainTypes.has(def.type) ? (value) => typeof value === def.type : null;
}

/** Types whose name in a schema is what `typeof` says of their values. */
const plainTypes: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);
