import { as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

export const uncommittedTransaction = defineRule({
  id: 'uncommitted-transaction',
  title: 'Transaction that is never committed',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['TransactionStmt'],
  docs: {
    what: 'A BEGIN without a COMMIT or ROLLBACK behind it, and PREPARE TRANSACTION without COMMIT PREPARED.',
    why: 'The work is lost when the session ends, and until then its locks are held; those of a prepared transaction are held even longer, through restarts.',
    instead: 'COMMIT at the end.',
    ignoreWhen: 'never.',
    manual: 'https://www.postgresql.org/docs/current/sql-commit.html',
  },
  examples: [
    { name: 'no COMMIT', up: 'BEGIN;\nalter table a add b int;', finds: [{ text: 'BEGIN', severity: 'error' }] },
    {
      name: 'a second one is left open',
      up: 'begin; select 1; commit; start transaction; select 2;',
      finds: [{ text: 'start transaction' }],
    },
    {
      name: 'prepared and left',
      up: "begin; alter table a add b int; prepare transaction 'p';",
      finds: [{ text: "prepare transaction 'p'" }],
    },
    {
      name: 'prepared and committed',
      up: "begin; alter table a add b int; prepare transaction 'p'; commit prepared 'p';",
      finds: [],
    },
    { name: 'committed', up: 'begin; select 1; end;', finds: [] },
    { name: 'rolled back', up: 'begin; select 1; abort;', finds: [] },
    { name: 'none', up: 'select 1;', finds: [] },
  ],
  check: (context) => {
    const kind = (i: number) => as(context.script.statements[i]?.node, 'TransactionStmt')?.kind;
    const own = kind(context.statement.index);
    const later = context.script.statements.slice(context.statement.index + 1);
    const finishes = (each: string | undefined) =>
      each === 'TRANS_STMT_COMMIT_PREPARED' || each === 'TRANS_STMT_ROLLBACK_PREPARED';
    if (own === 'TRANS_STMT_PREPARE' && !later.some(({ index }) => finishes(kind(index))))
      return [
        {
          range: context.source.range,
          message: 'The prepared transaction keeps all its locks until somebody commits it by hand',
        },
      ];
    if (own !== 'TRANS_STMT_BEGIN' && own !== 'TRANS_STMT_START') return [];
    const rest = later.map(({ index }) => kind(index));
    const closed = rest.some(
      (each) => each === 'TRANS_STMT_COMMIT' || each === 'TRANS_STMT_ROLLBACK' || each === 'TRANS_STMT_PREPARE',
    );
    const opened = rest.some((each) => each === 'TRANS_STMT_BEGIN' || each === 'TRANS_STMT_START');
    // Of several without an end only the last is told: the others are nested in vain, which is another rule.
    return closed || opened
      ? []
      : [
          {
            range: context.source.range,
            message: 'This transaction is never committed: its work is lost when the session ends',
          },
        ];
  },
});
