import type { Node, RangeVar } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { conjuncts, joinsOf, namesSingleRows, rowsOf, unknownRows } from '../few-rows.ts';
import { loopedChanges } from '../looped-changes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { statementsCalled } from '../statements-called.ts';
import { isTautology } from '../tautology.ts';
import { shown } from '../wording.ts';

/** More rows than this, made by generate_series or written out, are no handful. */
const handful = 10_000;

/** A batch of more rows than this is none. */
const largestBatch = 500_000;

const integerIn = (node: Node | undefined): number | null => {
  const constant = as(node, 'A_Const');
  return constant?.ival === undefined ? null : (constant.ival.ival ?? 0);
};

/** True when a FROM counts up to more than a handful. */
const countsFar = (from: readonly Node[] | undefined): boolean =>
  findNodes(from, 'FuncCall').some(({ funcname, args }) => {
    const [first, last] = [integerIn(args?.[0]), integerIn(args?.[1])];
    const step = Math.abs(integerIn(args?.[2]) ?? 1);
    return (
      strings(funcname).at(-1) === 'generate_series' &&
      first !== null &&
      last !== null &&
      (last - first) / Math.max(step, 1) > handful
    );
  });

/** True when every table that is joined is a list of VALUES. */
const joinsOnlyValues = (joins: readonly Node[]): boolean =>
  joins.every((join) => (as(as(join, 'RangeSubselect')?.subquery, 'SelectStmt')?.valuesLists ?? []).length > 0);

/** A column that is held between two ends by two comparisons. */
const hasBothEnds = (where: unknown): boolean => {
  const compared = findNodes(where, 'A_Expr').flatMap(({ name, lexpr, rexpr }) => {
    const column = strings(as(lexpr, 'ColumnRef')?.fields).at(-1);
    return column === undefined || findNodes(rexpr, 'SubLink').length > 0
      ? []
      : [`${column} ${strings(name)[0]?.[0] ?? ''}`];
  });
  return compared.some((text) => text.endsWith(' >') && compared.includes(text.replace(/>$/, '<')));
};

/** The first rows of a table, by a key that counts from 1. */
const isBeginning = (where: Node | undefined, table: Table | null): boolean => {
  const [key, another] = table?.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
  return all([...conjuncts(where)], 'A_Expr').some(({ name, lexpr, rexpr }) => {
    const most = integerIn(rexpr);
    return (
      another === undefined &&
      /^<=?$/.test(strings(name)[0] ?? '') &&
      strings(as(lexpr, 'ColumnRef')?.fields).at(-1) === key &&
      most !== null &&
      most <= handful
    );
  });
};

/** How many whole numbers a range with two constant ends holds; null for any other range. */
const lengthOfRange = (where: unknown): number | null => {
  const ends = findNodes(where, 'A_Expr').flatMap(({ kind, name, rexpr }) =>
    kind === 'AEXPR_BETWEEN'
      ? (as(rexpr, 'List')?.items ?? []).map(integerIn)
      : /^[<>]/.test(strings(name)[0] ?? '')
        ? [integerIn(rexpr)]
        : [],
  );
  const [first = null, last = null, another] = ends;
  return first === null || last === null || another !== undefined ? null : Math.abs(last - first);
};

/** A range with both ends, or a list of keys that a subquery cuts off with LIMIT: one batch of many. */
const isBatch = (...parts: readonly unknown[]): boolean => {
  const limits = findNodes(parts, 'SelectStmt').flatMap(({ limitCount }) => limitCount ?? []);
  if (limits.length > 0) return limits.some((limit) => (integerIn(limit) ?? 0) <= largestBatch);
  const isRange = findNodes(parts, 'A_Expr').some(({ kind }) => kind === 'AEXPR_BETWEEN') || hasBothEnds(parts);
  return isRange && (lengthOfRange(parts) ?? 0) <= largestBatch;
};

/**
 * The table whose rows a statement changes in bulk; null when it changes single rows, one batch, or nothing. Statements
 * for all rows of a table have rules of their own, unless they stand in a routine that is called.
 */
