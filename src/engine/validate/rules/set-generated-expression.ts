import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const setGeneratedExpression = defineRule({
  id: 'set-generated-expression',
  title: 'SET EXPRESSION rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: { from: 17 },
  on: ['AT_SetExpression'],
  docs: {
    what: 'ALTER COLUMN … SET EXPRESSION of a stored generated column.',
    why: 'The value of every row is computed and written again under ACCESS EXCLUSIVE.',
    instead:
      'Add a new column with the new expression, or replace the generated column by a plain one that a trigger fills.',
    ignoreWhen: 'the table is small, or the column is virtual.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a stored column',
      setup: 'create table orders (a int, twice int generated always as (a * 2) stored);',
      up: 'ALTER TABLE orders ALTER COLUMN twice SET EXPRESSION AS (a + a);',
      finds: [{ text: 'ALTER COLUMN twice SET EXPRESSION AS (a + a)', severity: 'error' }],
      trace: { rewrites: ['orders'] },
    },
    {
      name: 'a virtual column',
      serverVersion: 18,
      setup: 'create table orders (a int, twice int generated always as (a * 2) virtual);',
      up: 'alter table orders alter twice set expression as (a + a);',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'a new table',
      up: 'create table fresh (a int, b int generated always as (a) stored); alter table fresh alter b set expression as (a + 1);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_SetExpression'], 'error', ({ cmd, range }, altered, severity) => {
      const name = cmd.name ?? '';
      if (context.database.column(altered.table, name)?.generated === 'virtual') return null;
      return {
        range,
        severity,
        message: `Computing ${quoteIdentifier(name)} again rewrites all of ${shown(altered.written)} while nobody can read or write it (${altered.standing.words})`,
        evidence: { table: shown(altered.written), column: name, rewrite: true, rows: altered.standing.rows },
      };
    }),
});
