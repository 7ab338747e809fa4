import type { Node } from '@pgsql/types';
import { all, as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type KnownQuery, queriesUsing, statementsOfQuery } from '../known-queries.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const outputsOf = (node: Node): readonly Node[] =>
  as(node, 'SelectStmt')?.targetList ??
  as(node, 'InsertStmt')?.returningClause?.exprs ??
  as(node, 'UpdateStmt')?.returningClause?.exprs ??
  as(node, 'DeleteStmt')?.returningClause?.exprs ??
  [];

/** True when the rows that a query gives hold the column itself, or all columns by `*` when `column` is null. */
const gives = (query: KnownQuery, column: string | null): boolean =>
  statementsOfQuery(query).some(({ node }) =>
    all(outputsOf(node), 'ResTarget').some(({ val }) => {
      const fields = as(val, 'ColumnRef')?.fields ?? [];
      return column === null
        ? fields.some((field) => as(field, 'A_Star') !== undefined)
        : strings(fields).at(-1) === column;
    }),
  );

export const cachedPlanResultType = defineRule({
  id: 'cached-plan-result-type',
  title: 'Prepared statements whose result changes',
  category: 'compatibility',
  severity: 'info',
  servers: {},
  on: ['AT_AddColumn', 'AT_AlterColumnType', 'AT_DropColumn'],
  foldsUnder: ['known-query-breaks'],
  docs: {
    what: 'A column added to, dropped from or given another type in a table that known queries read with SELECT *, or whose column they give back.',
    why: 'A session that has prepared such a query gets “cached plan must not change result type” (0A000) when it runs it again, until it prepares it anew. Drivers and poolers that keep prepared statements keep failing until they reconnect; in a transaction the whole transaction fails.',
    instead:
      'Name the columns in the queries. Where that is not possible, restart the application, or let it run DEALLOCATE ALL, right after the migration.',
    ignoreWhen: 'the application does not prepare statements on the server, or its driver prepares them again.',
    manual: 'https://www.postgresql.org/docs/current/sql-prepare.html',
  },
  examples: [
    {
      name: 'a column more, on the server',
      setup: 'create table users (id bigint primary key);',
      queries: ['select * from users where id = $1'],
      up: 'prepare p as select * from users; ALTER TABLE users ADD COLUMN nick text; execute p;',
      finds: [{ text: 'ADD COLUMN nick text', severity: 'info' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'another type of a column that is given back',
      setup: 'create table users (id bigint primary key, nick varchar(10));',
      queries: ['select nick from users where id = $1'],
      up: 'prepare p as select nick from users; alter table users alter column nick type varchar(20); execute p;',
      finds: [{ text: 'alter column nick type varchar(20)' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'the queries name other columns',
      setup: 'create table users (id bigint primary key, nick text);',
      queries: ['select id from users', 'update users set nick = $1 where id = $2'],
      up: 'prepare p as select id from users; alter table users add column age int; execute p;',
      finds: [],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'all rows of another table',
      setup: 'create table users (id bigint primary key); create table orders (id bigint primary key);',
      queries: ['select * from orders'],
      up: 'alter table users add column nick text;',
      finds: [],
    },
    {
      name: 'a star that only counts',
      setup: 'create table users (id bigint primary key);',
      queries: ['select count(*) from users'],
      up: 'alter table users add column nick text;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new' || context.knownQueries.length === 0) return [];
    const reading = (column: string) =>
      queriesUsing(context.knownQueries, context.database, altered.name, column).filter((query) =>
        gives(query, column === '*' ? null : column),
      );
    return altered.actions.flatMap(({ cmd, range }) => {
      const changes =
        cmd.subtype === 'AT_AddColumn' || cmd.subtype === 'AT_DropColumn' || cmd.subtype === 'AT_AlterColumnType';
      if (!changes) return [];
      const own = cmd.subtype === 'AT_AlterColumnType' ? reading(cmd.name ?? '') : [];
      const queries = [...new Set([...reading('*'), ...own])];
      if (queries.length === 0) return [];
      const name = quoteIdentifier(cmd.name ?? as(cmd.def, 'ColumnDef')?.colname ?? '');
      return [
        {
          range,
          message: `${queries.length} of ${context.knownQueries.length} known queries give back ${name} of ${shown(altered.written)} or *: where they are prepared they fail once with 0A000`,
          evidence: { table: shown(altered.written), queries: queries.slice(0, 20).map(({ text }) => text) },
        },
      ];
    });
  },
});
