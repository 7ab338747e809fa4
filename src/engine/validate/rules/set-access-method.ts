import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { writtenAgain } from '../written-again.ts';

export const setAccessMethod = defineRule({
  id: 'set-access-method',
  title: 'SET ACCESS METHOD rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: { from: 15 },
  on: ['AT_SetAccessMethod'],
  docs: {
    what: 'ALTER TABLE … SET ACCESS METHOD.',
    why: 'The whole table is written again in the other form while ACCESS EXCLUSIVE is held.',
    instead: 'Create a new table with the access method and copy in batches.',
    ignoreWhen: 'the table is small, or has the access method already.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a table',
      up: 'ALTER TABLE orders SET ACCESS METHOD columnar;',
      finds: [{ text: 'SET ACCESS METHOD columnar', severity: 'error' }],
    },
    {
      name: 'the method that it has',
      setup: 'create table orders (a int);',
      up: 'alter table orders set access method heap;',
      finds: [],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: [] },
    },
    { name: 'another action', up: 'alter table orders set without cluster;', finds: [] },
    { name: 'a new table', up: 'create table fresh (a int); alter table fresh set access method heap;', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_SetAccessMethod'], 'error', (action, altered, severity) => {
      const { table } = altered;
      const { name } = action.cmd;
      // A partitioned table only remembers the method for its new partitions.
      const kept = table !== null && (name === (table.accessMethod ?? 'heap') || table.kind === 'partitioned table');
      return kept ? null : writtenAgain(action, altered, severity);
    }),
});
