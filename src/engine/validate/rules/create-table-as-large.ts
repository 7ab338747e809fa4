import { as, findNodes, nameOf } from '../../sql/nodes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import type { Standing } from '../standing.ts';
import { shown } from '../wording.ts';

/** The largest table that a query reads, of those that were there before. */
const largestSource = (
  context: CheckContext,
  query: unknown,
): { readonly name: string; readonly standing: Standing } | null => {
  const sources = findNodes(query, 'RangeVar').map((relation) => ({
    name: shown(nameOf(relation)),
    standing: context.standing(nameOf(relation)),
  }));
  const large = sources.filter(({ standing }) => standing.size === 'large');
  return large.toSorted((a, b) => (b.standing.bytes ?? 0) - (a.standing.bytes ?? 0))[0] ?? null;
};

export const createTableAsLarge = defineRule({
  id: 'create-table-as-large',
  title: 'Copy of a large table in one statement',
  category: 'rewrite',
  severity: 'info',
  servers: {},
  on: ['CreateTableAsStmt', 'SelectStmt'],
  docs: {
    what: 'CREATE TABLE AS, SELECT INTO or CREATE MATERIALIZED VIEW WITH DATA whose query reads a table that the facts show to be large.',
    why: 'Nobody is blocked, but the one statement writes as much WAL as it copies, replicas fall behind, and vacuum can remove nothing anywhere while it runs.',
    instead: 'Create it empty (WITH NO DATA) and fill it in batches, or at a quiet time.',
    ignoreWhen: 'the query takes little of the table.',
    manual: 'https://www.postgresql.org/docs/current/sql-createtableas.html',
  },
  examples: [
    {
      name: 'a large table',
      setup: 'create table events (id bigint primary key);',
      facts: [{ table: 'events', rows: 90_000_000, bytes: 9_000_000_000 }],
      up: 'CREATE TABLE copy AS SELECT * FROM events;',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
    },
    {
      name: 'without data',
      setup: 'create table events (id bigint primary key);',
      facts: [{ table: 'events', rows: 90_000_000, bytes: 9_000_000_000 }],
      up: 'create materialized view m as select * from events with no data;',
      finds: [],
    },
    {
      name: 'a small table',
      setup: 'create table events (id bigint primary key);',
      facts: [{ table: 'events', rows: 90, bytes: 8192 }],
      up: 'create table copy as select * from events;',
      finds: [],
    },
    {
      name: 'without facts a query may take anything or little',
      setup: 'create table events (id bigint primary key);',
      up: 'create table copy as select * from events limit 5;',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateTableAsStmt');
    const select = as(context.statement.node, 'SelectStmt');
    const query = create === undefined ? (select?.intoClause === undefined ? undefined : select) : create.query;
    if (query === undefined || create?.into?.skipData === true) return [];
    const largest = largestSource(context, create === undefined ? select?.fromClause : query);
    if (largest === null) return [];
    return [
      {
        range: context.source.head(2),
        message: `Up to all of ${largest.name} is copied in one statement (${largest.standing.words})`,
        evidence: { source: largest.name, rows: largest.standing.rows, bytes: largest.standing.bytes },
      },
    ];
  },
});
