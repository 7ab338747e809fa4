import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { builtIndex } from '../built-index.ts';
import { defineRule } from '../rule.ts';
import { sameEntries, shapeOfIndex } from '../same-index.ts';
import { shown } from '../wording.ts';

export const duplicateIndex = defineRule({
  id: 'duplicate-index',
  title: 'Index equals one that exists',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: 'CREATE INDEX with the same method, columns, order, condition and uniqueness as a valid index that the table has.',
    why: 'Every write maintains both, and no query gains anything.',
    instead: 'Leave it out; or drop the older one in the same migration when this one replaces it.',
    ignoreWhen: 'it replaces a bloated index that a later migration drops.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  },
  examples: [
    {
      name: 'the same columns',
      setup: 'create table orders (id bigint primary key, a int, b int); create index i on orders (a, b desc);',
      up: 'CREATE INDEX CONCURRENTLY j ON orders USING btree (a, b DESC);',
      finds: [{ text: 'CREATE INDEX CONCURRENTLY j', severity: 'info' }],
    },
    {
      name: 'a unique index on the primary key',
      setup: 'create table orders (id bigint primary key);',
      up: 'create unique index concurrently "I" on orders (id);',
      finds: [{ text: 'create unique index concurrently "I"' }],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table users (id bigint primary key); create unique index "User_id_key" on users (id);',
      finds: [{ text: 'create unique index "User_id_key"', severity: 'info' }],
    },
    {
      name: 'the other one is dropped after it',
      setup: 'create table orders (a int); create index i on orders (a);',
      up: 'create index concurrently j on orders (a); drop index concurrently i;',
      finds: [],
    },
    {
      name: 'another order, operator class, condition or uniqueness',
      setup: 'create table orders (a int, b text); create index i on orders (a); create index t on orders (b);',
      up: 'create index concurrently on orders (a desc); create index concurrently on orders (b text_pattern_ops); create index concurrently on orders (a) where a > 1; create unique index concurrently on orders (a); create index concurrently on orders (a) include (b);',
      finds: [],
    },
    {
      name: 'the same columns of another table',
      setup: 'create table orders (a int); create table users (a int); create index i on orders (a);',
      up: 'create index concurrently on users (a);',
      finds: [],
    },
    {
      name: 'a name that exists is left alone',
      setup: 'create table orders (a int); create index i on orders (a);',
      up: 'create index concurrently if not exists i on orders (a);',
      finds: [],
    },
  ],
  check: (context) => {
    const built = builtIndex(context);
    if (built === null) return [];
    const { relation, shape, others } = built;
    const twin = others.find((index) => {
      if (index.unique !== shape.unique || index.keys.length !== shape.keys.length) return false;
      const other = shapeOfIndex(index);
      return other !== null && sameEntries(shape, other);
    });
    if (twin === undefined) return [];
    const on = context.source.words('ON')?.start ?? context.statement.end;
    const last = context.source.tokens({ start: context.statement.start, end: on }).at(-1);
    return [
      {
        range: { start: context.statement.start, end: last?.end ?? on },
        message: `${shown(relation)} has this index already: ${quoteIdentifier(twin.name)}`,
        evidence: { table: shown(relation), existing: twin.name, definition: twin.definition },
      },
    ];
  },
});
