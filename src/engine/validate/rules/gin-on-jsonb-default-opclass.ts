import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { insertAt } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const ginOnJsonbDefaultOpclass = defineRule({
  id: 'gin-on-jsonb-default-opclass',
  title: 'GIN index of every key and value of a jsonb column',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  optIn: true,
  docs: {
    what: 'CREATE INDEX … USING gin on a whole column of type jsonb with the usual operator class.',
    why: 'jsonb_ops stores each key and each value as entries of their own; jsonb_path_ops stores one hash for each path, is often several times smaller, and serves @>, @? and @@ faster. It does not serve ?, ?| and ?&.',
    instead: 'jsonb_path_ops where queries ask with @>; a B-tree on (column ->> key) where they ask for one key.',
    ignoreWhen: 'queries ask whether a key exists, with ?.',
    manual: 'https://www.postgresql.org/docs/current/datatype-json.html#JSON-INDEXING',
  },
  examples: [
    {
      name: 'the usual operator class',
      setup: 'create table events (id bigint primary key, data jsonb);',
      up: 'CREATE INDEX CONCURRENTLY i ON events USING gin (data);',
      finds: [{ text: 'data', severity: 'info' }],
      fixed: 'CREATE INDEX CONCURRENTLY i ON events USING gin (data jsonb_path_ops);',
    },
    {
      name: 'the narrow one',
      setup: 'create table events (id bigint primary key, data jsonb);',
      up: 'create index concurrently i on events using gin (data jsonb_path_ops);',
      finds: [],
    },
    {
      name: 'an array',
      setup: 'create table events (id bigint primary key, tags text[]);',
      up: 'create index concurrently i on events using gin (tags);',
      finds: [],
    },
    {
      name: 'a query asks for a key',
      setup: 'create table events (id bigint primary key, data jsonb);',
      queries: ['select id from events where data ? $1'],
      up: 'create index concurrently i on events using gin (data);',
      finds: [],
    },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index?.accessMethod !== 'gin' || context.direction === 'down') return [];
    const table = context.database.table(nameOf(index.relation));
    return all(index.indexParams, 'IndexElem').flatMap(({ name, opclass }) => {
      const column = context.database.column(table, name ?? '');
      if (column?.type !== 'jsonb' || (opclass ?? []).length > 0) return [];
      const asksForKeys = context.knownQueries.some(({ text }) => text.includes(column.name) && /\?[|&]?\s/.test(text));
      if (asksForKeys) return [];
      const open = context.source.words('USING GIN')?.end ?? context.statement.start;
      const range = context.source.identifier(column.name, { start: open, end: context.statement.end });
      if (range === null) return [];
      return [
        {
          range: { start: range.start, end: range.end },
          message: `Every key and value in ${quoteIdentifier(column.name)} of ${shown(nameOf(index.relation))} becomes an entry; jsonb_path_ops keeps one for each path`,
          evidence: { table: shown(nameOf(index.relation)), column: column.name },
          fix: { title: 'Take jsonb_path_ops', edits: [insertAt(range.end, ' jsonb_path_ops')] },
        },
      ];
    });
  },
});
