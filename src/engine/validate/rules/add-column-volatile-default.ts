import { as } from '../../sql/nodes.ts';
import { columnConstraints } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { separateDefault } from '../separate-default.ts';
import { severityFor } from '../standing.ts';
import { volatileCalls } from '../volatile-calls.ts';
import { listInWords, shown } from '../wording.ts';

export const addColumnVolatileDefault = defineRule({
  id: 'add-column-volatile-default',
  title: 'Column added with a volatile default rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: { from: 11 },
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN with a DEFAULT that calls a VOLATILE function: random(), gen_random_uuid(), clock_timestamp(), nextval(), or a volatile function of your own.',
    why: 'Each existing row needs a value of its own, so the whole table and its indexes are rewritten under ACCESS EXCLUSIVE. now() and other stable functions are evaluated once and rewrite nothing.',
    instead: 'ADD COLUMN without a default; ALTER COLUMN … SET DEFAULT for new rows; backfill the old rows in batches.',
    ignoreWhen: 'the table is small, or nobody uses it during the rewrite.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  },
  examples: [
    {
      name: 'a random identifier for every row',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();',
      finds: [{ text: 'ADD COLUMN token uuid DEFAULT gen_random_uuid()', severity: 'error' }],
      fixed:
        'ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
      trace: { locks: { users: 'ACCESS EXCLUSIVE' }, rewrites: ['users'] },
    },
    {
      name: 'clock_timestamp inside an expression, without a catalog',
      up: "alter table users add at timestamptz not null default (clock_timestamp() - interval '1 day');",
      finds: [
        { text: "add at timestamptz not null default (clock_timestamp() - interval '1 day')", severity: 'error' },
      ],
    },
    {
      name: 'a volatile function of the database',
      setup:
        'create function pick() returns int language plpgsql volatile as $$ begin return 1; end $$; create table users (id bigint primary key);',
      up: 'alter table users add column x int default pick();',
      finds: [{ text: 'add column x int default pick()', severity: 'error' }],
      trace: { rewrites: ['users'] },
    },
    {
      name: 'now() is stable',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column at timestamptz default now(), add b timestamptz default current_timestamp;',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'a stable function of the database',
      setup:
        'create function pick() returns int language plpgsql stable as $$ begin return 1; end $$; create table users (id bigint primary key);',
      up: 'alter table users add column x int default pick();',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'a volatile SQL function with a constant body is inlined',
      setup:
        'create function pick() returns int language sql volatile as $$ select 1 $$; create table users (id bigint primary key);',
      up: 'alter table users add column x int default pick();',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (id int); alter table fresh add column token uuid default gen_random_uuid();',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null) return [];
    const severity = severityFor(altered.standing, 'error');
    if (severity === null) return [];
    return altered.actions.flatMap((action) => {
      const column = as(action.cmd.def, 'ColumnDef');
      if (action.cmd.subtype !== 'AT_AddColumn' || column === undefined) return [];
      const value = columnConstraints(action).find(({ contype }) => contype === 'CONSTR_DEFAULT');
      const called = volatileCalls(context.database, value?.raw_expr);
      if (value === undefined || called.functions.length === 0) return [];
      if (action.cmd.missing_ok === true && context.database.column(altered.table, column.colname ?? '') !== null)
        return [];
      const names = listInWords(called.functions.map((name) => `${name}()`));
      const what = called.certain ? 'which is volatile' : 'which is not known here and counts as volatile';
      return [
        {
          range: action.range,
          severity: called.certain || severity === 'info' ? severity : ('warning' as const),
          message: `The default calls ${names}, ${what}: all of ${shown(altered.written)} is rewritten while nobody can read or write it (${altered.standing.words})`,
          evidence: {
            table: shown(altered.written),
            column: column.colname,
            volatile: called.functions,
            lock: 'ACCESS EXCLUSIVE',
            rewrite: true,
            rows: altered.standing.rows,
            bytes: altered.standing.bytes,
          },
          fix: separateDefault(context, altered, action, column.colname ?? ''),
        },
      ];
    });
  },
});
