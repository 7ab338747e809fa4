import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const replacingAnIndex = defineRule({
  id: 'replacing-an-index',
  title: 'Index is dropped before its replacement is built',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['DropStmt'],
  foldsUnder: ['on-conflict-target-removed', 'require-concurrent-index-deletion'],
  docs: {
    what: 'DROP INDEX of a valid index, and later in the same file CREATE INDEX on the same table that begins with the same column.',
    why: 'While the new one is built, queries that used the old one read the whole table.',
    instead: 'Build the new one under another name first, then drop the old one and rename.',
    ignoreWhen: 'both happen in one transaction, which nobody else sees in between.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html',
  },
  examples: [
    {
      name: 'a gap',
      setup: 'create table users (id bigint primary key, a int); create index i on users (a);',
      up: 'DROP INDEX CONCURRENTLY i;\nCREATE INDEX CONCURRENTLY i ON users (a, id);',
      finds: [{ text: 'DROP INDEX CONCURRENTLY i', severity: 'info' }],
    },
    {
      name: 'the replacement comes first',
      setup: 'create table users (id bigint primary key, a int); create index i on users (a);',
      up: 'create index concurrently j on users (a, id); drop index concurrently i;',
      finds: [],
    },
    {
      name: 'nothing is there to drop',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'drop index concurrently if exists i; create index concurrently i on users (a);',
      finds: [],
    },
    {
      name: 'an index on something else',
      setup: 'create table users (id bigint primary key, a int, b int); create index i on users (a);',
      up: 'drop index concurrently i; create index concurrently j on users (b);',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_INDEX' || context.transaction.number !== null) return [];
    return droppedNames(drop.objects).flatMap((written) => {
      const placed = context.database.index(written);
      const first = placed?.index.keys[0]?.column ?? null;
      if (placed === null || !placed.index.valid || first === null) return [];
      if (severityFor(context.standing(placed.on), 'info') === null) return [];
      const again = context.script.statements.slice(context.statement.index + 1).find(({ node }) => {
        const create = as(node, 'IndexStmt');
        return (
          create !== undefined &&
          keyOf(context.database.resolve(nameOf(create.relation))) === keyOf(placed.on) &&
          all(create.indexParams, 'IndexElem')[0]?.name === first
        );
      });
      if (again === undefined) return [];
      return [
        {
          range: context.source.range,
          message: `Until line ${again.line} has built its replacement, queries that use ${shown(written)} read the whole table`,
          evidence: { index: shown(written), replacedAt: again.line },
        },
      ];
    });
  },
});
