import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const most = 3;

export const wideIndex = defineRule({
  id: 'wide-index',
  title: 'Index over many columns',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  optIn: true,
  docs: {
    what: `A non-unique B-tree index over more than ${most} columns.`,
    why: 'Columns behind the third rarely narrow a search any further, and make the index large and slow to keep.',
    instead: 'Fewer columns; INCLUDE for those that are only read.',
    ignoreWhen: 'a query was measured to need it.',
    manual: 'https://www.postgresql.org/docs/current/indexes-multicolumn.html',
  },
  examples: [
    {
      name: 'four columns',
      up: 'CREATE INDEX CONCURRENTLY i ON users (a, b, c, d);',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    { name: 'three columns', up: 'create index concurrently i on users (a, b, c);', finds: [] },
    {
      name: 'columns that are only carried',
      up: 'create index concurrently i on users (a) include (b, c, d);',
      finds: [],
    },
    { name: 'a unique index says a rule', up: 'create unique index concurrently i on users (a, b, c, d);', finds: [] },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'IndexStmt');
    const count = create?.indexParams?.length ?? 0;
    const btree = create?.accessMethod === undefined || create.accessMethod === 'btree';
    if (create === undefined || create.unique === true || !btree || count <= most || context.direction === 'down')
      return [];
    return [
      {
        range: context.source.head(2),
        message: `This index of ${shown(nameOf(create.relation))} has ${count} columns: each entry holds all of them, and a condition on one that stands behind is of little use`,
        evidence: { table: shown(nameOf(create.relation)), columns: count },
      },
    ];
  },
});
