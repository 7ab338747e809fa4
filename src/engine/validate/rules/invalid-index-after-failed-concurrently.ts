import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { insertBefore } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const invalidIndexAfterFailedConcurrently = defineRule({
  id: 'invalid-index-after-failed-concurrently',
  title: 'IF NOT EXISTS passes over an INVALID index',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['DropStmt', 'IndexStmt'],
  docs: {
    what: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS: without a catalog as a hint, once per file; with one only when an INVALID index of the name is there.',
    why: 'A build that failed leaves an INVALID index of the name. The next try finds it, does nothing and reports success: the index costs every write and serves no query.',
    instead: 'DROP INDEX CONCURRENTLY IF EXISTS before the build.',
    ignoreWhen: 'somebody looks for INVALID indexes after every migration.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'without a catalog',
      up: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a);',
      finds: [{ text: 'IF NOT EXISTS', severity: 'info' }],
      fixed: 'DROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (a);',
    },
    {
      name: 'told once per file',
      up: 'create index concurrently if not exists i on orders (a); create index concurrently if not exists j on orders (b);',
      finds: [{ text: 'if not exists', severity: 'info' }],
    },
    {
      name: 'the catalog knows of no such index',
      setup: 'create table orders (a int);',
      up: 'create index concurrently if not exists i on orders (a);',
      finds: [],
    },
    {
      name: 'the index that is there is valid',
      setup: 'create table orders (a int); create index i on orders (a);',
      up: 'create index concurrently if not exists i on orders (a);',
      finds: [],
    },
    {
      name: 'it is dropped first',
      up: 'drop index concurrently if exists i; create index concurrently if not exists i on orders (a);',
      finds: [],
    },
    { name: 'without the guard', up: 'create index concurrently i on orders (a);', finds: [] },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    const name = index?.idxname;
    if (index?.concurrent !== true || index.if_not_exists !== true || name === undefined) return [];
    const written = nameOf(index.relation);
    const { schema } = context.database.resolve(written);
    const known = context.database.index({ schema, name })?.index ?? null;
    if (context.hasCatalog && known?.valid !== false) return [];
    const dropped = context.script.statements
      .slice(0, context.statement.index)
      .some(({ node, text }) => as(node, 'DropStmt')?.removeType === 'OBJECT_INDEX' && text.includes(name));
    if (dropped || context.standing(written).size === 'new') return [];
    const broken = known?.valid === false;
    const told = context.script.statements.slice(0, context.statement.index).some(({ node }) => {
      const earlier = as(node, 'IndexStmt');
      return earlier?.concurrent === true && earlier.if_not_exists === true;
    });
    if (told && !broken) return [];
    return [
      {
        range: context.source.words('IF NOT EXISTS') ?? context.source.head(3),
        severity: broken ? ('error' as const) : ('info' as const),
        message: broken
          ? `${quoteIdentifier(name)} exists and is INVALID: this statement does nothing and reports success`
          : `If an earlier try has left an INVALID ${quoteIdentifier(name)}, this statement does nothing and reports success`,
        evidence: { index: name, table: shown(written), invalid: broken },
        fix:
          context.transaction.number === null
            ? {
                title: 'Drop what an earlier try may have left',
                edits: [
                  insertBefore(
                    context,
                    context.statement,
                    `DROP INDEX CONCURRENTLY IF EXISTS ${shown({ schema: written.schema, name })};\n`,
                  ),
                ],
              }
            : null,
      },
    ];
  },
});
