import * as z from 'zod';
import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { SqlClient } from '../ports/sql-client.ts';
import { assembleCatalog } from './postgresql/assemble-catalog.ts';
import type { IntrospectionProgress } from './postgresql/catalog-reader.ts';
import { environmentQuery, environmentSchema, prepareSessionQuery } from './postgresql/objects/environment.ts';
import { readCatalogRows } from './postgresql/read-catalog-rows.ts';

export type IntrospectOptions = {
  readonly clock: Clock;
  /** Only these schemas; all user schemas when absent. */
  readonly schemas?: readonly string[] | undefined;
  /** False leaves the facts out, for a shadow database. True when absent. */
  readonly facts?: boolean | undefined;
  /**
   * True when the client is inside a transaction that must live on: the reading is then undone with a savepoint. Otherwise
   * it gets its own read-only transaction with one snapshot for all queries.
   */
  readonly insideTransaction?: boolean | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: IntrospectionProgress) => void) | undefined;
};

/**
 * Reads the catalog of the database that the client is connected to; PostgreSQL 12 to 18. Leaves the session as it was.
 * Throws `SqlFailure` when the server refuses, and the signal's reason when cancelled; never returns half a catalog.
 */
export async function introspect(client: SqlClient, options: IntrospectOptions): Promise<Catalog> {
  const { signal } = options;
  signal?.throwIfAborted();
  const bracket = options.insideTransaction === true ? savepoint : ownTransaction;
  const capturedAt = options.clock.now();
  for (const statement of bracket.open) await client.query(statement, [], signal);
  try {
    const environment = await readEnvironment(client, signal);
    await client.query(prepareSessionQuery, [], signal);
    const rows = await readCatalogRows(client, environment, {
      schemas: options.schemas ?? null,
      capturedAt,
      facts: options.facts ?? true,
      signal,
      onProgress: options.onProgress,
    });
    return assembleCatalog(rows, { capturedAt, schemas: options.schemas ?? null });
  } finally {
    // On a dead connection this fails as well; the first failure is the one to tell.
    for (const statement of bracket.close) await client.query(statement).catch(() => undefined);
  }
}

const ownTransaction = {
  open: ['begin transaction isolation level repeatable read read only'],
  close: ['rollback'],
};

const savepoint = {
  open: ['savepoint lockstep_introspection'],
  close: ['rollback to savepoint lockstep_introspection', 'release savepoint lockstep_introspection'],
};

async function readEnvironment(client: SqlClient, signal: CancelSignal | undefined) {
  const [row] = z.array(z.object({ row: z.string() })).parse(await client.query(environmentQuery, [], signal));
  return environmentSchema.parse(JSON.parse(row?.row ?? 'null'));
}
