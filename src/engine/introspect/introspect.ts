import * as z from 'zod';
import type { Catalog } from '../catalog/catalog.ts';
import { prepareFingerprints } from '../catalog/fingerprint.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sha256 } from '../ports/sha256.ts';
import type { SqlClient } from '../ports/sql-client.ts';
import { explainLock } from './explain-lock.ts';
import { assembleCatalog, assembleTables, serverOf } from './postgresql/assemble-catalog.ts';
import type { IntrospectionProgress } from './postgresql/catalog-reader.ts';
import { type DatabaseState, readState } from './postgresql/database-state.ts';
import { readSnapshotNumber } from './postgresql/definitions-changed.ts';
import {
  environmentQuery,
  environmentSchema,
  prepareSessionQuery,
  type ServerEnvironment,
} from './postgresql/objects/environment.ts';
import { type KeptRows, readCatalogRows, readChangedRows, readFreshFacts } from './postgresql/read-catalog-rows.ts';
import type { RelationRows } from './postgresql/relation-rows.ts';
import { type Attempt, readSteadily } from './read-steadily.ts';

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
  /** How fingerprints are made; in script when absent. */
  readonly sha256?: Sha256 | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: IntrospectionProgress) => void) | undefined;
};

/** What one reading of a database leaves for the next. */
export type Reading = {
  readonly catalog: Catalog;
  /** The schemas that were asked for; null for all. */
  readonly schemas: readonly string[] | null;
  /** In which state the system catalogs were; null where the role may not know. */
  readonly state: DatabaseState | null;
  /** What only parts can be read from again; null when only the catalog was kept. */
  readonly kept: KeptRows | null;
  /** What was read: everything, nothing because nothing had changed, or this many relations. */
  readonly read: 'everything' | 'nothing' | number;
};

/**
 * Reads the catalog of the database that the client is connected to; PostgreSQL 12 to 18. Leaves the session as it was.
 * Throws `SqlFailure` when the server refuses, and the signal's reason when cancelled; never returns half a catalog.
 */
export async function introspect(client: SqlClient, options: IntrospectOptions): Promise<Catalog> {
  return inTransaction(client, options, async (environment, capturedAt) => {
    const how = readOptions(options, capturedAt);
    const { rows } = await readCatalogRows(client, environment, how);
    return assembleCatalog(rows, how);
  });
}

/**
 * As `introspect`, but reads only what has changed since an earlier reading of the same database where that can be told.
 * The catalog is the same as if everything had been read; facts are always fresh.
 */
export async function introspectAgain(
  client: SqlClient,
  earlier: Pick<Reading, 'catalog' | 'schemas' | 'state' | 'kept'> | null,
  options: Omit<IntrospectOptions, 'insideTransaction'>,
): Promise<Reading> {
  return inTransaction(client, options, async (environment, capturedAt) => {
    const how = readOptions(options, capturedAt);
    const { schemas, signal } = how;
    const asked = earlier !== null && JSON.stringify(earlier.schemas) === JSON.stringify(schemas) ? earlier : null;
    options.onProgress?.({ reads: 'what has changed', done: 0, total: 1 });
    const found = await readState(client, environment.version, asked?.state ?? null, signal);
    const state = found?.state ?? null;
    if (asked !== null && found?.change.kind === 'nothing') {
      const facts = await readFreshFacts(client, environment, how);
      const catalog = { ...asked.catalog, capturedAt, server: serverOf(environment), facts };
      return { catalog, schemas, state, kept: asked.kept, read: 'nothing' };
    }
    if (asked?.kept != null && found?.change.kind === 'objects') {
      const again = { ...how, change: found.change, earlier: asked.kept };
      const changed = await readChangedRows(client, environment, again);
      if (changed !== null) {
        const { relations, ...kept } = changed;
        return { catalog: assembleCatalog(kept.rows, how), schemas, state, kept, read: relations };
      }
    }
    const kept = await readCatalogRows(client, environment, how);
    return { catalog: assembleCatalog(kept.rows, how), schemas, state, kept, read: 'everything' };
  });
}

const readOptions = (options: IntrospectOptions, capturedAt: string) => ({
  schemas: options.schemas ?? null,
  capturedAt,
  facts: options.facts ?? true,
  sha256: options.sha256,
  signal: options.signal,
  onProgress: options.onProgress,
  onRelations: (relations: RelationRows) => prepareFingerprints(assembleTables(relations)),
});

async function inTransaction<T>(
  client: SqlClient,
  options: IntrospectOptions,
  read: (environment: ServerEnvironment, capturedAt: string) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  signal?.throwIfAborted();
  const once = async (bracket: typeof ownTransaction): Promise<Attempt<T>> => {
    const capturedAt = options.clock.now();
    for (const statement of bracket.open) await client.query(statement, [], signal);
    let snapshot: string | null = null;
    let failed: { readonly snapshot: string | null; readonly failure: unknown };
    try {
      const seen = readSnapshotNumber(client, signal);
      const asked = readEnvironment(client, signal);
      const prepared = client.query(prepareSessionQuery, [], signal);
      // Each may fail before anybody waits for it. What fails first is the one to tell: the others only follow from it.
      for (const later of [asked, prepared]) later.catch(() => undefined);
      snapshot = await seen;
      const environment = await asked;
      await prepared;
      return { snapshot, value: await read(environment, capturedAt) };
    } catch (failure) {
      failed = { snapshot, failure };
    } finally {
      // On a dead connection this fails as well; the first failure is the one to tell.
      for (const statement of bracket.close) await client.query(statement).catch(() => undefined);
    }
    return { ...failed, failure: await explainLock(client, failed.failure) };
  };
  if (options.insideTransaction !== true) return readSteadily(client, () => once(ownTransaction), signal);
  const outcome = await once(savepoint);
  if ('failure' in outcome) throw outcome.failure;
  return outcome.value;
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
