import type { Table } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { shown } from '../wording.ts';

/** True for a table that TimescaleDB manages: it puts a trigger with a function of its own schemas on each hypertable. */
const isHypertable = (table: Table | null): boolean =>
  table?.triggers.some((trigger) => trigger.function.schema.startsWith('_timescaledb')) === true;

const onHypertable = (context: CheckContext): readonly Found[] => {
  const index = as(context.statement.node, 'IndexStmt');
  if (index !== undefined) {
    const written = nameOf(index.relation);
    if (index.concurrent !== true || !isHypertable(context.database.table(written))) return [];
    const concurrently = context.source.words('CONCURRENTLY');
    if (concurrently === null) return [];
    return [
      {
        range: concurrently,
        severity: 'error',
        message: `${shown(written)} is a hypertable: TimescaleDB refuses CONCURRENTLY there; WITH (timescaledb.transaction_per_chunk) locks one chunk at a time`,
        evidence: { table: shown(written), extension: 'timescaledb' },
      },
    ];
  }
  const altered = context.alter();
  if (altered === null || !isHypertable(altered.table)) return [];
  const action = altered.actions.find(
    ({ cmd }) => cmd.subtype === 'AT_AttachPartition' || cmd.subtype === 'AT_DetachPartition',
  );
  if (action === undefined) return [];
  return [
    {
      range: action.range,
      message: `${shown(altered.written)} is a hypertable: its chunks are no partitions; drop_chunks and move_chunk change them`,
      evidence: { table: shown(altered.written), extension: 'timescaledb' },
    },
  ];
};

/** A partition made, attached or detached by hand where pg_partman does it. */
const besidePartman = (context: CheckContext): readonly Found[] => {
  const { extensions } = context.database.catalog;
  if (!extensions.some(({ name }) => name === 'pg_partman')) return [];
  const found = (parent: string, range: Found['range']): readonly Found[] => [
    {
      range,
      message: `pg_partman is installed: if it manages ${parent}, what is done to its partitions by hand is done again or undone by its maintenance`,
      evidence: { table: parent, extension: 'pg_partman' },
    },
  ];
  const create = as(context.statement.node, 'CreateStmt');
  const [parent] = create?.partbound === undefined ? [] : all(create.inhRelations, 'RangeVar');
  // Whoever creates the parent here partitions it here too.
  if (parent !== undefined)
    return context.created.has('table', context.database.resolve(nameOf(parent)))
      ? []
      : found(shown(nameOf(parent)), context.source.head(2));
  const altered = context.alter();
  const action = altered?.actions.find(
    ({ cmd }) => cmd.subtype === 'AT_AttachPartition' || cmd.subtype === 'AT_DetachPartition',
  );
  if (altered === null || action === undefined || altered.standing.size === 'new') return [];
  return found(shown(altered.written), action.range);
};

export const extensionSpecificDdl = defineRule({
  id: 'extension-specific-ddl',
  title: 'Table that an extension manages is changed by hand',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt', 'IndexStmt'],
  docs: {
    what: 'CREATE INDEX CONCURRENTLY, ATTACH or DETACH PARTITION on a hypertable of TimescaleDB; a partition made, attached or detached by hand where pg_partman is installed. Tables that Citus distributes cannot be told from the catalog.',
    why: 'The extension refuses the statement, or keeps records of its own that no longer agree with the tables.',
    instead:
      'The extension’s own procedures: timescaledb.transaction_per_chunk and drop_chunks, partman.create_partition_time and its maintenance.',
    ignoreWhen: 'the extension does not manage this table.',
    manual: 'https://www.postgresql.org/docs/current/extend-extensions.html',
  },
  examples: [
    {
      name: 'an index on a hypertable',
      setup:
        "create schema _timescaledb_functions; create function _timescaledb_functions.insert_blocker() returns trigger language plpgsql as 'begin return new; end'; create table metrics (at timestamptz, v float8); create trigger ts_insert_blocker before insert on metrics for each row execute function _timescaledb_functions.insert_blocker();",
      up: 'CREATE INDEX CONCURRENTLY i ON metrics (v);',
      finds: [{ text: 'CONCURRENTLY', severity: 'error' }],
    },
    {
      name: 'an ordinary index on a hypertable',
      setup:
        "create schema _timescaledb_functions; create function _timescaledb_functions.insert_blocker() returns trigger language plpgsql as 'begin return new; end'; create table metrics (at timestamptz, v float8); create trigger ts_insert_blocker before insert on metrics for each row execute function _timescaledb_functions.insert_blocker();",
      up: 'create index i on metrics (v) with (timescaledb.transaction_per_chunk);',
      finds: [],
    },
    {
      name: 'a table with a trigger of its own',
      setup:
        "create function f() returns trigger language plpgsql as 'begin return new; end'; create table metrics (at timestamptz, v float8); create trigger t before insert on metrics for each row execute function f();",
      up: 'create index concurrently i on metrics (v);',
      finds: [],
    },
    {
      name: 'no extension is installed',
      setup: 'create table ev (at int) partition by range (at);',
      up: 'create table ev1 partition of ev for values from (1) to (2);',
      finds: [],
    },
  ],
  check: (context) => (context.direction === 'down' ? [] : [...onHypertable(context), ...besidePartman(context)]),
});