const changedInBulk = (context: CheckContext, node: Node, isCalled: boolean): RangeVar | null => {
  const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt');
  if (change !== undefined) {
    if (!isCalled && isTautology(change.whereClause)) return null;
    const joins = joinsOf(change);
    if (joins !== undefined && joinsOnlyValues(joins)) return null;
    if (namesSingleRows(change.whereClause, rowsOf(context.database, change))) return null;
    if (isBeginning(change.whereClause, context.database.table(nameOf(change.relation)))) return null;
    return isBatch(change.whereClause, joins, change.withClause) ? null : (change.relation ?? null);
  }
  const merge = as(node, 'MergeStmt');
  if (merge !== undefined)
    return as(merge.sourceRelation, 'RangeVar') === undefined || isBatch(merge.withClause)
      ? null
      : (merge.relation ?? null);
  const insert = as(node, 'InsertStmt');
  const select = as(insert?.selectStmt, 'SelectStmt');
  if (insert === undefined || select?.fromClause === undefined || isBatch(insert.selectStmt, insert.withClause))
    return null;
  if (countsFar(select.fromClause)) return insert.relation ?? null;
  // What the migration made itself it may also copy: only tables that were there before are large.
  const old = findNodes(select.fromClause, 'RangeVar').some(({ relname, schemaname }) => {
    const { size } = context.standing({ schema: schemaname ?? null, name: relname ?? '' });
    return size === 'large' || size === 'medium' || size === 'unknown';
  });
  return old && !namesSingleRows(select.whereClause, unknownRows) ? (insert.relation ?? null) : null;
};

