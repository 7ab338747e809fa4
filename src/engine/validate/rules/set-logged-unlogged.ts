import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const setLoggedUnlogged = defineRule({
  id: 'set-logged-unlogged',
  title: 'SET LOGGED or UNLOGGED rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['AT_SetLogged', 'AT_SetUnLogged'],
  docs: {
    what: 'ALTER TABLE … SET LOGGED or SET UNLOGGED.',
    why: 'The whole table and its indexes are written again under ACCESS EXCLUSIVE; SET LOGGED also writes all of it to the WAL. An unlogged table is emptied after a crash and is not on standbys.',
    instead: 'Create a new table of the wanted kind and copy in batches, or do it while the table is out of use.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'to unlogged',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders SET UNLOGGED;',
      finds: [{ text: 'SET UNLOGGED', severity: 'error' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: ['orders'] },
    },
    { name: 'without a catalog', up: 'alter table orders set logged;', finds: [{ text: 'set logged' }] },
    {
      name: 'it is so already',
      setup: 'create table orders (a int);',
      up: 'alter table orders set logged;',
      finds: [],
      trace: { rewrites: [] },
    },
    { name: 'a new table', up: 'create unlogged table fresh (a int); alter table fresh set logged;', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_SetLogged', 'AT_SetUnLogged'], 'error', ({ cmd, range }, altered, severity) => {
      const wanted = cmd.subtype === 'AT_SetLogged' ? 'permanent' : 'unlogged';
      if (altered.table?.persistence === wanted) return null;
      return {
        range,
        severity,
        message: `All of ${shown(altered.written)} is written again while nobody can read or write it (${altered.standing.words})`,
        evidence: {
          table: shown(altered.written),
          rewrite: true,
          rows: altered.standing.rows,
          bytes: altered.standing.bytes,
        },
      };
    }),
});
