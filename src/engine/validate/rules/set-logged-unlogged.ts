import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { writtenAgain } from '../written-again.ts';

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
    eachAction(context, ['AT_SetLogged', 'AT_SetUnLogged'], 'error', (action, altered, severity) => {
      const wanted = action.cmd.subtype === 'AT_SetLogged' ? 'permanent' : 'unlogged';
      return altered.table?.persistence === wanted ? null : writtenAgain(action, altered, severity);
    }),
});
