import type { IndexStmt } from '@pgsql/types';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { replaceRange } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** The method that serves queries on types for which a B-tree does not, by the bare name of the type. */
const better: ReadonlyMap<string, string> = new Map([
  ['geometry', 'gist'],
  ['geography', 'gist'],
  ['tsvector', 'gin'],
  ['jsonb', 'gin'],
  ['int4range', 'gist'],
  ['int8range', 'gist'],
  ['numrange', 'gist'],
  ['daterange', 'gist'],
  ['tsrange', 'gist'],
  ['tstzrange', 'gist'],
]);

const bareType = (type: string): string =>
  type.replace(/\(.*$/, '').split('.').at(-1)?.replaceAll('"', '').trim() ?? '';

/** True when nothing is written that the other method does not know, or has no operator class for. */
const fits = ({ indexParams, indexIncludingParams, options }: IndexStmt, method: string): boolean => {
  const [first, ...others] = all(indexParams, 'IndexElem');
  const isPlain = first?.ordering === 'SORTBY_DEFAULT' && first.nulls_ordering === 'SORTBY_NULLS_DEFAULT';
  const takesOptions = method === 'gist' && all(options, 'DefElem').every(({ defname }) => defname === 'fillfactor');
  return (
    isPlain &&
    others.length === 0 &&
    ((options ?? []).length === 0 || takesOptions) &&
    ((indexIncludingParams ?? []).length === 0 || method === 'gist')
  );
};

export const specialisedIndexAdvice = defineRule({
  id: 'specialised-index-advice',
  title: 'Index of a kind that does not serve the type',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: 'A B-tree that is not unique and begins with a column of a spatial, range, tsvector or jsonb type; an ivfflat index on a table that is empty or made in the same migration.',
    why: 'A B-tree of such a type only serves = on whole values: the operators that queries use (&&, @>, @@, <->) read the whole table all the same. An ivfflat index chooses its lists from the rows that are there when it is built: built without rows it finds wrong neighbours for good.',
    instead:
      'USING gist for spatial types and ranges, USING gin for tsvector and jsonb; hnsw, or ivfflat once the rows are there.',
    ignoreWhen: 'whole values are compared by =.',
    manual: 'https://www.postgresql.org/docs/current/indexes-types.html',
  },
  examples: [
    {
      name: 'a B-tree for full text search',
      setup: 'create table pages (id bigint primary key, words tsvector);',
      up: 'CREATE INDEX CONCURRENTLY i ON pages (words);',
      finds: [{ text: 'words', severity: 'info' }],
    },
    {
      name: 'a range, the method written',
      setup: 'create table bookings (id bigint primary key, during tstzrange);',
      up: 'create index concurrently i on bookings using btree (during);',
      finds: [{ text: 'during' }],
      fixed: 'create index concurrently i on bookings using gist (during);',
    },
    {
      name: 'ivfflat before there are rows',
      up: 'create table items (id bigint primary key, embedding vector(3)); create index on items using ivfflat (embedding vector_l2_ops);',
      finds: [{ text: 'using ivfflat' }],
    },
    {
      name: 'the method that serves the type',
      setup: 'create table pages (id bigint primary key, words tsvector);',
      up: 'create index concurrently i on pages using gin (words);',
      finds: [],
    },
    {
      name: 'uniqueness needs a B-tree',
      setup: 'create table bookings (id bigint primary key, during tstzrange);',
      up: 'create unique index concurrently i on bookings (during);',
      finds: [],
    },
    {
      name: 'an expression of it',
      setup: 'create table docs (id bigint primary key, data jsonb);',
      up: "create index concurrently i on docs ((data ->> 'kind'));",
      finds: [],
    },
    { name: 'without a catalog the type is not known', up: 'create index concurrently i on pages (words);', finds: [] },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index === undefined || context.direction === 'down') return [];
    const written = nameOf(index.relation);
    const method = index.accessMethod ?? 'btree';
    const { size } = context.standing(written);
    if (method === 'ivfflat' && (size === 'new' || size === 'empty'))
      return [
        {
          range: context.source.words('USING IVFFLAT') ?? context.source.head(2),
          message: `${shown(written)} has no rows from which the lists of an ivfflat index could be chosen`,
          evidence: { table: shown(written), method },
        },
      ];
    const [first] = all(index.indexParams, 'IndexElem');
    const table = context.database.table(written);
    const column = context.database.column(table, first?.name ?? '');
    const wanted = column === null ? undefined : better.get(bareType(column.type));
    if (method !== 'btree' || index.unique === true || column === null || wanted === undefined) return [];
    if ((first?.opclass ?? []).length > 0) return [];
    const on = context.source.words('ON')?.end ?? context.statement.start;
    const btree = context.source.words('USING BTREE');
    const open = context.source.tokens({ start: on, end: context.statement.end }).find(({ text }) => text === '(');
    const range = context.source.identifier(column.name, {
      start: open?.start ?? on,
      end: context.statement.end,
    });
    if (range === null) return [];
    return [
      {
        range: { start: range.start, end: range.end },
        message: `A B-tree serves nothing but = on ${quoteIdentifier(column.name)} of ${shown(written)}, which is ${column.type}: take ${wanted}`,
        evidence: { table: shown(written), column: column.name, type: column.type, method: wanted },
        fix:
          btree === null || !fits(index, wanted)
            ? null
            : { title: `Make it ${wanted}`, edits: [replaceRange(btree, `using ${wanted}`)] },
      },
    ];
  },
});
