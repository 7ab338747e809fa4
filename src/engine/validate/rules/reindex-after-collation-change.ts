import { as, strings } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

export const reindexAfterCollationChange = defineRule({
  id: 'reindex-after-collation-change',
  title: 'Collation version is confirmed without rebuilding indexes',
  category: 'index and constraint',
  severity: 'warning',
  servers: {},
  on: ['AlterCollationStmt', 'AlterDatabaseRefreshCollStmt', 'ReindexStmt'],
  docs: {
    what: 'ALTER COLLATION or ALTER DATABASE … REFRESH COLLATION VERSION with no REINDEX in the same file before it.',
    why: 'The statement only silences the warning. Indexes on text that were built with the old rules of sorting no longer find their rows, and unique ones let duplicates in.',
    instead: 'REINDEX CONCURRENTLY all indexes on text of that collation, then refresh the version.',
    ignoreWhen: 'they were rebuilt apart from migrations.',
    manual: 'https://www.postgresql.org/docs/current/sql-altercollation.html#SQL-ALTERCOLLATION-NOTES',
  },
  examples: [
    {
      name: 'a database',
      up: 'ALTER DATABASE shop REFRESH COLLATION VERSION;',
      finds: [{ text: 'ALTER DATABASE', severity: 'warning' }],
    },
    { name: 'a collation', up: 'alter collation "de_AT" refresh version;', finds: [{ text: 'alter collation' }] },
    {
      name: 'after a rebuild',
      up: 'reindex index concurrently i; alter collation "de_AT" refresh version;',
      finds: [],
    },
    { name: 'another change of a collation', up: 'alter collation "de_AT" rename to german;', finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const collation = as(node, 'AlterCollationStmt');
    const database = as(node, 'AlterDatabaseRefreshCollStmt');
    if (collation === undefined && database === undefined) return [];
    const rebuilt = context.script.statements
      .slice(0, context.statement.index)
      .some((statement) => as(statement.node, 'ReindexStmt') !== undefined);
    if (rebuilt) return [];
    const name = collation === undefined ? (database?.dbname ?? '') : strings(collation.collname).join('.');
    return [
      {
        range: context.source.head(2),
        message: `Indexes that were built under the old version of ${name} stay as they are, and may miss rows`,
        evidence: { name },
      },
    ];
  },
});
