import { isNullConstant } from '../../sql/expressions.ts';
import { as, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { columnConstraints, removeWithSpaceBefore } from '../fixes.ts';
import { typeBaseName } from '../node-questions.ts';
import type { AlterAction, CheckContext, Fix } from '../rule.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const serials = new Set(['serial', 'serial2', 'serial4', 'serial8', 'bigserial', 'smallserial']);

const domainHasDefault = (context: CheckContext, names: readonly string[]): boolean => {
  const type = context.database.type(nameOfParts(names));
  return type?.kind === 'domain' && type.default !== null;
};

const makeNullable = (context: CheckContext, action: AlterAction): Fix | null => {
  const constraints = columnConstraints(action);
  const required = constraints.find(({ contype }) => contype === 'CONSTR_NOTNULL');
  if (required === undefined || constraints.some(({ contype }) => contype === 'CONSTR_PRIMARY')) return null;
  // With the name of the constraint, where it has one.
  const start = context.offset(required.location);
  const from = { start, end: action.range.end };
  const words = context.source.words('NOT NULL NO INHERIT', from) ?? context.source.words('NOT NULL', from);
  return words === null
    ? null
    : {
        title: 'Add the column without NOT NULL; fill it, and require it in a later migration',
        edits: [removeWithSpaceBefore(context, { start, end: words.end })],
      };
};

export const addingRequiredField = defineRule({
  id: 'adding-required-field',
  title: 'Required column added without a default',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN … NOT NULL without a DEFAULT that gives the existing rows a value.',
    why: 'PostgreSQL refuses it with 23502 as soon as the table has one row; and on an empty table the running application, which does not know the column, can no longer insert.',
    instead:
      'Add the column with a constant DEFAULT (no rewrite since PostgreSQL 11), or add it nullable, backfill in batches, prove it with CHECK (… IS NOT NULL) NOT VALID and VALIDATE CONSTRAINT, then SET NOT NULL.',
    ignoreWhen: 'the table is empty and nothing writes to it yet.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-COLUMN',
  },
  examples: [
    {
      name: 'a required column without a default',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'ALTER TABLE users ADD COLUMN x int NOT NULL;',
      finds: [{ text: 'ADD COLUMN x int NOT NULL', severity: 'error' }],
      fixed: 'ALTER TABLE users ADD COLUMN x int;',
    },
    {
      name: 'without a catalog, among other actions, DEFAULT NULL is no default',
      up: 'alter table users add column a int, add "B" text default null not null;',
      finds: [{ text: 'add "B" text default null not null', severity: 'error' }],
      fixed: 'alter table users add column a int, add "B" text default null;',
    },
    {
      name: 'an empty table',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 0, bytes: 8192 }],
      up: 'alter table users add column x int not null;',
      finds: [{ text: 'add column x int not null', severity: 'info' }],
    },
    { name: 'with a default', up: 'ALTER TABLE users ADD COLUMN x int NOT NULL DEFAULT 0;', finds: [] },
    {
      name: 'identity, serial and generated columns fill themselves',
      up: 'alter table users add a bigint generated always as identity not null, add b serial not null, add c int generated always as (1) stored not null;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (id int); alter table fresh add column x int not null;',
      finds: [],
    },
    {
      name: 'a domain brings its own default',
      setup: 'create domain flag as boolean default false; create table users (id bigint primary key);',
      up: 'alter table users add column x flag not null;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new') return [];
    return altered.actions.flatMap((action) => {
      const column = as(action.cmd.def, 'ColumnDef');
      if (action.cmd.subtype !== 'AT_AddColumn' || column === undefined) return [];
      const constraints = columnConstraints(action);
      const required = constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY');
      const filled = constraints.some(
        ({ contype, raw_expr }) =>
          contype === 'CONSTR_IDENTITY' ||
          contype === 'CONSTR_GENERATED' ||
          (contype === 'CONSTR_DEFAULT' && !isNullConstant(raw_expr)),
      );
      if (!required || filled || serials.has(typeBaseName(column.typeName))) return [];
      if (domainHasDefault(context, strings(column.typeName?.names))) return [];
      if (action.cmd.missing_ok === true && context.database.column(altered.table, column.colname ?? '') !== null)
        return [];
      const name = quoteIdentifier(column.colname ?? '');
      const empty = altered.standing.size === 'empty';
      return [
        {
          range: action.range,
          severity: empty ? ('info' as const) : ('error' as const),
          message: empty
            ? `Column ${name} is required and has no default: it can be added while ${shown(altered.written)} is empty, but inserts that do not name it fail from then on`
            : `Column ${name} is required and has no default: adding it fails if ${shown(altered.written)} has any row (${altered.standing.words})`,
          evidence: {
            table: shown(altered.written),
            column: column.colname,
            rows: altered.standing.rows,
            sqlstate: '23502',
          },
          fix: makeNullable(context, action),
        },
      ];
    });
  },
});
