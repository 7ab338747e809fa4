import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const setTablespace = defineRule({
  id: 'set-tablespace',
  title: 'SET TABLESPACE copies the table under a lock',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  docs: {
    what: 'ALTER TABLE … SET TABLESPACE.',
    why: 'The files are copied while ACCESS EXCLUSIVE is held: nobody can read or write the table until the copy is complete.',
    instead:
      'Move it with an online tool, or in a maintenance window; indexes alone move with REINDEX (TABLESPACE …) CONCURRENTLY from PostgreSQL 14 on.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a table',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders SET TABLESPACE fast;',
      finds: [{ text: 'SET TABLESPACE fast', severity: 'error' }],
    },
    {
      name: 'without a catalog',
      up: 'alter table orders set tablespace fast;',
      finds: [{ text: 'set tablespace fast' }],
    },
    { name: 'a new table', up: 'create table fresh (a int); alter table fresh set tablespace fast;', finds: [] },
    { name: 'another setting', up: 'alter table orders set (fillfactor = 70);', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_SetTableSpace'], 'error', ({ range }, altered, severity) => ({
      range,
      severity,
      message: `All of ${shown(altered.written)} is copied while nobody can read or write it (${altered.standing.words})`,
      evidence: { table: shown(altered.written), rows: altered.standing.rows, bytes: altered.standing.bytes },
    })),
});
