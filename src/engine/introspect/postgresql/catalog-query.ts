import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';

/** A fixed query on the system catalogs: its text for a server version, and the shape of its rows. */
export type CatalogQuery<Row> = {
  /** What it reads, in words that follow "reading". */
  readonly reads: string;
  readonly text: (serverVersion: number) => string;
  readonly row: z.ZodType<Row>;
};

const wireRowSchema = z.object({ row: z.string() });

/** Runs a catalog query for the named schemas (null means all user schemas). */
export async function readRows<Row>(
  client: SqlClient,
  query: CatalogQuery<Row>,
  options: {
    readonly serverVersion: number;
    readonly schemas: readonly string[] | null;
    readonly signal?: CancelSignal | undefined;
  },
): Promise<readonly Row[]> {
  // JSON text in and JSON text out: no driver has an opinion about `text`, so every client reads the same values.
  const schemas = options.schemas === null ? null : JSON.stringify(options.schemas);
  const text = query.text(options.serverVersion);
  // What belongs to no schema (extensions, edges between objects) is read whole.
  const rows = await client.query(text, text.includes('$1') ? [schemas] : [], options.signal);
  return rows.map((row) => query.row.parse(JSON.parse(wireRowSchema.parse(row).row)));
}
