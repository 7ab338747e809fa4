import { isNullConstant } from '../../sql/expressions.ts';
import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { columnConstraints } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { separateDefault } from '../separate-default.ts';
import { shown } from '../wording.ts';

export const addColumnDefaultBeforePg11 = defineRule({
  id: 'add-column-default-before-pg11',
  title: 'Default rewrites the table before PostgreSQL 11',
  category: 'rewrite',
  severity: 'error',
  servers: { to: 10 },
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN with any DEFAULT that is not NULL, on PostgreSQL 10 or older.',
    why: 'Before 11 every row is written again to hold the default, under ACCESS EXCLUSIVE. From 11 on a default that is not volatile is kept in the catalog and rewrites nothing.',
    instead: 'ADD COLUMN without a default; SET DEFAULT; backfill in batches.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  },
  examples: [
    {
      name: 'a constant default on 10',
      serverVersion: 10,
      up: 'ALTER TABLE orders ADD COLUMN a int DEFAULT 0;',
      finds: [{ text: 'ADD COLUMN a int DEFAULT 0', severity: 'error' }],
      fixed: 'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ALTER COLUMN a SET DEFAULT 0;',
    },
    { name: 'the same on 11', serverVersion: 11, up: 'alter table orders add column a int default 0;', finds: [] },
    { name: 'no default on 10', serverVersion: 10, up: 'alter table orders add column a int;', finds: [] },
    {
      name: 'DEFAULT NULL on 10',
      serverVersion: 10,
      up: 'alter table orders add column a int default null;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddColumn'], 'error', (action, altered, severity) => {
      const value = columnConstraints(action).find(({ contype }) => contype === 'CONSTR_DEFAULT');
      if (value === undefined || isNullConstant(value.raw_expr)) return null;
      const column = as(action.cmd.def, 'ColumnDef')?.colname ?? '';
      return {
        range: action.range,
        severity,
        message: `Before PostgreSQL 11 the default of ${quoteIdentifier(column)} rewrites all of ${shown(altered.written)} while nobody can read or write it (${altered.standing.words})`,
        evidence: { table: shown(altered.written), column, rewrite: true, rows: altered.standing.rows },
        fix: separateDefault(context, altered, action, column),
      };
    }),
});
