import { as } from '../../sql/nodes.ts';
import { optionIsOn } from '../../sql/option-is-on.ts';
import type { CheckContext } from '../rule.ts';
import { defineRule } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';

const head = (context: CheckContext): SourceRange => context.source.head(2);

/** The words that make a statement impossible inside a transaction block; null when it may run in one. */
const offender = (context: CheckContext): { readonly range: SourceRange; readonly what: string } | null => {
  const { node } = context.statement;
  const concurrently = (what: string) => {
    const range = context.source.words('CONCURRENTLY');
    return range === null ? null : { range, what };
  };
  if (as(node, 'IndexStmt')?.concurrent === true) return concurrently('CREATE INDEX CONCURRENTLY');
  if (as(node, 'DropStmt')?.concurrent === true) return concurrently('DROP INDEX CONCURRENTLY');
  const reindex = as(node, 'ReindexStmt');
  if (reindex !== undefined) {
    if (optionIsOn(reindex.params, 'concurrently')) return concurrently('REINDEX CONCURRENTLY');
    if (['REINDEX_OBJECT_SCHEMA', 'REINDEX_OBJECT_SYSTEM', 'REINDEX_OBJECT_DATABASE'].includes(reindex.kind ?? ''))
      return { range: head(context), what: 'REINDEX of a whole schema or database' };
  }
  for (const { cmd, range } of context.alter()?.actions ?? [])
    if (cmd.subtype === 'AT_DetachPartition' && as(cmd.def, 'PartitionCmd')?.concurrent === true)
      return { range: context.source.words('CONCURRENTLY', range) ?? range, what: 'DETACH PARTITION CONCURRENTLY' };
  if (as(node, 'VacuumStmt')?.is_vacuumcmd === true) return { range: context.source.head(1), what: 'VACUUM' };
  if (as(node, 'CreatedbStmt') !== undefined) return { range: head(context), what: 'CREATE DATABASE' };
  if (as(node, 'DropdbStmt') !== undefined) return { range: head(context), what: 'DROP DATABASE' };
  if (as(node, 'AlterSystemStmt') !== undefined) return { range: head(context), what: 'ALTER SYSTEM' };
  if (as(node, 'CreateTableSpaceStmt') !== undefined) return { range: head(context), what: 'CREATE TABLESPACE' };
  if (as(node, 'DropTableSpaceStmt') !== undefined) return { range: head(context), what: 'DROP TABLESPACE' };
  const cluster = as(node, 'ClusterStmt');
  if (cluster !== undefined && cluster.relation === undefined)
    return { range: context.source.head(1), what: 'CLUSTER of all tables' };
  return null;
};

export const concurrentlyInTransaction = defineRule({
  id: 'concurrently-in-transaction',
  title: 'Statement that cannot run inside a transaction block',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: [
    'AlterSystemStmt',
    'AlterTableStmt',
    'ClusterStmt',
    'CreateTableSpaceStmt',
    'CreatedbStmt',
    'DropStmt',
    'DropTableSpaceStmt',
    'DropdbStmt',
    'IndexStmt',
    'ReindexStmt',
    'VacuumStmt',
  ],
  docs: {
    what: 'A statement that PostgreSQL refuses inside a transaction block (CREATE, DROP or REINDEX INDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, VACUUM, CREATE or DROP DATABASE, ALTER SYSTEM …) stands between BEGIN and COMMIT, or in a file that the runner wraps in a transaction.',
    why: 'It fails with 25001 (active_sql_transaction), and the whole transaction is rolled back.',
    instead: 'Put the statement into a migration of its own that runs without a transaction.',
    ignoreWhen: 'never: the statement cannot succeed there.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'a concurrent build between BEGIN and COMMIT',
      setup: 'create table orders (a int);',
      up: 'BEGIN;\nCREATE INDEX CONCURRENTLY i ON orders (a);\nCOMMIT;',
      finds: [{ text: 'CONCURRENTLY', severity: 'error' }],
      trace: { fails: '25001' },
    },
    {
      name: 'a runner that wraps the file',
      transaction: 'file',
      up: 'DROP INDEX CONCURRENTLY i;',
      finds: [{ text: 'CONCURRENTLY' }],
    },
    {
      name: 'vacuum in a transaction',
      up: 'begin; vacuum orders; commit;',
      finds: [{ text: 'vacuum' }],
    },
    { name: 'a concurrent build on its own', up: 'CREATE INDEX CONCURRENTLY i ON orders (a);', finds: [] },
    {
      name: 'after the COMMIT',
      up: 'begin; alter table orders add column b int; commit; create index concurrently i on orders (b);',
      finds: [],
    },
    {
      name: 'a materialized view may be refreshed concurrently inside a transaction',
      up: 'begin; refresh materialized view concurrently m; commit;',
      finds: [],
    },
    { name: 'ANALYZE may run in a transaction', up: 'begin; analyze orders; commit;', finds: [] },
  ],
  check: (context) => {
    if (context.transaction.number === null) return [];
    const found = offender(context);
    if (found === null) return [];
    const where =
      context.transaction.openedBy === 'statement'
        ? 'between BEGIN and COMMIT'
        : 'in a file that the runner wraps in a transaction';
    return [
      {
        range: found.range,
        message: `${found.what} cannot run inside a transaction block, and this one stands ${where}: it fails with 25001`,
        evidence: { sqlstate: '25001' },
      },
    ];
  },
});
