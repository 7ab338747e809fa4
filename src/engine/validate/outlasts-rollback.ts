import type { Script } from '../sql/parser.ts';
import {
  batchesOf,
  modeOf,
  rollbackTargets,
  type TransactionMode,
  type TransactionModes,
} from '../sql/transactions.ts';
import type { LocatedFinding } from './fold-findings.ts';
import type { RuleCategory } from './report.ts';

/** Categories of what a statement does while it runs; the others are about what it leaves. */
const whileItRuns: ReadonlySet<RuleCategory> = new Set([
  'locking',
  'rewrite',
  'correctness',
  'naming and conflicts',
  'timeouts and operational',
]);

/** The indexes of the statements that a later `ROLLBACK` or `ROLLBACK TO` of the file takes back. */
const takenBackIn = (script: Script, mode: TransactionMode): ReadonlySet<number> => {
  const { statements } = script;
  if (!statements.some(({ node }) => 'TransactionStmt' in node)) return new Set();
  const targets = rollbackTargets(statements, batchesOf(statements, mode));
  const back = targets.flatMap((target, at) =>
    target === null ? [] : Array.from({ length: at - target - 1 }, (_, i) => target + 1 + i),
  );
  return new Set(back);
};

/** Tells which findings are still true where the file takes their statement back: those of what it does while it runs. */
export const outlastsRollback = (input: {
  readonly up: Script;
  readonly down: Script | null;
  readonly transaction: TransactionModes;
}): ((located: LocatedFinding) => boolean) => {
  const takenBack = {
    up: takenBackIn(input.up, modeOf(input.transaction, 'up')),
    down: input.down === null ? new Set<number>() : takenBackIn(input.down, modeOf(input.transaction, 'down')),
  };
  return ({ finding: { direction, statement, category } }) =>
    statement === null || !takenBack[direction].has(statement) || whileItRuns.has(category);
};
