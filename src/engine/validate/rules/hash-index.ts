import { as, nameOf } from '../../sql/nodes.ts';
import { removeWithSpaceBefore } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const hashIndex = defineRule({
  id: 'hash-index',
  title: 'Index by hash',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  optIn: true,
  docs: {
    what: 'CREATE INDEX … USING hash.',
    why: 'It serves nothing but =. It cannot be unique, cannot cover several columns, cannot sort, and cannot be clustered on. (Since PostgreSQL 10 it is written to the WAL, so that the old warning about crashes no longer holds.)',
    instead: 'A B-tree, which serves = as well.',
    ignoreWhen: 'the values are long, only = is asked, and the size was measured.',
    manual: 'https://www.postgresql.org/docs/current/hash-index.html',
  },
  examples: [
    {
      name: 'a hash index',
      up: 'CREATE INDEX CONCURRENTLY i ON users USING hash (email);',
      finds: [{ text: 'USING hash', severity: 'info' }],
      fixed: 'CREATE INDEX CONCURRENTLY i ON users (email);',
    },
    { name: 'a B-tree', up: 'create index concurrently i on users using btree (email);', finds: [] },
    { name: 'a column named hash', up: 'create index concurrently i on users (hash);', finds: [] },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index?.accessMethod !== 'hash' || context.direction === 'down') return [];
    const range = context.source.words('USING HASH') ?? context.source.head(2);
    return [
      {
        range,
        message: `This index of ${shown(nameOf(index.relation))} serves = alone: no range, no order, no uniqueness`,
        evidence: { table: shown(nameOf(index.relation)) },
        fix: { title: 'Make it a B-tree', edits: [removeWithSpaceBefore(context, range)] },
      },
    ];
  },
});
