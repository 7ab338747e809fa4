import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import { type SqlClient, SqlFailure } from '../../ports/sql-client.ts';
import { type CatalogQuery, readRows } from './catalog-query.ts';
import { type ColumnarQuery, readColumnar } from './columnar-query.ts';
import stateText from './objects/database-state.sql?raw';
import { notModelledQuery } from './objects/not-modelled.ts';
import { subscriptionsText } from './objects/other-objects.ts';
import systemCatalogsText from './objects/system-catalogs.sql?raw';

const identitySchema = z.object({
  /** Server, timeline, number and name of the database. */
  database: z.string(),
  /** Version of the server, and the role that reads. */
  reader: z.string(),
  /** Sums over roles and whatever else no row of the catalogs that are followed tells. */
  shared: z.string(),
  /** The oldest transaction that was still running, as a 64-bit number. */
  horizon: z.string(),
  /** The next transaction to begin. */
  next: z.string(),
});

/**
 * In which state the system catalogs were when they were read: enough to find out later, with one pass over them, whether
 * and where a row has come, changed or gone. Holds no name of a user's object.
 */
export const databaseStateSchema = identitySchema.extend({
  /** How many rows each system catalog had. */
  counts: z.record(z.string(), z.number()),
});
export type DatabaseState = Readonly<z.infer<typeof databaseStateSchema>>;

/** What has changed between two states: nothing, these objects, or so much that everything has to be read. */
export type StateChange =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'objects';
      /** Objects that are new or changed: the system catalog and the number of each. */
      readonly objects: readonly (readonly [systemCatalog: string, oid: number])[];
      /** The system catalogs in which a row has come, changed or gone. */
      readonly catalogs: ReadonlySet<string>;
    }
  | { readonly kind: 'everything' };

const stateQuery: CatalogQuery<z.infer<typeof identitySchema>> = {
  reads: 'what has changed',
  text: () => stateText,
  row: identitySchema,
};

const sumSchema = z.object({ sum: z.string().nullable() });

/** Of subscriptions, and of what is not modelled, where the rows of the followed catalogs do not say it: what is told of it. */
const toldQuery: CatalogQuery<z.infer<typeof sumSchema>> = {
  reads: 'what has changed',
  text: (serverVersion) => `select pg_catalog.row_to_json(r)::pg_catalog.text as row from (
    select pg_catalog.sum(pg_catalog.hashtextextended(x.said, 0))::pg_catalog.text as sum
    from (
      select k.row as said from (${subscriptionsText(serverVersion)}) k
      union all
      select pg_catalog.concat_ws(' ', m.kind, m.name, m.count) from (${notModelledQuery.text(serverVersion)}) m
    ) x
  ) r`,
  row: sumSchema,
};

const catalogRow = z.object({
  catalog: z.string(),
  /** The system catalog of the objects that the rows are about. */
  class: z.string(),
  count: z.number(),
  new: z.array(z.number()).nullable(),
});

const systemCatalogsQuery: ColumnarQuery<typeof catalogRow.shape> = {
  reads: 'what has changed',
  text: () => systemCatalogsText,
  row: catalogRow,
};

/**
 * The state of the database, and what has changed since an earlier one. Null where the role may not know the state; the
 * transaction goes on in either case.
 *
 * How it knows: a row of a system catalog carries the number of the transaction that wrote it. Every transaction before
 * the earlier horizon had ended then, so a row with an older number was there; one with a newer number is new or changed.
 * (VACUUM leaves the number readable when it freezes a row. After the numbers have gone round, an old row can only be
 * taken for new.) Where nothing is new and the number of rows is the same, nothing is gone either.
 */
export async function readState(
  client: SqlClient,
  serverVersion: number,
  earlier: DatabaseState | null,
  signal?: CancelSignal,
): Promise<{ readonly state: DatabaseState; readonly change: StateChange } | null> {
  await client.query('savepoint lockstep_state', [], signal);
  try {
    const scope = { serverVersion, schemas: null, signal };
    const [identity] = await readRows(client, stateQuery, scope);
    if (identity === undefined) return null;
    const horizon = earlier === null ? null : Number(BigInt.asUintN(32, BigInt(earlier.horizon)));
    const [[told], rows] = await Promise.all([
      readRows(client, toldQuery, scope),
      readColumnar(client, systemCatalogsQuery, serverVersion, [horizon], signal),
    ]);
    const shared = `${identity.shared} ${told?.sum ?? ''}`;
    const state = {
      ...identity,
      shared,
      counts: Object.fromEntries(rows.map(({ catalog, count }) => [catalog, count])),
    };
    return { state, change: earlier === null ? { kind: 'everything' } : changeSince(earlier, state, rows) };
  } catch (cause) {
    if (!(cause instanceof SqlFailure) || cause.refusal.sqlstate !== '42501') throw cause;
    await client.query('rollback to savepoint lockstep_state');
    return null;
  }
}

/** More transactions than this ago, numbers are no longer compared: half of the 32-bit circle less a margin. */
const farthestHorizon = 2n ** 31n - 2n ** 24n;

/** With more changed objects than this, reading everything is faster. */
const mostObjects = 5000;

/** Numbers below are of objects that came with the server; when one of them changes, anything may read differently. */
const firstUserObject = 16_384;

// The catalogs whose changes are followed object by object. Changes in any other (schemas, extensions, operators, ...)
// are rare and reach far.
const followed: ReadonlySet<string> = new Set(
  [
    ...['pg_class', 'pg_attribute', 'pg_attrdef', 'pg_constraint', 'pg_index', 'pg_inherits', 'pg_sequence'],
    ...['pg_partitioned_table', 'pg_foreign_table', 'pg_trigger', 'pg_policy', 'pg_rewrite'],
    ...['pg_type', 'pg_enum', 'pg_range', 'pg_proc', 'pg_aggregate', 'pg_statistic_ext'],
  ].flatMap((name) => [name, `pg_depend of ${name}`, `pg_description of ${name}`]),
);

function changeSince(
  earlier: DatabaseState,
  now: DatabaseState,
  rows: readonly z.infer<typeof catalogRow>[],
): StateChange {
  const same = earlier.database === now.database && earlier.reader === now.reader && earlier.shared === now.shared;
  const passed = BigInt(now.next) - BigInt(earlier.horizon);
  // A standby that lags behind the server that was read before is not followed either.
  if (!same || BigInt(now.next) < BigInt(earlier.next) || passed > farthestHorizon) return { kind: 'everything' };

  const changed = rows.filter((row) => row.new !== null || row.count !== earlier.counts[row.catalog]);
  const gone = Object.keys(earlier.counts).filter((catalog) => now.counts[catalog] === undefined);
  const catalogs = new Set([...changed.map(({ catalog }) => catalog), ...gone]);
  if (catalogs.size === 0) return { kind: 'nothing' };
  if ([...catalogs].some((catalog) => !followed.has(catalog))) return { kind: 'everything' };

  const keys = new Map<string, readonly [string, number]>();
  for (const row of changed) {
    // What a comment is about has not changed itself.
    if (row.class === '') continue;
    for (const oid of row.new ?? []) keys.set(`${row.class}:${oid}`, [row.class, oid]);
  }
  const objects = [...keys.values()];
  const far = objects.length > mostObjects || objects.some(([, oid]) => oid < firstUserObject);
  return far ? { kind: 'everything' } : { kind: 'objects', objects, catalogs };
}
