import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure, type SqlRefusal } from '../ports/sql-client.ts';
import type { OwnNames } from '../sql/newer-names.ts';
import { as } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import type { StatementDetail } from '../sql/statement-report.ts';
import { tokensOf } from '../sql/tokens.ts';
import { hideNotNullNames } from './not-null-names.ts';
import type { Stress } from './rows/stresses.ts';
import { staysOpen } from './run-script.ts';
import { endsTransactions, runOutside } from './self-committing.ts';
import { requireNothingShared } from './shared-changes.ts';
import { mayStandIn, statementToSend } from './stand-in-statement.ts';
import { type GuardedShadow, guardOf } from './statement-guard.ts';
import type { TargetServer } from './target-server.ts';

/** What a refused statement means: the rows are at fault, or it is refused whatever they are. */
const ROWS_AT_FAULT = /^(?:22|23|P0001)/;

/** Checks that were put off come due at once, as they would when the statement had a transaction of its own. */
const AT_ONCE = 'set constraints all immediate';

/** A condition under which the server refuses a statement. */
export type Breaking = { readonly condition: string; readonly refusal: SqlRefusal };

/** Runs statements inside one transaction that is never committed. */
export type Rehearsal = {
  /** Runs a statement for good; the refusal when the server refuses it, with everything as it was before. */
  readonly run: (detail: StatementDetail) => Promise<SqlRefusal | null>;
  /** Runs a statement in the transactions that its runner would use: what it did can not be undone afterwards. */
  readonly runLasting: (detail: StatementDetail) => Promise<SqlRefusal | null>;
  /** Those of the conditions under which it fails; nothing of the trial stays. */
  readonly tryUnder: (detail: StatementDetail, stresses: readonly Stress[]) => Promise<readonly Breaking[]>;
};

/** Only the concurrent form is barred from a transaction; the plain one does the same to rows. */
function withoutConcurrently(text: string): string {
  const word = tokensOf(text).find(
    ({ kind, start, end }) => kind === 'word' && text.slice(start, end).toLowerCase() === 'concurrently',
  );
  return word === undefined ? text : text.slice(0, word.start) + text.slice(word.end);
}

/** What stands for a statement inside the transaction; null when it is left out, because it does nothing to rows. */
function rehearsedText({ statement, report }: StatementDetail, shadow: GuardedShadow): string | null {
  if (guardOf(statement, shadow)?.kind === 'leave out') return null;
  const control = as(statement.node, 'TransactionStmt');
  if (control !== undefined) {
    return control.kind === 'TRANS_STMT_BEGIN' ||
      control.kind === 'TRANS_STMT_START' ||
      control.kind === 'TRANS_STMT_COMMIT'
      ? null
      : statement.text;
  }
  if (report.effects.transaction !== 'forbidden') return statement.text;
  const plain = withoutConcurrently(statement.text);
  return plain === statement.text ? null : plain;
}

