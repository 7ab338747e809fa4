import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const addColumnConstrainedDomain = defineRule({
  id: 'add-column-constrained-domain',
  title: 'Column of a constrained domain rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: { to: 18 },
  on: ['AT_AddColumn'],
  foldsUnder: ['add-column-volatile-default', 'adding-required-field'],
  docs: {
    what: 'ADD COLUMN whose type is a domain with a CHECK or NOT NULL, even without a default.',
    why: 'PostgreSQL rewrites the whole table under ACCESS EXCLUSIVE to check the value of every row, although every value is the same.',
    instead:
      'Add the column with the base type, and put the condition on the table: ADD CONSTRAINT … CHECK … NOT VALID, then VALIDATE CONSTRAINT.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-createdomain.html',
  },
  examples: [
    {
      name: 'a domain with a check',
      setup: 'create domain percent as int check (value between 0 and 100); create table orders (a int);',
      up: 'ALTER TABLE orders ADD COLUMN discount percent;',
      finds: [{ text: 'ADD COLUMN discount percent', severity: 'error' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: ['orders'] },
    },
    {
      name: 'a small table',
      setup: 'create domain percent as int check (value between 0 and 100); create table orders (a int);',
      facts: [{ table: 'orders', rows: 10, bytes: 8192 }],
      up: 'alter table orders add discount public.percent;',
      finds: [{ text: 'add discount public.percent', severity: 'info' }],
    },
    {
      name: 'a domain without constraints',
      setup: 'create domain note as text; create table orders (a int);',
      up: 'alter table orders add column n note;',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'in a table created in the same migration',
      setup: 'create domain percent as int check (value between 0 and 100);',
      up: 'create table fresh (a int); alter table fresh add b percent;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddColumn'], 'error', ({ cmd, range }, altered, severity) => {
      const column = as(cmd.def, 'ColumnDef');
      const type = context.database.type(nameOfParts(strings(column?.typeName?.names)));
      if (type?.kind !== 'domain' || (type.constraints.length === 0 && !type.notNull)) return null;
      return {
        range,
        severity,
        message: `Type ${shown({ schema: null, name: type.name })} is a domain with constraints: adding ${quoteIdentifier(column?.colname ?? '')} rewrites all of ${shown(altered.written)} while nobody can read or write it (${altered.standing.words})`,
        evidence: { table: shown(altered.written), domain: type.name, rewrite: true, rows: altered.standing.rows },
      };
    }),
});
