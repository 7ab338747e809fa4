import * as z from 'zod';
import { openTransactionSchema } from '../../../../catalog/facts.ts';
import type { CatalogQuery } from '../../catalog-query.ts';
import type { ColumnarQuery, ColumnarRow } from '../../columnar-query.ts';
import columnsText from './columns.sql?raw';
import filesText from './files.sql?raw';
import indexesText from './indexes.sql?raw';
import indexesText15 from './indexes-15.sql?raw';
import logicalReplicationText from './logical-replication.sql?raw';
import preparedTransactionsText from './prepared-transactions.sql?raw';
import replicationSlotsText from './replication-slots.sql?raw';
import roleSettingsText from './role-settings.sql?raw';
import sequencesText from './sequences.sql?raw';
import serverText from './server.sql?raw';
import settingsText from './settings.sql?raw';
import standbysText from './standbys.sql?raw';
import statementsText from './statements.sql?raw';
import statementsExtensionText from './statements-extension.sql?raw';
import tablesText from './tables.sql?raw';
import transactionsText from './transactions.sql?raw';

const moment = z.string().nullable();

const tables = {
  reads: 'sizes of tables',
  text: () => tablesText,
  row: z.object({
    oid: z.number(),
    schema: z.string(),
    name: z.string(),
    kind: z.enum(['r', 'p', 'm', 'f']),
    parent: z.number().nullable(),
    tuples: z.number(),
    pages: z.number(),
    toast: z.number().nullable(),
    toastPages: z.number().nullable(),
    live: z.number(),
    dead: z.number(),
    changed: z.number(),
    inserts: z.number(),
    updates: z.number(),
    deletes: z.number(),
    scans: z.number(),
    lastVacuum: moment,
    lastAutovacuum: moment,
    lastAnalyze: moment,
    lastAutoanalyze: moment,
    transactionAge: z.number().nullable(),
    autovacuum: z.array(z.string()).nullable(),
    /** False when the role may not see the statistics of its columns. */
    readable: z.boolean(),
  }),
};

const indexes = {
  reads: 'sizes and use of indexes',
  text: (version: number) => (version >= 160000 ? indexesText : indexesText15),
  row: z.object({
    oid: z.number(),
    schema: z.string(),
    name: z.string(),
    table: z.number(),
    parent: z.number().nullable(),
    partitioned: z.boolean(),
    pages: z.number(),
    scans: z.number(),
    lastScan: moment,
  }),
};

const columns = {
  reads: 'statistics of columns',
  text: () => columnsText,
  row: z.object({
    schema: z.string(),
    table: z.string(),
    name: z.string(),
    nullFraction: z.number(),
    distinct: z.number(),
    averageBytes: z.number(),
  }),
};

const files = {
  reads: 'sizes of files',
  text: () => filesText,
  row: z.object({ oid: z.number(), bytes: z.number().nullable() }),
};

const sequences = {
  reads: 'positions of sequences',
  text: () => sequencesText,
  row: z.object({
    schema: z.string(),
    name: z.string(),
    start: z.string(),
    increment: z.string(),
    minimum: z.string(),
    maximum: z.string(),
    cycle: z.boolean(),
    readable: z.boolean(),
    locked: z.boolean(),
    lastValue: z.string().nullable(),
    column: z.object({ schema: z.string(), table: z.string(), name: z.string(), type: z.string() }).nullable(),
  }),
};

export type TableFactsRow = ColumnarRow<typeof tables>;
export type IndexFactsRow = ColumnarRow<typeof indexes>;
export type ColumnFactsRow = ColumnarRow<typeof columns>;
export type SequenceFactsRow = ColumnarRow<typeof sequences>;

const query = <Row>(reads: string, text: string, row: z.ZodType<Row>): CatalogQuery<Row> => ({
  reads,
  text: () => text,
  row,
});

/** The fixed queries that facts come from. None of them waits for a lock but `files` and `sequences`, which step aside. */
export const factQueries = {
  tables: tables satisfies ColumnarQuery<typeof tables.row.shape>,
  indexes: indexes satisfies ColumnarQuery<typeof indexes.row.shape>,
  columns: columns satisfies ColumnarQuery<typeof columns.row.shape>,
  /** Sizes of the main forks of the relations whose numbers are `$1`. */
  files: files satisfies ColumnarQuery<typeof files.row.shape>,
  sequences: sequences satisfies ColumnarQuery<typeof sequences.row.shape>,
  openTransactions: query('open transactions', transactionsText, openTransactionSchema),
  preparedTransactions: query(
    'prepared transactions',
    preparedTransactionsText,
    z.object({ id: z.string(), owner: z.string(), preparedAt: z.string() }),
  ),
  replicationSlots: query(
    'replication slots',
    replicationSlotsText,
    z.object({
      name: z.string(),
      kind: z.string(),
      database: z.string().nullable(),
      active: z.boolean(),
      walStatus: z.string().nullable(),
      retainedBytes: z.number().nullable(),
    }),
  ),
  standbys: query(
    'standbys',
    standbysText,
    z.object({
      name: z.string(),
      state: z.string().nullable(),
      synchronous: z.string().nullable(),
      lagBytes: z.number().nullable(),
      lagSeconds: z.number().nullable(),
    }),
  ),
  logicalReplication: query(
    'publications and subscriptions',
    logicalReplicationText,
    z.object({
      publications: z.array(z.object({ name: z.string(), allTables: z.boolean() })),
      subscriptions: z.array(z.object({ name: z.string(), enabled: z.boolean() })),
    }),
  ),
  settings: query(
    'settings of the server',
    settingsText,
    z.object({ name: z.string(), value: z.string(), unit: z.string().nullable(), own: z.boolean() }),
  ),
  roleSettings: query(
    'settings of roles',
    roleSettingsText,
    z.object({
      role: z.string().nullable(),
      database: z.string().nullable(),
      name: z.string(),
      value: z.string(),
    }),
  ),
  server: query(
    'state of the server',
    serverText,
    z.object({
      time: z.string(),
      startedAt: z.string(),
      inRecovery: z.boolean(),
      transactionAge: z.number(),
      statisticsResetAt: moment,
      blockSize: z.number(),
      hiddenSessions: z.number(),
      hiddenStandbys: z.number(),
    }),
  ),
  statementsExtension: query('pg_stat_statements', statementsExtensionText, z.object({ schema: z.string() })),
  statements: query(
    'texts of frequent queries',
    statementsText,
    z.object({ text: z.string(), calls: z.number(), meanMilliseconds: z.number().nullable(), hidden: z.boolean() }),
  ),
};
