import { all, as, columnsIn, nameOf } from '../../sql/nodes.ts';
import { countInWords } from '../../sql/quantity.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type KnownQuery, statementsOfQuery } from '../known-queries.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** The known updates of a table that set one of the columns. */
const updatesOf = (
  context: CheckContext,
  table: { readonly schema: string; readonly name: string },
  columns: ReadonlySet<string>,
): readonly { readonly query: KnownQuery; readonly column: string }[] =>
  context.knownQueries.flatMap((query) => {
    if (!/\bupdate\b/i.test(query.text)) return [];
    const column = statementsOfQuery(query)
      .flatMap(({ node }) => {
        const update = as(node, 'UpdateStmt');
        const isTable =
          update !== undefined && keyOf(context.database.resolve(nameOf(update.relation))) === keyOf(table);
        return isTable ? all(update.targetList, 'ResTarget').map(({ name }) => name ?? '') : [];
      })
      .find((name) => columns.has(name));
    return column === undefined ? [] : [{ query, column }];
  });

export const indexDisablesHotUpdates = defineRule({
  id: 'index-disables-hot-updates',
  title: 'First index on a column that updates change',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: 'CREATE INDEX over, or with a condition on, a column that no index holds yet and that known queries UPDATE.',
    why: 'An update that changes no indexed column can leave all indexes alone (HOT). With the first index on the column each such update writes a new entry into every index of the table: more WAL, more bloat, more vacuum. (BRIN indexes do not count since PostgreSQL 16.)',
    instead: 'Leave the column that changes often out of the index; keep room in the pages with a lower fillfactor.',
    ignoreWhen: 'the queries that the index serves matter more than the updates.',
    manual: 'https://www.postgresql.org/docs/current/storage-hot.html',
  },
  examples: [
    {
      name: 'a column that is updated all the time',
      setup: 'create table users (id bigint primary key, name text, seen_at timestamptz);',
      queries: ['update users set seen_at = now() where id = $1'],
      up: 'CREATE INDEX CONCURRENTLY i ON users (seen_at);',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    {
      name: 'only in the condition',
      setup: 'create table jobs (id bigint primary key, queue text, state text);',
      queries: ["update jobs set state = 'done' where id = $1"],
      up: "create index concurrently i on jobs (queue) where state = 'open';",
      finds: [{ text: 'create index' }],
    },
    {
      name: 'a column that has an index already',
      setup: 'create table users (id bigint primary key, seen_at timestamptz); create index old on users (seen_at);',
      queries: ['update users set seen_at = now() where id = $1'],
      up: 'create index concurrently i on users (seen_at, id);',
      finds: [],
    },
    {
      name: 'the updates change another column',
      setup: 'create table users (id bigint primary key, name text, seen_at timestamptz);',
      queries: ['update users set seen_at = now() where id = $1'],
      up: 'create index concurrently i on users (name);',
      finds: [],
    },
    {
      name: 'a BRIN index since PostgreSQL 16',
      setup: 'create table users (id bigint primary key, seen_at timestamptz);',
      queries: ['update users set seen_at = now() where id = $1'],
      up: 'create index concurrently i on users using brin (seen_at);',
      finds: [],
    },
    { name: 'no query is known', up: 'create index concurrently i on users (seen_at);', finds: [] },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index === undefined || context.direction === 'down' || context.knownQueries.length === 0) return [];
    if (index.accessMethod === 'brin' && context.serverVersion >= 160_000) return [];
    const written = nameOf(index.relation);
    const table = context.database.table(written);
    if (table === null || context.standing(written).size === 'new') return [];
    const own = [
      ...all(index.indexParams, 'IndexElem').flatMap(({ name, expr }) =>
        name === undefined ? columnsIn(expr) : [name],
      ),
      ...all(index.indexIncludingParams, 'IndexElem').flatMap(({ name }) => name ?? []),
      ...columnsIn(index.whereClause),
    ];
    const indexed = table.indexes.flatMap((other) => [
      ...other.keys.flatMap(({ column }) => column ?? []),
      ...other.include,
      ...own.filter((name) =>
        `${other.predicate ?? ''} ${other.keys.map(({ expression }) => expression).join()}`.includes(name),
      ),
    ]);
    const fresh = new Set(own.filter((name) => !indexed.includes(name)));
    const updates = updatesOf(context, table, fresh);
    const [first] = updates;
    if (first === undefined) return [];
    const calls = updates.reduce((sum, { query }) => sum + (query.calls ?? 0), 0);
    const counted = calls === 0 ? '' : `, run ${countInWords(calls)} times`;
    return [
      {
        range: context.source.head(2),
        message: `Updates of ${quoteIdentifier(first.column)} in ${shown(written)} (${updates.length} known ${updates.length === 1 ? 'query' : 'queries'}${counted}) left the indexes alone until now; with this one they write all of them`,
        evidence: {
          table: shown(written),
          column: first.column,
          queries: updates.map(({ query }) => query.text),
          calls,
        },
      },
    ];
  },
});
