import { as } from '../../sql/nodes.ts';
import type { Statement } from '../../sql/parser.ts';
import { defineRule } from '../rule.ts';

/** True for statements that fail when they have been run before. */
const failsAgain = ({ node, text }: Statement): boolean => {
  const isDdl =
    as(node, 'CreateStmt') ?? as(node, 'IndexStmt') ?? as(node, 'DropStmt') ?? as(node, 'AlterTableStmt') ?? null;
  return isDdl !== null && !/\bif\s+(?:not\s+)?exists\b/i.test(text);
};

export const partialApplyNotRetryable = defineRule({
  id: 'partial-apply-not-retryable',
  title: 'A failure in the middle cannot be run again',
  category: 'rollback and files',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A file with a statement that cannot run in a transaction behind another statement that fails when it is repeated.',
    why: 'When the later statement fails, the earlier ones stay: the next try stops at the first of them.',
    instead: 'A file of its own for the statement, or IF [NOT] EXISTS in those before it.',
    ignoreWhen: 'somebody repairs failed migrations by hand.',
    manual: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  },
  examples: [
    {
      name: 'a column, then its index',
      up: 'ALTER TABLE orders ADD COLUMN a int;\nCREATE INDEX CONCURRENTLY i ON orders (a);',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    {
      name: 'the first can be repeated',
      up: 'alter table orders add column if not exists a int; create index concurrently i on orders (a);',
      finds: [],
    },
    { name: 'alone', up: 'create index concurrently i on orders (a);', finds: [] },
    {
      name: 'everything could be one transaction',
      setup: 'create table orders (a int);',
      up: 'alter table orders add column b int; alter table orders add column c int;',
      finds: [],
    },
  ],
  check: (context) => {
    const { effects, transaction, script, statement } = context;
    if (effects.transaction !== 'forbidden' || transaction.number !== null) return [];
    const first = script.statements.slice(0, statement.index).find(failsAgain);
    if (first === undefined) return [];
    return [
      {
        range: context.source.head(2),
        message: `If this fails, line ${first.line} has been done already and fails in the next try`,
        evidence: { line: first.line },
      },
    ];
  },
});
