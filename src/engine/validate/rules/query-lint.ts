import type { Node } from '@pgsql/types';
import { isNullConstant } from '../../sql/expressions.ts';
import { all, as, findNodes, nameOf, strings } from '../../sql/nodes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { shown } from '../wording.ts';

/** The word of the statement that stands at a place of the parse tree. */
const wordAt = (context: CheckContext, location: number | undefined): SourceRange => {
  const start = context.offset(location);
  const [word] = context.source.tokens({ start, end: context.statement.end });
  return location === undefined || word === undefined ? context.source.head(1) : { start: word.start, end: word.end };
};

const compared: ReadonlySet<string> = new Set(['=', '<>', '<', '>', '<=', '>=']);

const inExpressions = (context: CheckContext, node: Node): readonly Found[] => [
  ...findNodes(node, 'A_Expr').flatMap(({ kind, name, lexpr, rexpr, location }): readonly Found[] => {
    const operator = strings(name)[0] ?? '';
    if (kind === 'AEXPR_OP' && compared.has(operator) && (isNullConstant(lexpr) || isNullConstant(rexpr)))
      return [
        { range: wordAt(context, location), message: `${operator} NULL is never true: write IS NULL or IS NOT NULL` },
      ];
    const pattern = as(rexpr, 'A_Const')?.sval?.sval ?? '';
    if ((kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE') && /^[%_]/.test(pattern))
      return [
        {
          range: wordAt(context, location),
          message: 'A pattern that begins with a wildcard reads the whole table: only a trigram index serves it',
        },
      ];
    return [];
  }),
  ...findNodes(node, 'BoolExpr').flatMap(({ boolop, args, location }): readonly Found[] => {
    const inner = as(args?.[0], 'SubLink');
    if (boolop !== 'NOT_EXPR' || inner?.subLinkType !== 'ANY_SUBLINK' || inner.operName !== undefined) return [];
    return [
      {
        range: wordAt(context, location),
        message: 'NOT IN of a query finds no row at all once the query gives one NULL: write NOT EXISTS',
      },
    ];
  }),
  ...findNodes(node, 'SortBy').flatMap(({ node: sorted }): readonly Found[] => {
    const call = as(sorted, 'FuncCall');
    return call === undefined || strings(call.funcname).at(-1) !== 'random'
      ? []
      : [
          {
            range: wordAt(context, call.location),
            message: 'ORDER BY random() reads and sorts the whole table for any LIMIT',
          },
        ];
  }),
];

export const queryLint = defineRule({
  id: 'query-lint',
  title: 'Query that does not do what it seems to',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['CreateTableAsStmt', 'DeleteStmt', 'InsertStmt', 'MergeStmt', 'SelectStmt', 'UpdateStmt', 'ViewStmt'],
  optIn: true,
  docs: {
    what: 'In the queries of a migration and of its views: a comparison with NULL by =, NOT IN of a query, a LIKE pattern that begins with a wildcard, ORDER BY random(), INSERT without a list of columns, and SELECT * in a view.',
    why: '= NULL is never true, NOT IN finds nothing beside one NULL, an INSERT without a list goes by the order of columns, and * in a view means the columns of today for good.',
    instead: 'IS NULL, NOT EXISTS, a list of columns.',
    ignoreWhen: 'the query runs once and its result was checked.',
    manual: 'https://www.postgresql.org/docs/current/functions-comparison.html',
  },
  examples: [
    {
      name: 'a comparison with NULL',
      up: 'UPDATE users SET kind = 1 WHERE kind = NULL;',
      finds: [{ text: '=', severity: 'info' }],
    },
    {
      name: 'NOT IN of a query',
      up: 'delete from users where id not in (select user_id from orders);',
      finds: [{ text: 'not' }],
    },
    {
      name: 'an INSERT without a list',
      up: "insert into kinds values (1, 'a');",
      finds: [{ text: 'insert into kinds' }],
    },
    { name: 'a star in a view', up: 'create view v as select * from users;', finds: [{ text: '*' }] },
    {
      name: 'each as it should be',
      up: "update users set kind = null where kind is null; insert into kinds (id, name) values (1, 'a'); create view v as select id from users; delete from users where kind not in (1, 2);",
      finds: [],
    },
    { name: 'a star outside of a view', up: 'insert into kinds (id) select count(*) from users;', finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    if (context.direction === 'down') return [];
    const insert = as(node, 'InsertStmt');
    const view = as(node, 'ViewStmt');
    const into = context.source.identifier(insert?.relation?.relname ?? '');
    const positional: readonly Found[] =
      insert !== undefined && (insert.cols ?? []).length === 0 && insert.selectStmt !== undefined
        ? [
            {
              range: { start: context.statement.start, end: into?.end ?? context.source.head(2).end },
              message: `The values go to the columns of ${shown(nameOf(insert.relation))} in their order, whatever it is on this database`,
            },
          ]
        : [];
    const stars = all(as(view?.query, 'SelectStmt')?.targetList, 'ResTarget').flatMap(({ val, location }) => {
      const isStar = (as(val, 'ColumnRef')?.fields ?? []).some((field) => as(field, 'A_Star') !== undefined);
      return isStar
        ? [
            {
              range: wordAt(context, location),
              message: 'The view keeps the columns of today: one that is added later is not in it',
            },
          ]
        : [];
    });
    return [...positional, ...stars, ...inExpressions(context, node)];
  },
});
