import { nameOf } from '../../sql/nodes.ts';
import { rowChangesOf } from '../row-changes.ts';
import { defineRule } from '../rule.ts';
import { isTautology } from '../tautology.ts';
import { shown } from '../wording.ts';

export const deleteWithoutWhere = defineRule({
  id: 'delete-without-where',
  title: 'DELETE of all rows',
  category: 'data loss',
  severity: 'error',
  servers: {},
  docs: {
    what: 'DELETE without WHERE, or with a WHERE that is always true.',
    why: 'All rows are lost, in one long transaction that locks every row, and the space is only reused after a VACUUM.',
    instead: 'Say which rows, and delete them in batches.',
    ignoreWhen: 'the table is to be emptied and is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-delete.html',
  },
  examples: [
    {
      name: 'without WHERE',
      setup: 'create table orders (a int);',
      up: 'DELETE FROM orders;',
      finds: [{ text: 'DELETE FROM orders', severity: 'error' }],
    },
    {
      name: 'always true, without a catalog',
      up: 'delete from orders where 1 = 1;',
      finds: [{ text: 'delete from orders where 1 = 1' }],
    },
    {
      name: 'an empty table',
      setup: 'create table orders (a int);',
      facts: [{ table: 'orders', rows: 0, bytes: 8192 }],
      up: 'delete from orders;',
      finds: [{ text: 'delete from orders', severity: 'info' }],
    },
    {
      name: 'in WITH, and under EXPLAIN ANALYZE',
      up: 'with gone as (delete from orders returning a) select a from gone; explain analyze delete from orders;',
      finds: [
        { text: 'with gone as (delete from orders returning a) select a from gone' },
        { text: 'explain analyze delete from orders' },
      ],
    },
    {
      name: 'only explained',
      up: 'explain delete from orders; explain (analyze false) delete from orders;',
      finds: [],
    },
    { name: 'with WHERE', up: 'delete from orders where a = 1;', finds: [] },
    { name: 'with USING', up: 'delete from orders using gone where orders.a = gone.a;', finds: [] },
    { name: 'a table created in the same migration', up: 'create table fresh (a int); delete from fresh;', finds: [] },
  ],
  check: (context) =>
    rowChangesOf(context.statement.node).deletes.flatMap((change) => {
      if (!isTautology(change.whereClause)) return [];
      if (change.whereClause === undefined && change.usingClause !== undefined) return [];
      const written = nameOf(change.relation);
      const standing = context.standing(written);
      if (standing.size === 'new') return [];
      return [
        {
          range: context.source.range,
          severity: standing.size === 'empty' ? ('info' as const) : ('error' as const),
          message: `Every row of ${shown(written)} is deleted (${standing.words})`,
          evidence: { table: shown(written), rows: standing.rows },
        },
      ];
    }),
});
