import { as, strings } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { addNotValid, columnConstraints } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const addingCheckConstraint = defineRule({
  id: 'adding-check-constraint',
  title: 'CHECK constraint verified under an ACCESS EXCLUSIVE lock',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_AddConstraint', 'AT_AddColumn'],
  foldsUnder: ['adding-required-field', 'add-column-volatile-default', 'add-column-generated-stored'],
  docs: {
    what: 'ADD CONSTRAINT … CHECK without NOT VALID on an existing table, also when it is written on a column that is added (which is read for it even though every value is new), and on PostgreSQL 18 ADD CONSTRAINT … NOT NULL.',
    why: 'PostgreSQL reads every row to verify the check while it holds ACCESS EXCLUSIVE: reads and writes wait.',
    instead:
      'ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own: it reads the rows while others read and write.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
  },
  examples: [
    {
      name: 'a named check',
      setup: 'create table orders (id bigint primary key, total int);',
      up: 'ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);',
      finds: [{ text: 'ADD CONSTRAINT total_positive CHECK (total > 0)', severity: 'error' }],
      fixed:
        'ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT total_positive;',
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, scans: ['orders'] },
    },
    {
      name: 'a check on a new column is verified row by row',
      setup: 'create table orders (id bigint primary key);',
      up: 'alter table orders add column total int check (total > 0);',
      finds: [{ text: 'add column total int check (total > 0)', severity: 'error' }],
      trace: { scans: ['orders'] },
    },
    {
      name: 'a small table',
      facts: [{ table: 'orders', rows: 40, bytes: 8192 }],
      setup: 'create table orders (id bigint primary key, total int);',
      up: 'alter table orders add constraint c check (total > 0);',
      finds: [{ text: 'add constraint c check (total > 0)', severity: 'info' }],
    },
    { name: 'NOT VALID', up: 'alter table orders add constraint c check (total > 0) not valid;', finds: [] },
    {
      name: 'a new column without a check',
      up: 'alter table orders add column total int default 1;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh add check (a > 0);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint', 'AT_AddColumn'], 'error', (action, altered, severity) => {
      const own = as(action.cmd.def, 'Constraint');
      const written = action.cmd.subtype === 'AT_AddConstraint' ? own : undefined;
      const check = written ?? columnConstraints(action).find((constraint) => constraint.contype === 'CONSTR_CHECK');
      if (check === undefined || check.skip_validation === true || check.is_enforced === false) return null;
      if (action.cmd.missing_ok === true) {
        const column = as(action.cmd.def, 'ColumnDef')?.colname ?? '';
        if (context.database.column(altered.table, column) !== null) return null;
      }
      const notNull = check.contype === 'CONSTR_NOTNULL';
      if (check.contype !== 'CONSTR_CHECK' && !notNull) return null;
      const column = strings(check.keys)[0] ?? '';
      if (notNull && context.database.column(altered.table, column)?.notNull === true) return null;
      return {
        range: action.range,
        severity,
        message: `All of ${shown(altered.written)} is read to verify the constraint while nobody can read or write it (${altered.standing.words})`,
        evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE', scan: true, rows: altered.standing.rows },
        fix:
          written === undefined || check.conname === undefined ? null : addNotValid(context, altered.written, action),
      };
    }),
});