/** The table whose rows a statement changes, however many. */
const changed = (node: Node): RangeVar | null =>
  (as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt') ?? as(node, 'InsertStmt') ?? as(node, 'MergeStmt'))?.relation ??
  null;

/** Changes that a DO block repeats without a COMMIT between: each may be of one row, together they are one transaction. */
const inLoops = (context: CheckContext): readonly Found[] =>
  loopedChanges(context.script.text, context.statement).flatMap(({ node, range }) => {
    const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt') ?? as(node, 'InsertStmt') ?? as(node, 'MergeStmt');
    const written = nameOf(change?.relation);
    const standing = context.standing(written);
    const severity = severityFor(standing, 'warning');
    return severity === null || severity === 'info'
      ? []
      : [
          {
            range,
            severity,
            message: `The loop changes rows of ${shown(written)} in one transaction, however small each round is (${standing.words})`,
            instead: 'COMMIT at the end of each round, and run the block outside a transaction.',
            evidence: { table: shown(written), rows: standing.rows },
          },
        ];
  });

export const unbatchedBackfill = defineRule({
  id: 'unbatched-backfill',
  title: 'Many rows changed in one statement',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  on: ['CallStmt', 'DeleteStmt', 'DoStmt', 'InsertStmt', 'MergeStmt', 'SelectStmt', 'UpdateStmt'],
  foldsUnder: [
    'update-without-where',
    'delete-without-where',
    'ddl-and-backfill-same-transaction',
    'removing-enum-value',
  ],
  docs: {
    what: 'An UPDATE, DELETE, MERGE or INSERT … SELECT on an existing table that is not limited to single keys or to a batch, or that a loop of a DO block repeats without a COMMIT.',
    why: 'All its rows stay locked and all old versions stay until the one transaction ends: writers wait, the table grows, replicas fall behind.',
    instead: 'Change a few thousand rows by key range at a time, each in a transaction of its own, with pauses.',
    ignoreWhen: 'few rows meet the condition.',
    manual: 'https://www.postgresql.org/docs/current/routine-vacuuming.html',
  },
  examples: [
    {
      name: 'a backfill by condition',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'UPDATE users SET a = 0 WHERE a IS NULL;',
      finds: [{ text: 'UPDATE users SET a = 0 WHERE a IS NULL', severity: 'warning' }],
    },
    {
      name: 'a delete by a join',
      up: 'delete from orders using gone where gone.id = orders.gone_id and gone.old;',
      finds: [{ text: 'delete from orders using gone where gone.id = orders.gone_id and gone.old' }],
    },
    {
      name: 'rows of one table are copied into another',
      setup: 'create table users (id bigint primary key, a int); create table people (id bigint primary key);',
      up: 'insert into people select id from users;',
      finds: [{ text: 'insert into people select id from users' }],
    },
    {
      name: 'a merge',
      setup: 'create table users (id bigint primary key, a int); create table people (id bigint primary key);',
      up: 'merge into users using people p on p.id = users.id when matched then delete;',
      finds: [{ text: 'merge into users using people p on p.id = users.id when matched then delete' }],
    },
    {
      name: 'a copy into a table created in the same migration',
      up: 'create table fresh (id bigint); insert into fresh select id from users;',
      finds: [],
    },
    {
      name: 'single rows',
      up: "update users set a = 0 where id = 7; delete from users where kind in ('x', 'y');",
      finds: [],
    },
    {
      name: 'single rows in other words, and none',
      setup: 'create table users (id bigint primary key, a int, b int);',
      up: 'update users set a = 0 where id = any (array[1, 2]); update users u set a = v.a from (values (1, 2), (3, 4)) as v (id, a) where v.id = u.id; delete from users where 7 = id or (a, b) = (1, 2); delete from users where 1 = 0; update users set a = 0 where a is null and id in (3, 4); update users set a = 0 where false; update users u set a = c.b from users c where c.id = u.a and u.id = 7;',
      finds: [],
    },
    {
      name: 'conditions that only look like single rows',
      setup: 'create table users (id bigint primary key, a int, b int);',
      up: 'update users set a = 0 where a = b; delete from users where id = 7 or a is null; update users u set a = c.b from users c where c.id = u.a and c.b = 7;',
      finds: [
        { text: 'update users set a = 0 where a = b' },
        { text: 'delete from users where id = 7 or a is null' },
        { text: 'update users u set a = c.b from users c where c.id = u.a and c.b = 7' },
      ],
    },
    {
      name: 'the first rows by their key, and the first millions',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'update users set a = 0 where id < 1000 and a is null; delete from users where id <= 5000000; update users set a = 0 where id < 1000 or a is null;',
      finds: [
        { text: 'delete from users where id <= 5000000' },
        { text: 'update users set a = 0 where id < 1000 or a is null' },
      ],
    },
    {
      name: 'routines that change many rows, and one that changes a row',
      setup:
        "create table users (id bigint primary key, a int); create procedure p() language plpgsql as 'begin delete from users where a is null; end'; create procedure r(i int) language plpgsql as 'begin delete from users where id = i; end'; create function g(i bigint) returns void language plpgsql as 'begin update users set a = 1 where id = i; end'; create function f() returns void language plpgsql as 'begin update users set a = 1; end';",
      up: 'call p(); call r(1); select f(); select g(7); select g(id) from users; select g(id) from users where id = 7; do $$ begin perform f(); end $$; do $$ begin perform g(7); end $$;',
      finds: [
        { text: 'call p()' },
        { text: 'select f()' },
        { text: 'select g(id) from users' },
        { text: 'perform f()' },
      ],
    },
    {
      name: 'values that many rows have',
      setup:
        "create type mood as enum ('ok', 'bad'); create table users (id bigint primary key, active boolean not null, mood mood, kind text default 'new', n int default 0);",
      up: "update users set n = 1 where active = false; update users set n = 1 where mood = 'ok'; update users set n = 1 where kind = 'new'; delete from users where n = 0; update users set n = 1 where kind = 'lost'; update users set n = 1 where active = true and id = 7;",
      finds: [
        { text: 'update users set n = 1 where active = false' },
        { text: "update users set n = 1 where mood = 'ok'" },
        { text: "update users set n = 1 where kind = 'new'" },
        { text: 'delete from users where n = 0' },
      ],
    },
    {
      name: 'a routine in SQL that changes all rows, and one that reads them',
      setup: 'create table users (id bigint primary key, a int);',
      up: "create function wipe() returns void language sql as 'update users set a = 0'; create function total() returns bigint language sql as 'select count(*) from users'; select wipe(); select total();",
      finds: [{ text: 'select wipe()' }],
    },
    {
      name: 'all rows of a partition, and one of them',
      setup:
        "create table parts (id bigint, region text, a int, primary key (id, region)) partition by list (region); create table parts_eu partition of parts for values in ('eu');",
      up: "update parts set a = 1 where region = 'eu'; update parts set a = 1 where region = 'eu' and id = 7;",
      finds: [{ text: "update parts set a = 1 where region = 'eu'" }],
    },
    {
      name: 'rows that a series makes',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'insert into users (a) select n from generate_series(1, 5000000) as n; insert into users (a) select n from generate_series(1, 100) as n; insert into users (a) select n from generate_series(0, 5000000, 1000000) as n;',
      finds: [{ text: 'insert into users (a) select n from generate_series(1, 5000000) as n' }],
    },
    {
      name: 'one batch',
      up: 'update users set a = 0 where id between 1 and 5000; update users set a = 0 where id >= 5 and id < 900 and a is null; delete from users where id in (select id from users limit 1000); with b as (select id from users limit 9) update users set a = 0 from b where b.id = users.id; insert into people select id from users order by id limit 10;',
      finds: [],
    },
    {
      name: 'batches that are none',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'delete from users where id in (select id from users where a = 1 limit 10000000); update users set a = 0 where id between 1 and 90000000; update users set a = 0 where id >= 1 and id < 90000000;',
      finds: [
        { text: 'delete from users where id in (select id from users where a = 1 limit 10000000)' },
        { text: 'update users set a = 0 where id between 1 and 90000000' },
        { text: 'update users set a = 0 where id >= 1 and id < 90000000' },
      ],
    },
    {
      name: 'a change in WITH',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'with gone as (delete from users where a is null returning *) select count(*) from gone; with one as (delete from users where id = 7 returning *) select * from one;',
      finds: [{ text: 'with gone as (delete from users where a is null returning *) select count(*) from gone' }],
    },
    {
      name: 'a loop in one transaction',
      up: 'DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM users LOOP UPDATE users SET a = 0 WHERE id = r.id; END LOOP; END $$;',
      finds: [{ text: 'UPDATE users SET a = 0 WHERE id = r.id', severity: 'warning' }],
    },
    {
      name: 'a loop that goes on until nothing is left',
      up: 'do $$ begin loop delete from users where id in (select id from users where a = 1 limit 1000); exit when not found; end loop; end $$;',
      finds: [{ text: 'delete from users where id in (select id from users where a = 1 limit 1000)' }],
    },
    {
      name: 'a loop that commits, and short ones',
      up: `do $$ begin loop update users set a = 0 where id in (select id from users where a = 1 limit 1000); exit when not found; commit; end loop; end $$;
do $$ declare i int; begin for i in 1..3 loop update users set a = 0 where id = i; end loop; update users set a = 1 where id = 9; end $$;`,
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); update fresh set a = 0 where a is null;',
      finds: [],
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 90, bytes: 16_384 }],
      up: 'update users set a = 0 where a is null;',
      finds: [],
    },
  ],
  check: (context) => {
    const looped = inLoops(context);
    if (looped.length > 0) return looped;
    const { node } = context.statement;
    const within = findNodes(node, 'CommonTableExpr').flatMap(({ ctequery }) => ctequery ?? []);
    const relation =
      [
        ...[node, ...within].map((one) => changedInBulk(context, one, false)),
        ...statementsCalled(context).map(({ node: one, often }) =>
          often ? changed(one) : changedInBulk(context, one, true),
        ),
      ].find((one) => one !== null) ?? null;
    if (relation === null) return [];
    const written = nameOf(relation);
    const standing = context.standing(written);
    const severity = severityFor(standing, 'warning');
    if (severity === null || severity === 'info') return [];
    return [
      {
        range: context.source.range,
        severity,
        message: `All the rows of ${shown(written)} that this concerns are changed in one transaction (${standing.words})`,
        evidence: { table: shown(written), rows: standing.rows },
      },
    ];
  },
});
