import { as, nameOf, type WrittenName } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { severityFor } from '../standing.ts';
import type { SourceRange } from '../statement-source.ts';
import { shown, shownObject } from '../wording.ts';

const report = (context: CheckContext, parent: WrittenName, range: SourceRange): readonly Found[] => {
  const table = context.database.table(parent);
  if (table === null) return [];
  const rest = context.database
    .descendantsOf(table)
    .find(
      ({ partitionOf }) =>
        partitionOf?.bound === 'DEFAULT' &&
        partitionOf.parent.name === table.name &&
        partitionOf.parent.schema === table.schema,
    );
  if (rest === undefined || !context.effects.scans.includes(qualifiedName(rest))) return [];
  const standing = context.standing({ schema: rest.schema, name: rest.name });
  const severity = severityFor(standing, 'error');
  if (severity === null) return [];
  return [
    {
      range,
      severity,
      message: `All of the DEFAULT partition ${shownObject(rest)} is read while nobody can use it, in case it holds rows of the new partition of ${shown(parent)} (${standing.words})`,
      evidence: {
        table: shown(parent),
        defaultPartition: shownObject(rest),
        lock: 'ACCESS EXCLUSIVE',
        scan: true,
        rows: standing.rows,
      },
    },
  ];
};

export const attachPartitionScansDefault = defineRule({
  id: 'attach-partition-scans-default',
  title: 'New partition scans the DEFAULT partition',
  category: 'locking',
  severity: 'error',
  servers: { from: 11 },
  on: ['AT_AttachPartition', 'CreateStmt'],
  docs: {
    what: 'ATTACH PARTITION or CREATE TABLE … PARTITION OF while a DEFAULT partition exists for which no validated CHECK excludes the new bound.',
    why: 'The DEFAULT partition is locked in ACCESS EXCLUSIVE mode and read from end to end.',
    instead:
      'Give the DEFAULT partition a CHECK that excludes the new range, NOT VALID and then validated, before the partition is added; or keep it empty.',
    ignoreWhen: 'the DEFAULT partition is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-ATTACH-PARTITION',
  },
  examples: [
    {
      name: 'a new partition',
      setup:
        'create table events (at int not null) partition by range (at); create table rest partition of events default;',
      up: 'CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);',
      finds: [{ text: 'CREATE TABLE events_1 PARTITION OF events', severity: 'error' }],
      trace: { locks: { rest: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'an attached partition',
      setup:
        'create table events (at int not null) partition by range (at); create table rest partition of events default;',
      up: 'create table fresh (at int not null); alter table events attach partition fresh for values from (1) to (10);',
      finds: [{ text: 'attach partition fresh for values from (1) to (10)', severity: 'error' }],
    },
    {
      name: 'a check keeps the rows of the new partition out',
      setup:
        'create table events (at int not null) partition by range (at); create table rest partition of events default; alter table rest add constraint no_first check (not (at is not null and at >= 1 and at < 10));',
      up: 'create table events_1 partition of events for values from (1) to (10);',
      finds: [],
      trace: { scans: [] },
    },
    {
      name: 'a check that keeps out less than the bound',
      setup:
        'create table events (at int not null) partition by range (at); create table rest partition of events default; alter table rest add constraint no_first check (not (at is not null and at >= 1 and at < 9));',
      up: 'create table events_1 partition of events for values from (1) to (10);',
      finds: [{ text: 'create table events_1 partition of events', severity: 'error' }],
    },
    {
      name: 'a check on a default partition by list',
      setup:
        "create table events (at text) partition by list (at); create table rest partition of events default; alter table rest add constraint no_first check (not (at is not null and at in ('a', 'b')));",
      up: "create table events_1 partition of events for values in ('a', 'b');",
      finds: [],
      trace: { scans: [] },
    },
    {
      name: 'checks that only other values meet',
      setup:
        "create table events (at text) partition by list (at); create table rest partition of events default; alter table rest add constraint other check (at not in ('a', 'b')); create table days (at int) partition by range (at); create table days_rest partition of days default; alter table days_rest add constraint other check (at < 10 or at >= 20);",
      up: "create table events_1 partition of events for values in ('a'); create table days_1 partition of days for values from (10) to (20);",
      finds: [],
      trace: { scans: [] },
    },
    {
      name: 'checks that some of its values meet',
      setup:
        "create table events (at text) partition by list (at); create table rest partition of events default; alter table rest add constraint other check (at not in ('a', 'b')); create table days (at int) partition by range (at); create table days_rest partition of days default; alter table days_rest add constraint other check (at < 11 or at >= 20);",
      up: "create table events_1 partition of events for values in ('a', 'c'); create table days_1 partition of days for values from (10) to (20);",
      finds: [{ text: 'create table events_1 partition of events' }, { text: 'create table days_1 partition of days' }],
    },
    {
      name: 'no default partition',
      setup: 'create table events (at int not null) partition by range (at);',
      up: 'create table events_1 partition of events for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'a partitioned table created in the same migration',
      up: 'create table events (at int not null) partition by range (at); create table rest partition of events default; create table events_1 partition of events for values from (1) to (10);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    const parent = create?.partbound === undefined ? undefined : as(create.inhRelations?.[0], 'RangeVar');
    if (create !== undefined && parent !== undefined) {
      if (create.partbound?.is_default === true) return [];
      const end = context.source.words('FOR VALUES')?.start ?? context.statement.end;
      const range = context.source.tokens({ start: context.statement.start, end }).at(-1);
      return report(context, nameOf(parent), { start: context.statement.start, end: range?.end ?? end });
    }
    const altered = context.alter();
    return (altered?.actions ?? []).flatMap(({ cmd, range }) =>
      altered !== null &&
      cmd.subtype === 'AT_AttachPartition' &&
      as(cmd.def, 'PartitionCmd')?.bound?.is_default !== true
        ? report(context, altered.written, range)
        : [],
    );
  },
});
