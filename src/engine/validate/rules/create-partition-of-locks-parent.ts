import { as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule, type Fix, type TextEdit } from '../rule.ts';
import { shown } from '../wording.ts';

/** `CREATE TABLE c (LIKE p …)` and `ATTACH PARTITION`, when nothing but the bound is written. */
const attach = (context: CheckContext, parent: string, child: string): Fix | null => {
  const create = as(context.statement.node, 'CreateStmt');
  const table = context.database.table(nameOf(as(create?.inhRelations?.[0], 'RangeVar')));
  const simple =
    create !== undefined &&
    (create.tableElts ?? []).length === 0 &&
    create.partspec === undefined &&
    create.if_not_exists !== true &&
    table?.columns.every(({ identity }) => identity === null) === true &&
    // To attach the table locks what they refer to just as much.
    table.constraints.every(({ references }) => references === null);
  // What INCLUDING ALL copies, and PARTITION OF does not.
  const hasStatistics = context.database.catalog.otherObjects?.some(
    (one) => one.kind === 'statistics' && one.table !== null && table !== null && keyOf(one.table) === keyOf(table),
  );
  const hasComments = [...(table?.columns ?? []), ...(table?.constraints ?? []), ...(table?.indexes ?? [])].some(
    ({ comment }) => comment !== null,
  );
  const without = `${hasComments ? ' EXCLUDING COMMENTS' : ''}${hasStatistics === true ? ' EXCLUDING STATISTICS' : ''}`;
  const from = context.source.words('PARTITION OF');
  const bound = context.source.words('FOR VALUES') ?? context.source.words('DEFAULT');
  if (!simple || from === null || bound === null) return null;
  const edit: TextEdit = {
    start: from.start,
    end: bound.start,
    text: `(LIKE ${parent} INCLUDING ALL${without});\nALTER TABLE ${parent} ATTACH PARTITION ${child} `,
  };
  const plain = (create.options ?? []).length === 0 && create.tablespacename === undefined;
  return plain ? { title: 'Create the table apart, then attach it', edits: [edit] } : null;
};

export const createPartitionOfLocksParent = defineRule({
  id: 'create-partition-of-locks-parent',
  title: 'New partition locks the partitioned table against everything',
  category: 'locking',
  severity: 'info',
  servers: { from: 12 },
  on: ['CreateStmt'],
  foldsUnder: ['attach-partition-scans-default'],
  docs: {
    what: 'CREATE TABLE … PARTITION OF a partitioned table that exists before the migration.',
    why: 'It takes ACCESS EXCLUSIVE on the partitioned table. The work is short, but while it waits behind a long query over any partition, everybody else waits behind it. ATTACH PARTITION takes only SHARE UPDATE EXCLUSIVE there.',
    instead: 'CREATE TABLE … (LIKE parent INCLUDING ALL), then ALTER TABLE … ATTACH PARTITION.',
    ignoreWhen: 'a short lock_timeout is set and the statement is tried again.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
  },
  examples: [
    {
      name: 'a partition of an existing table',
      setup: 'create table events (at int not null) partition by range (at);',
      up: 'CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);',
      finds: [{ text: 'PARTITION OF', severity: 'info' }],
      fixed:
        'CREATE TABLE events_1 (LIKE events INCLUDING ALL);\nALTER TABLE events ATTACH PARTITION events_1 FOR VALUES FROM (1) TO (10);',
      trace: { locks: { events: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'without a catalog',
      up: 'create table "E 1" partition of "E" default;',
      finds: [{ text: 'partition of', severity: 'info' }],
    },
    {
      name: 'a partitioned table created in the same migration',
      up: 'create table events (at int) partition by range (at); create table events_1 partition of events for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'the partition is there already',
      setup:
        'create table events (at int not null) partition by range (at); create table events_1 partition of events for values from (1) to (10);',
      up: 'create table if not exists events_1 partition of events for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'a table of its own that is attached',
      setup: 'create table events (at int not null) partition by range (at);',
      up: 'create table events_1 (like events including all); alter table events attach partition events_1 for values from (1) to (10);',
      finds: [],
      trace: { locks: { events: 'SHARE UPDATE EXCLUSIVE' } },
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    const parent = create?.partbound === undefined ? undefined : as(create.inhRelations?.[0], 'RangeVar');
    if (create === undefined || parent === undefined) return [];
    const range = context.source.words('PARTITION OF');
    if (range === null) return [];
    const own = nameOf(create.relation);
    if (create.if_not_exists === true && context.database.table(own) !== null) return [];
    const standing = context.standing(nameOf(parent));
    if (standing.size === 'new') return [];
    const table = shown(nameOf(parent));
    return [
      {
        range,
        message: `${table} is locked against reads and writes while the partition is made, and while it waits for queries that still read any partition (${standing.words})`,
        evidence: { table, partition: shown(own), lock: 'ACCESS EXCLUSIVE' },
        fix: attach(context, table, shown(own)),
      },
    ];
  },
});
