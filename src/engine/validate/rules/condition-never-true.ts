import type { A_Expr, BoolExpr, SelectStmt } from '@pgsql/types';
import { isNullConstant } from '../../sql/expressions.ts';
import { all, as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { shown } from '../wording.ts';

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '<', '>', '<=', '>=']);

/** The operator or word that stands at a location. */
const at = ({ offset, statement }: CheckContext, location: number | undefined): Found['range'] => {
  const start = offset(location);
  const [written = ''] = /^(?:[<>=!]+|\w*)/.exec(statement.text.slice(start - statement.start)) ?? [];
  return { start, end: start + written.length };
};

/** Why a comparison gives NULL whatever the other side is; null when it need not. */
const withNull = ({ kind, name, lexpr, rexpr }: A_Expr): string | null => {
  const operator = strings(name).at(-1) ?? '';
  if (
    kind === 'AEXPR_OP' &&
    comparisons.has(operator) &&
    [lexpr, rexpr].some((side) => side !== undefined && isNullConstant(side))
  )
    return `${operator} NULL is neither true nor false: write IS NULL or IS NOT NULL`;
  const listed = kind === 'AEXPR_IN' && operator === '<>' && (as(rexpr, 'List')?.items ?? []).some(isNullConstant);
  return listed ? 'NOT IN of a list with NULL is never true: take NULL out of the list' : null;
};

/** The column that may be NULL and that a query gives alone, as a person would write it; null when it gives none. */
const nullableOf = (context: CheckContext, query: SelectStmt | undefined): string | null => {
  const [target, another] = all(query?.targetList, 'ResTarget');
  const [source] = all(query?.fromClause, 'RangeVar');
  const table = source === undefined ? null : context.database.table(nameOf(source));
  if (another !== undefined || (query?.fromClause ?? []).length !== 1 || table === null) return null;
  const column = context.database.column(table, strings(as(target?.val, 'ColumnRef')?.fields).at(-1) ?? '');
  const leavesOut = findNodes([query?.whereClause], 'NullTest').some(
    ({ nulltesttype }) => nulltesttype === 'IS_NOT_NULL',
  );
  return column === null || column.notNull || leavesOut
    ? null
    : `${quoteIdentifier(column.name)} of ${shown(nameOf(source))}`;
};

/** `NOT IN` of a query that may give NULL. */
const notIn = (context: CheckContext, { boolop, args }: BoolExpr): readonly Found[] => {
  const query = boolop === 'NOT_EXPR' ? as(args?.[0], 'SubLink') : undefined;
  if (query?.subLinkType !== 'ANY_SUBLINK' || query.operName !== undefined) return [];
  const nullable = nullableOf(context, as(query.subselect, 'SelectStmt'));
  return nullable === null
    ? []
    : [
        {
          range: at(context, query.location),
          message: `One NULL in ${nullable}, and NOT IN is true for no row: write NOT EXISTS`,
        },
      ];
};

export const conditionNeverTrue = defineRule({
  id: 'condition-never-true',
  title: 'Condition that NULL keeps from being true',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: [
    'AlterTableStmt',
    'CreatePolicyStmt',
    'CreateStmt',
    'CreateTableAsStmt',
    'DeleteStmt',
    'IndexStmt',
    'InsertStmt',
    'UpdateStmt',
    'ViewStmt',
  ],
  docs: {
    what: 'A comparison with NULL by an operator, NOT IN of a list that holds NULL, and NOT IN of a query for a column that may be NULL.',
    why: 'The comparison gives NULL for every row: an UPDATE or DELETE changes nothing and says so to nobody, a CHECK refuses nothing, a policy shows nothing.',
    instead: 'IS NULL, IS NOT NULL or IS DISTINCT FROM; NOT EXISTS in place of NOT IN.',
    ignoreWhen: 'transform_null_equals is on, or the query never gives NULL.',
    manual: 'https://www.postgresql.org/docs/current/functions-comparison.html',
  },
  examples: [
    {
      name: 'comparisons with NULL',
      setup: 'create table users (id bigint primary key, kind int);',
      up: 'DELETE FROM users WHERE kind = NULL; update users set kind = 1 where NULL <> kind and id < 10; alter table users add constraint c check (kind != null) not valid; create index concurrently i on users (id) where kind >= null;',
      finds: [{ text: '=', severity: 'warning' }, { text: '<>' }, { text: '!=' }, { text: '>=' }],
    },
    {
      name: 'NOT IN of what may be NULL',
      setup: 'create table users (id bigint primary key, kind int); create table gone (user_id bigint);',
      up: 'delete from users where id not in (select user_id from gone); delete from users where kind not in (1, null);',
      finds: [{ text: 'not' }, { text: 'not' }],
    },
    {
      name: 'NOT IN of what is never NULL',
      setup:
        'create table users (id bigint primary key, kind int); create table gone (user_id bigint not null, at date);',
      up: 'delete from users where id not in (select user_id from gone); delete from users where kind not in (1, 2); delete from users where id in (select user_id from gone) and kind not in (select extract(year from at) from gone where at is not null);',
      finds: [],
    },
    {
      name: 'NULL where it is meant',
      up: 'update users set kind = null where kind is not null; delete from users where kind is distinct from null; insert into users values (1, null);',
      finds: [],
    },
  ],
  check: (context) => {
    const { node } = context.statement;
    return [
      ...findNodes(node, 'A_Expr').flatMap((expression) => {
        const message = withNull(expression);
        return message === null ? [] : [{ range: at(context, expression.location), message }];
      }),
      ...findNodes(node, 'BoolExpr').flatMap((expression) => notIn(context, expression)),
    ];
  },
});
