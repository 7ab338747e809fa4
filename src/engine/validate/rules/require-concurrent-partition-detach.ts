import { as, nameOf } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { insertAt } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const requireConcurrentPartitionDetach = defineRule({
  id: 'require-concurrent-partition-detach',
  title: 'Partition detached without CONCURRENTLY',
  category: 'locking',
  severity: 'warning',
  servers: { from: 14 },
  on: ['AT_DetachPartition'],
  docs: {
    what: 'DETACH PARTITION without CONCURRENTLY on PostgreSQL 14 or newer, the default partition included, for which there is no concurrent form.',
    why: 'ACCESS EXCLUSIVE is needed on the partitioned table and the partition: the statement waits behind every running query on any partition, and all later queries wait behind it.',
    instead:
      'DETACH PARTITION … CONCURRENTLY outside a transaction block; FINALIZE it if it is interrupted. A DEFAULT partition must not exist for that.',
    ignoreWhen: 'no long queries run on the table, or a short lock_timeout with retries is in force.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION',
  },
  examples: [
    {
      name: 'a partition',
      setup:
        'create table events (at int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'ALTER TABLE events DETACH PARTITION events_1;',
      finds: [{ text: 'DETACH PARTITION events_1', severity: 'warning' }],
      fixed: 'ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;',
      trace: { locks: { events: 'ACCESS EXCLUSIVE', events_1: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'with a default partition the concurrent form is refused',
      setup:
        'create table events (at int) partition by range (at); create table events_1 partition of events for values from (1) to (2); create table events_rest partition of events default;',
      up: 'alter table events detach partition events_1;',
      finds: [{ text: 'detach partition events_1', severity: 'info' }],
    },
    {
      name: 'the default partition itself',
      setup:
        'create table events (at int) partition by range (at); create table events_1 partition of events for values from (1) to (2); create table events_rest partition of events default;',
      up: 'alter table events detach partition events_rest;',
      finds: [{ text: 'detach partition events_rest', severity: 'warning' }],
    },
    {
      name: 'PostgreSQL 13 has no concurrent form',
      serverVersion: 13,
      up: 'alter table events detach partition events_1;',
      finds: [],
    },
    { name: 'concurrently', up: 'alter table events detach partition events_1 concurrently;', finds: [] },
    {
      name: 'finishing one that was interrupted',
      up: 'alter table events detach partition events_1 finalize;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_DetachPartition'], 'warning', ({ cmd, range }, altered, severity) => {
      const partition = as(cmd.def, 'PartitionCmd');
      if (partition === undefined || partition.concurrent === true) return null;
      const hasDefault =
        altered.table !== null &&
        context.database.descendantsOf(altered.table).some((each) => each.partitionOf?.bound === 'DEFAULT');
      const name = context.database.resolve(nameOf(partition.name));
      // Without it the rows that belong nowhere else are refused.
      if (hasDefault && context.database.table(name)?.partitionOf?.bound === 'DEFAULT')
        return {
          range,
          severity,
          message: `Rows of ${shown(altered.written)} that no other partition takes are refused with 23514 from here on (${altered.standing.words})`,
          evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE', sqlstate: '23514' },
        };
      return {
        range,
        severity: hasDefault ? 'info' : severity,
        message: hasDefault
          ? `Detaching ${shown(nameOf(partition.name))} waits for every query on ${shown(altered.written)}; with a DEFAULT partition there is no concurrent form, so use a short lock_timeout and retries`
          : `Detaching ${shown(nameOf(partition.name))} waits for every query on ${shown(altered.written)} and makes all later ones wait (${altered.standing.words})`,
        evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE', defaultPartition: hasDefault },
        fix:
          hasDefault || context.transaction.number !== null
            ? null
            : { title: 'Detach CONCURRENTLY', edits: [insertAt(range.end, ' CONCURRENTLY')] },
      };
    }),
});
