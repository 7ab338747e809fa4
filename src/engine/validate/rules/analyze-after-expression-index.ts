import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { statementsAfter } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const analyzeAfterExpressionIndex = defineRule({
  id: 'analyze-after-expression-index',
  title: 'New index on an expression has no statistics yet',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt', 'VacuumStmt'],
  docs: {
    what: 'CREATE INDEX on an expression of an existing table without an ANALYZE of the table later in the file.',
    why: 'Statistics of an expression are only gathered by ANALYZE: until autovacuum comes by, the planner guesses, and may leave the index aside or misuse it.',
    instead: 'ANALYZE the table right after.',
    ignoreWhen: 'autovacuum analyzes the table every few minutes.',
    manual: 'https://www.postgresql.org/docs/current/sql-analyze.html',
  },
  examples: [
    {
      name: 'an expression',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'CREATE INDEX CONCURRENTLY i ON users (lower(email));',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
      fixed: 'CREATE INDEX CONCURRENTLY i ON users (lower(email));\nANALYZE users;',
    },
    {
      name: 'analyzed right after',
      up: 'create index concurrently i on users (lower(email)); analyze users;',
      finds: [],
    },
    { name: 'everything is analyzed', up: 'create index concurrently i on users (lower(email)); analyze;', finds: [] },
    { name: 'plain columns have statistics', up: 'create index concurrently i on users (email);', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table t (a text); create index i on t (lower(a));',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'IndexStmt');
    if (create === undefined || context.direction === 'down') return [];
    if (!all(create.indexParams, 'IndexElem').some(({ expr }) => expr !== undefined)) return [];
    const written = nameOf(create.relation);
    if (severityFor(context.standing(written), 'info') === null) return [];
    const key = keyOf(context.database.resolve(written));
    const analyzed = context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
      const vacuum = as(node, 'VacuumStmt');
      const tables = all(vacuum?.rels, 'VacuumRelation');
      return (
        vacuum !== undefined &&
        (tables.length === 0 ||
          tables.some(({ relation }) => keyOf(context.database.resolve(nameOf(relation))) === key))
      );
    });
    // Told at the last of several indexes of a table, behind which one ANALYZE serves for all.
    const again = context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
      const later = as(node, 'IndexStmt');
      return (
        later !== undefined &&
        all(later.indexParams, 'IndexElem').some(({ expr }) => expr !== undefined) &&
        keyOf(context.database.resolve(nameOf(later.relation))) === key
      );
    });
    if (analyzed || again) return [];
    return [
      {
        range: context.source.head(2),
        message: `Until ${shown(written)} is analyzed, the planner knows nothing of this expression`,
        evidence: { table: shown(written) },
        fix: {
          title: 'ANALYZE the table after it',
          edits: [statementsAfter(context, context.statement, [`ANALYZE ${shown(written)}`])],
        },
      },
    ];
  },
});
