import { as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { chosenNames } from '../chosen-names.ts';
import { eachAction } from '../each-action.ts';
import { columnConstraints, replaceRange } from '../fixes.ts';
import { type AlterAction, type AlteredTable, type CheckContext, defineRule, type Fix } from '../rule.ts';
import { columnList, shown } from '../wording.ts';

const recipe = (context: CheckContext, altered: AlteredTable, action: AlterAction): Fix | null => {
  const constraint = as(action.cmd.def, 'Constraint');
  const columns = strings(constraint?.keys);
  if (constraint === undefined || columns.length === 0 || altered.actions.length !== 1) return null;
  if (context.transaction.number !== null || altered.table?.kind === 'partitioned table') return null;
  // INCLUDE, storage options and deferrability would have to move along; then the statement is left to its author.
  if (constraint.including !== undefined || constraint.options !== undefined || constraint.deferrable === true)
    return null;
  // No CREATE INDEX leaves out a table that is not there.
  const missing = as(context.statement.node, 'AlterTableStmt')?.missing_ok === true && altered.table === null;
  const chosen = constraint.conname ?? chosenNames(context).get(constraint);
  if (missing || chosen === undefined) return null;
  const name = quoteIdentifier(chosen);
  const nulls = constraint.nulls_not_distinct === true ? ' NULLS NOT DISTINCT' : '';
  const table = shown(altered.written);
  return {
    title: 'Build the unique index CONCURRENTLY, then make it the constraint',
    edits: [
      replaceRange(
        context.source.range,
        `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columnList(columns)})${nulls};\nALTER TABLE ${table} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}`,
      ),
    ],
  };
};

export const addingUniqueConstraint = defineRule({
  id: 'adding-unique-constraint',
  title: 'Unique constraint builds its index under an ACCESS EXCLUSIVE lock',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['AT_AddConstraint', 'AT_AddColumn'],
  foldsUnder: ['partition-key-missing-from-unique', 'adding-required-field'],
  docs: {
    what: 'ADD UNIQUE on an existing table without USING INDEX, as a table constraint or on a column that is added.',
    why: 'The index is built while ACCESS EXCLUSIVE is held: nobody can read or write the table meanwhile.',
    instead: 'CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX, which takes an instant.',
    ignoreWhen: 'the table is small.',
    manual:
      'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  },
  examples: [
    {
      name: 'a unique constraint',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);',
      finds: [{ text: 'ADD CONSTRAINT users_email UNIQUE (email)', severity: 'error' }],
      fixed:
        'CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);\nALTER TABLE users ADD CONSTRAINT users_email UNIQUE USING INDEX users_email;',
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'unnamed, without a catalog',
      up: 'alter table sales."Users" add unique ("E-mail", kind);',
      finds: [{ text: 'add unique ("E-mail", kind)', severity: 'error' }],
      fixed:
        'CREATE UNIQUE INDEX CONCURRENTLY "Users_E-mail_kind_key" ON sales."Users" ("E-mail", kind);\nALTER TABLE sales."Users" ADD CONSTRAINT "Users_E-mail_kind_key" UNIQUE USING INDEX "Users_E-mail_kind_key";',
    },
    {
      name: 'on a column that is added',
      up: 'alter table users add column handle text unique;',
      finds: [{ text: 'add column handle text unique', severity: 'error' }],
    },
    { name: 'USING INDEX', up: 'alter table users add constraint u unique using index u;', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh add unique (a);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddConstraint', 'AT_AddColumn'], 'error', (action, altered, severity) => {
      const own = as(action.cmd.def, 'Constraint');
      const unique =
        own?.contype === 'CONSTR_UNIQUE'
          ? own
          : columnConstraints(action).find((constraint) => constraint.contype === 'CONSTR_UNIQUE');
      if (unique === undefined || unique.indexname !== undefined) return null;
      const column = as(action.cmd.def, 'ColumnDef')?.colname ?? '';
      if (action.cmd.missing_ok === true && context.database.column(altered.table, column) !== null) return null;
      return {
        range: action.range,
        severity,
        message: `The index of this constraint is built while nobody can read or write ${shown(altered.written)} (${altered.standing.words})`,
        evidence: { table: shown(altered.written), lock: 'ACCESS EXCLUSIVE', rows: altered.standing.rows },
        fix: recipe(context, altered, action),
      };
    }),
});
