import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';

const count = z.number().nonnegative();
/** ISO 8601, as the server's clock had it; null means never. */
const moment = z.string().nullable();

const columnFactsSchema = z.object({
  name: z.string(),
  nullFraction: z.number(),
  /** As `pg_stats.n_distinct`: positive is a count, negative a fraction of the rows. */
  distinct: z.number(),
  /** Bytes of a value, on average. */
  averageBytes: count.optional(),
});

/** What the server has counted of one table or materialized view; of a partitioned table the sums of its partitions. */
const tableFactsSchema = z.object({
  schema: z.string(),
  name: z.string(),
  rows: count,
  /**
   * Where `rows` comes from: ANALYZE or VACUUM, the statistics counters (or an empty file), or a guess from the size of
   * a table that nobody ever counted, to be shown as unknown; absent if unsaid.
   */
  rowsBasis: z.enum(['analyzed', 'counters', 'size']).optional(),
  /** Of the table with its TOAST, without its indexes. */
  bytes: count,
  indexBytes: count.optional(),
  /** The part of `bytes` that is TOAST. */
  toastBytes: count.optional(),
  /** The later of the two analyzes. */
  lastAnalyzedAt: moment.optional(),
  lastManualAnalyzeAt: moment.optional(),
  lastAutomaticAnalyzeAt: moment.optional(),
  lastManualVacuumAt: moment.optional(),
  lastAutomaticVacuumAt: moment.optional(),
  /** Row versions that VACUUM has not removed yet. */
  deadRows: count.optional(),
  /** Rows inserted, updated or deleted since the last ANALYZE. */
  changesSinceAnalyze: count.optional(),
  /** Counted since `server.statisticsResetAt`. */
  activity: z
    .object({ inserts: count, updates: count, deletes: count, sequentialScans: count, indexScans: count })
    .optional(),
  /** Transactions since the oldest row version was frozen: `age(relfrozenxid)`. */
  transactionAge: z.number().nullable().optional(),
  /** Autovacuum options of this table alone, as `name=value`; those of its TOAST begin with `toast.`. */
  autovacuumOptions: z.array(z.string()).optional(),
  columns: z.array(columnFactsSchema).default([]),
});

const indexFactsSchema = z.object({
  schema: z.string(),
  name: z.string(),
  bytes: count,
  /** Counted since `server.statisticsResetAt`. */
  scans: count,
  /** Since PostgreSQL 16. */
  lastScanAt: moment.optional(),
});

/** How far a sequence has come; the numbers are decimal strings because they may exceed 2^53. */
const sequenceFactsSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** Null when it was never used, or may not be read (then `notVisible` says so). */
  lastValue: z.string().nullable(),
  /** The last value that it can give and that its column can hold. */
  end: z.string(),
  /** How much of the way from its start to `end` is gone, 0 to 1; null when unknown. */
  usedFraction: z.number().nullable(),
  /** True when it begins again at its end, and its column can hold that end. */
  cycles: z.boolean(),
  /** The narrowest column that takes its values. */
  column: z.object({ schema: z.string(), table: z.string(), name: z.string(), type: z.string() }).nullable(),
});

/** A transaction that was open for more than a second, and what it locks. Never the text of its query. */
export const openTransactionSchema = z.object({
  processId: z.number(),
  user: z.string().nullable(),
  application: z.string(),
  /** As `pg_stat_activity.backend_type`: `client backend`, `autovacuum worker`, … */
  kind: z.string(),
  state: z.string().nullable(),
  startedAt: z.string(),
  waitsForLock: z.boolean(),
  /** Locks that it holds on relations of users. */
  locks: z.array(z.object({ schema: z.string(), name: z.string(), mode: z.string() })),
});

const serverFactsSchema = z.object({
  /** The server's clock when the facts were read. */
  time: z.string(),
  startedAt: z.string(),
  inRecovery: z.boolean(),
  /** Transactions since the oldest row version of the database was frozen: `age(datfrozenxid)`. */
  transactionAge: z.number(),
  /** Since when scans and rows are counted; null means since the database was made. */
  statisticsResetAt: moment,
});

/**
 * Dated statistics of a live server: sizes in bytes, estimates of rows, what runs and what is set; never a value of a row.
 * What is absent was not read; `notVisible` says in words what the role was not allowed to see.
 */
export const factsSchema = z.object({
  capturedAt: z.iso.datetime({ offset: true }),
  tables: z.array(tableFactsSchema),
  indexes: z.array(indexFactsSchema).default([]),
  sequences: z.array(sequenceFactsSchema).optional(),
  /** Open for more than a second in this database, the oldest first, at most 50. */
  openTransactions: z.array(openTransactionSchema).optional(),
  /** Of this database. */
  preparedTransactions: z.array(z.object({ id: z.string(), owner: z.string(), preparedAt: z.string() })).optional(),
  replicationSlots: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        /** Of a logical slot. */
        database: z.string().nullable(),
        active: z.boolean(),
        /** As `pg_replication_slots.wal_status`, since PostgreSQL 13. */
        walStatus: z.string().nullable(),
        /** WAL that the server keeps for it. */
        retainedBytes: z.number().nullable(),
      }),
    )
    .optional(),
  standbys: z
    .array(
      z.object({
        name: z.string(),
        state: z.string().nullable(),
        synchronous: z.string().nullable(),
        lagBytes: z.number().nullable(),
        lagSeconds: z.number().nullable(),
      }),
    )
    .optional(),
  publications: z.array(z.object({ name: z.string(), allTables: z.boolean() })).optional(),
  subscriptions: z.array(z.object({ name: z.string(), enabled: z.boolean() })).optional(),
  /**
   * Queries that applications run, from `pg_stat_statements`: only SELECT, INSERT, UPDATE, DELETE and MERGE, only texts
   * without any constant, the most frequent first.
   */
  statements: z.array(z.object({ text: z.string(), calls: count, meanMilliseconds: count })).optional(),
  /** Settings that matter for migrations, in the server's unit (`8kB`, `ms`, …). */
  settings: z.array(z.object({ name: z.string(), value: z.string(), unit: z.string().nullable() })).optional(),
  /** The same, set for a role or for this database; null means all. */
  roleSettings: z
    .array(
      z.object({ role: z.string().nullable(), database: z.string().nullable(), name: z.string(), value: z.string() }),
    )
    .optional(),
  server: serverFactsSchema.optional(),
  /** What could not be seen, and why. */
  notVisible: z.array(z.object({ what: z.string(), why: z.string() })).optional(),
});
export type Facts = DeepReadonly<z.infer<typeof factsSchema>>;
export type TableFacts = Facts['tables'][number];
export type SequenceFacts = DeepReadonly<z.infer<typeof sequenceFactsSchema>>;
