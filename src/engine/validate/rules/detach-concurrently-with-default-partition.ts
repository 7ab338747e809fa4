import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const detachConcurrentlyWithDefaultPartition = defineRule({
  id: 'detach-concurrently-with-default-partition',
  title: 'Concurrent detach is refused while a DEFAULT partition exists',
  category: 'correctness',
  severity: 'error',
  servers: { from: 14 },
  on: ['AT_DetachPartition'],
  docs: {
    what: 'DETACH PARTITION … CONCURRENTLY on a table that has a DEFAULT partition.',
    why: 'PostgreSQL refuses it with 55000.',
    instead: 'Detach without CONCURRENTLY under a short lock_timeout, or detach the default partition first.',
    ignoreWhen: 'never: the statement cannot succeed.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION',
  },
  examples: [
    {
      name: 'a default partition',
      setup:
        'create table events (at int) partition by range (at); create table events_1 partition of events for values from (1) to (2); create table events_rest partition of events default;',
      up: 'ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;',
      finds: [{ text: 'DETACH PARTITION events_1 CONCURRENTLY', severity: 'error' }],
      trace: { fails: '55000' },
    },
    {
      name: 'no default partition',
      setup:
        'create table events (at int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'alter table events detach partition events_1 concurrently;',
      finds: [],
    },
    {
      name: 'without a catalog nothing is known',
      up: 'alter table events detach partition events_1 concurrently;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    const table = altered?.table ?? null;
    if (altered === null || table === null) return [];
    const hasDefault = context.database.descendantsOf(table).some((each) => each.partitionOf?.bound === 'DEFAULT');
    return altered.actions.flatMap(({ cmd, range }) =>
      cmd.subtype === 'AT_DetachPartition' && as(cmd.def, 'PartitionCmd')?.concurrent === true && hasDefault
        ? [
            {
              range,
              message: `${shown(altered.written)} has a DEFAULT partition: the concurrent detach fails with 55000`,
              evidence: { sqlstate: '55000' },
            },
          ]
        : [],
    );
  },
});