/** Opens a rehearsal in the transaction that the database is in. Throws only `ShadowFailure`. */
export async function openRehearsal(options: {
  readonly database: ShadowDatabase;
  readonly availableExtensions: readonly string[];
  readonly target: TargetServer | null;
  readonly own: OwnNames;
  readonly signal?: CancelSignal | undefined;
}): Promise<Rehearsal> {
  const { database, availableExtensions, target, own, signal } = options;
  const standsIn = await mayStandIn(database, signal);
  const shadow: GuardedShadow = { kind: database.kind, extensions: availableExtensions, standsIn, target, own };
  const refusalFrom = async (work: Promise<void>): Promise<SqlRefusal | null> => {
    try {
      await work;
      return null;
    } catch (cause) {
      if (cause instanceof SqlFailure) return cause.refusal;
      throw cause;
    }
  };
  const refusalOf = (script: string): Promise<SqlRefusal | null> => refusalFrom(database.execute(script, signal));
  /** All that is sent for a statement, as one script. */
  const scriptOf = async ({ node }: Statement, text: string, more: readonly string[] = []): Promise<string> => {
    const sent = await statementToSend({ node, text }, { database, extensions: availableExtensions, standsIn }, signal);
    const parts = [sent.first, sent.text, sent.after, ...more];
    return parts.filter((part) => part !== null).join('\n;\n');
  };
  /** True while the transaction is one that the statements opened. */
  let inBlock = false;
  const back = (): Promise<void> => database.execute('rollback to savepoint lockstep_statement', signal);

  /** Runs a statement so that it is committed, unless it reaches what other databases share; why it was refused. */
  const commitOne = async ({ statement, report }: StatementDetail): Promise<SqlRefusal | null> => {
    const alone = inBlock || report.effects.transaction === 'forbidden' || 'TransactionStmt' in statement.node;
    const script = await scriptOf(statement, statement.text);
    const run = () => database.execute(script, signal);
    try {
      if (!alone) await database.execute('begin', signal);
      await run();
      if (database.kind === 'server' && (inBlock || !alone)) await requireNothingShared(database, signal);
      if (!alone) await database.execute('commit', signal);
      return null;
    } catch (cause) {
      if (!(cause instanceof SqlFailure)) throw cause;
      if (!alone) await database.execute('rollback', signal);
      if (alone || !endsTransactions(statement, cause)) return cause.refusal;
      return refusalFrom(runOutside(database, statement, run));
    }
  };

  return {
    async run(detail) {
      const text = rehearsedText(detail, shadow);
      if (text === null) return null;
      const { statement } = detail;
      const guard = guardOf(statement, shadow);
      if (guard !== null) return { sqlstate: '0A000', message: guard.message };
      const control = as(statement.node, 'TransactionStmt');
      if (control !== undefined) {
        if (control.kind === 'TRANS_STMT_ROLLBACK' || control.kind === 'TRANS_STMT_PREPARE') {
          return { sqlstate: '2D000', message: 'the statement ends the transaction in which rows are tried' };
        }
        return refusalOf(text);
      }
      await database.execute('savepoint lockstep_statement', signal);
      await hideNotNullNames(database, statement, target, signal);
      const refusal = await refusalOf(await scriptOf(statement, text, [AT_ONCE]));
      if (refusal !== null) await back();
      await database.execute('release savepoint lockstep_statement', signal);
      return refusal;
    },
    async runLasting(detail) {
      const { statement } = detail;
      const guard = guardOf(statement, shadow);
      if (guard?.kind === 'leave out') return null;
      if (guard !== null) return { sqlstate: '0A000', message: guard.message };
      // Between statements a transaction is open in which rows are read.
      if (!inBlock) await database.execute('commit', signal);
      await hideNotNullNames(database, statement, target, signal);
      const refusal = await commitOne(detail);
      if (refusal === null) inBlock = staysOpen(statement, inBlock);
      if (!inBlock && refusal === null) await database.execute('begin', signal);
      return refusal;
    },
    async tryUnder(detail, stresses) {
      const text = rehearsedText(detail, shadow);
      if (text === null || stresses.length === 0) return [];
      const script = await scriptOf(detail.statement, text, [AT_ONCE]);
      const found: Breaking[] = [];
      await database.execute('savepoint lockstep_statement', signal);
      for (const { condition, sql } of stresses) {
        // One reason is enough to tell; further conditions of the same kind would only repeat it.
        const kind = condition.replace(/ (?:holds|is) .*/s, '');
        const refused = await refusalOf(sql);
        const refusal = refused === null ? await refusalOf(script) : null;
        await back();
        const isKnown = found.some(
          (one) => one.refusal.sqlstate === refusal?.sqlstate && one.condition.startsWith(kind),
        );
        if (refusal !== null && ROWS_AT_FAULT.test(refusal.sqlstate) && !isKnown) found.push({ condition, refusal });
      }
      await database.execute('release savepoint lockstep_statement', signal);
      return found;
    },
  };
}
