import { all, as } from '../../sql/nodes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';

const isBegin = (kind: string | undefined): boolean => kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START';
const isEnd = (kind: string | undefined): boolean => kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK';

/** True when a transaction block is open just before the statement. */
const isOpen = (context: CheckContext): boolean => {
  let open = context.runnerWraps;
  for (const { node } of context.script.statements.slice(0, context.statement.index)) {
    const kind = as(node, 'TransactionStmt')?.kind;
    if (isBegin(kind)) open = true;
    else if (isEnd(kind)) open = as(node, 'TransactionStmt')?.chain === true;
  }
  return open;
};

/** A `DO` block that ends transactions, which PostgreSQL takes only from one that stands outside of a transaction. */
const inBlock = (context: CheckContext): readonly Found[] => {
  const { node } = context.statement;
  const bodies = all(as(node, 'DoStmt')?.args, 'DefElem').flatMap(({ arg }) => as(arg, 'String')?.sval ?? []);
  const ends = bodies.some((text) =>
    text
      .replaceAll(/--.*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ')
      .split(';')
      .some((part) =>
        /(?:^|\b(?:begin|then|else|loop))\s*(?:commit|rollback)(?:\s+and\s+(?:no\s+)?chain)?\s*$/i.test(part),
      ),
  );
  if (!ends || context.transaction.number === null || !isOpen(context)) return [];
  return [
    {
      range: context.source.head(1),
      severity: 'error',
      message:
        'The block commits or rolls back while a transaction is open around it: PostgreSQL refuses that with 2D000',
      evidence: { sqlstate: '2D000' },
    },
  ];
};

export const transactionNesting = defineRule({
  id: 'transaction-nesting',
  title: 'BEGIN inside a transaction, or COMMIT without one',
  category: 'correctness',
  severity: 'warning',
  servers: {},
  on: ['DoStmt', 'TransactionStmt'],
  docs: {
    what: 'BEGIN while a transaction block is open, or COMMIT or ROLLBACK while none is; also any of them in a file that the runner wraps in a transaction, and a DO block that commits while a transaction is open.',
    why: "PostgreSQL only warns. A second BEGIN opens nothing, so the first COMMIT ends everything; and in a wrapped file a COMMIT ends the runner's own transaction, with its record of what was applied.",
    instead: 'One BEGIN and one COMMIT, and neither where the runner has its own.',
    ignoreWhen: 'never: take the extra statement out.',
    manual: 'https://www.postgresql.org/docs/current/sql-begin.html',
  },
  examples: [
    { name: 'twice', up: 'BEGIN;\nselect 1;\nBEGIN;\nCOMMIT;', finds: [{ text: 'BEGIN', severity: 'warning' }] },
    { name: 'COMMIT without BEGIN', up: 'select 1; commit;', finds: [{ text: 'commit' }] },
    {
      name: 'the runner wraps the file',
      transaction: 'file',
      up: 'begin; select 1; commit;',
      finds: [{ text: 'begin' }, { text: 'commit', severity: 'error' }],
    },
    { name: 'one after the other', up: 'begin; select 1; commit; begin; select 2; rollback;', finds: [] },
    {
      name: 'a block that commits',
      up: 'begin; do $$ begin perform 1; commit; end $$; commit; do $$ begin perform 1; commit; end $$;',
      finds: [{ text: 'do', severity: 'error' }],
      trace: { fails: '2D000' },
    },
    { name: 'savepoints', up: 'begin; savepoint a; rollback to a; release a; commit;', finds: [] },
    { name: 'COMMIT AND CHAIN opens the next one', up: 'begin; commit and chain; select 1; commit;', finds: [] },
  ],
  check: (context) => {
    const kind = as(context.statement.node, 'TransactionStmt')?.kind;
    if (as(context.statement.node, 'DoStmt') !== undefined) return inBlock(context);
    if (!isBegin(kind) && !isEnd(kind)) return [];
    const open = isOpen(context);
    const range = context.source.range;
    if (isBegin(kind))
      return open
        ? [
            {
              range,
              message: 'A transaction is open already: this BEGIN opens nothing, and the next COMMIT ends everything',
            },
          ]
        : [];
    if (context.runnerWraps && open)
      return [
        {
          range,
          severity: 'error',
          message:
            "This ends the transaction that the runner opened: what follows runs outside it, and the runner's own COMMIT finds nothing to commit",
        },
      ];
    return open ? [] : [{ range, message: 'No transaction is open here: this statement does nothing' }];
  },
});
