import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { builtIndex } from '../built-index.ts';
import { defineRule } from '../rule.ts';
import { type IndexShape, sameEntries, shapeOfIndex } from '../same-index.ts';
import { shown } from '../wording.ts';

/** True when a wider or unique index answers every query that the new one would. */
const serves = (existing: IndexShape, wanted: IndexShape): boolean => {
  if (existing.method !== 'btree' || wanted.method !== 'btree' || wanted.unique) return false;
  if (existing.predicate !== wanted.predicate) return false;
  if (sameEntries({ ...existing, nullsNotDistinct: wanted.nullsNotDistinct }, wanted)) return existing.unique;
  return (
    wanted.include.length === 0 &&
    wanted.keys.length < existing.keys.length &&
    wanted.keys.every((key, at) => key === existing.keys[at])
  );
};

export const redundantIndex = defineRule({
  id: 'redundant-index',
  title: 'Index is the beginning of one that exists',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: 'CREATE INDEX on columns with which a valid index of the same order and condition begins.',
    why: 'The wider index answers the same queries; the new one costs time on every write.',
    instead: 'Leave it out, unless the wider index is so large that the smaller one is worth it.',
    ignoreWhen: 'the wider index is to be dropped, or is far larger than the new one.',
    manual: 'https://www.postgresql.org/docs/current/indexes-multicolumn.html',
  },
  examples: [
    {
      name: 'the first column of a wider index',
      setup: 'create table orders (a int, b int); create index i on orders (a, b);',
      up: 'CREATE INDEX CONCURRENTLY ON orders (a);',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    {
      name: 'the primary key serves it',
      setup: 'create table orders (id bigint primary key);',
      up: 'create index concurrently on orders (id);',
      finds: [{ text: 'create index' }],
    },
    {
      name: 'the second column',
      setup: 'create table orders (a int, b int); create index i on orders (a, b);',
      up: 'create index concurrently on orders (b);',
      finds: [],
    },
    {
      name: 'it adds uniqueness, or another condition',
      setup:
        'create table orders (a int, b int); create index i on orders (a, b); create index p on orders (b, a) where a > 1;',
      up: 'create unique index concurrently on orders (a); create index concurrently on orders (b);',
      finds: [],
    },
    {
      name: 'a later statement drops the wider one',
      setup: 'create table orders (a int, b int); create index i on orders (a, b);',
      up: 'create index concurrently j on orders (a); drop index concurrently i;',
      finds: [],
    },
    {
      name: 'without a catalog the other indexes are not known',
      up: 'create index concurrently on orders (a);',
      finds: [],
    },
  ],
  check: (context) => {
    const built = builtIndex(context);
    if (built === null) return [];
    const { relation, shape, others } = built;
    const wider = others.find((index) => {
      if (index.keys.length < shape.keys.length) return false;
      const existing = shapeOfIndex(index);
      return existing !== null && serves(existing, shape);
    });
    if (wider === undefined) return [];
    return [
      {
        range: context.source.head(2),
        message: `${quoteIdentifier(wider.name)} of ${shown(relation)} begins with the same columns and answers the same queries`,
        evidence: { table: shown(relation), existing: wider.name, definition: wider.definition },
      },
    ];
  },
});
