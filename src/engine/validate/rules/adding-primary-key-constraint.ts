import { as, strings } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { columnConstraints } from '../fixes.ts';
import { provenNotNull } from '../not-null-proof.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

export const addingPrimaryKeyConstraint = defineRule({
  id: 'adding-primary-key-constraint',
  title: 'Primary key builds its index under an ACCESS EXCLUSIVE lock',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_AddConstraint', 'AT_AddColumn'],
  foldsUnder: [
    'add-column-serial',
    'add-column-identity',
    'adding-required-field',
    'add-column-volatile-default',
    'partition-key-missing-from-unique',
  ],
  docs: {
    what: 'ADD PRIMARY KEY on an existing table without USING INDEX, or ADD COLUMN … PRIMARY KEY.',
    why: 'The index is built, and columns that may be NULL are scanned, while nobody can read or write the table.',
    instead:
      'Make the columns NOT NULL with a validated CHECK first; CREATE UNIQUE INDEX CONCURRENTLY; then ADD PRIMARY KEY USING INDEX, which takes an instant.',
    ignoreWhen: 'the table is small.',
    manual:
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  },
  examples: [
    {
      name: 'on an existing table',
      setup: 'create table users (id bigint not null);',
      up: 'ALTER TABLE users ADD PRIMARY KEY (id);',
      finds: [{ text: 'ADD PRIMARY KEY (id)', severity: 'error' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'with a new column, without a catalog',
      up: 'alter table users add column id uuid default gen_random_uuid() primary key;',
      finds: [],
    },
    {
      name: 'a named key over nullable columns',
      setup: 'create table users (a int, b int);',
      up: 'alter table users add constraint pk primary key (a, b);',
      finds: [{ text: 'add constraint pk primary key (a, b)', severity: 'error' }],
      trace: { scans: ['users'] },
    },
    { name: 'USING INDEX', up: 'alter table users add constraint pk primary key using index u;', finds: [] },
    { name: 'a new table', up: 'create table fresh (id int); alter table fresh add primary key (id);', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint', 'AT_AddColumn'], 'error', (action, altered, severity) => {
      const own = as(action.cmd.def, 'Constraint');
      const key =
        own?.contype === 'CONSTR_PRIMARY'
          ? own
          : columnConstraints(action).find((constraint) => constraint.contype === 'CONSTR_PRIMARY');
      if (key === undefined || key.indexname !== undefined) return null;
      const columns = strings(key.keys);
      const nullable = columns.filter((column) => !provenNotNull(context, altered.written, column));
      const scan = context.hasCatalog && nullable.length > 0 ? `, and ${listInWords(nullable)} is read for NULLs` : '';
      return {
        range: action.range,
        severity,
        message: `The index of the primary key is built${scan} while nobody can read or write ${shown(altered.written)} (${altered.standing.words})`,
        evidence: {
          table: shown(altered.written),
          columns,
          nullable,
          lock: 'ACCESS EXCLUSIVE',
          rows: altered.standing.rows,
        },
      };
    }),
});
