import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { SqlFailure, type SqlRefusal } from '../ports/sql-client.ts';
import type { StatementEffects } from '../sql/effects.ts';
import { ownNames } from '../sql/newer-names.ts';
import { as } from '../sql/nodes.ts';
import { createOffsets } from '../sql/offsets.ts';
import { parseScript, type Script, type Statement } from '../sql/parser.ts';
import { statementDetails } from '../sql/statement-report.ts';
import { batchesOf, type TransactionMode } from '../sql/transactions.ts';
import type { Direction } from '../validate/report.ts';
import { type Misprediction, mispredictions } from './mispredictions.ts';
import { hideNotNullNames } from './not-null-names.ts';
import { observeFromOutside } from './observe-from-outside.ts';
import {
  type Observation,
  observationBetween,
  type RelationsSnapshot,
  snapshotRelations,
} from './observe-relations.ts';
import type { ShadowRunReport } from './report.ts';
import { endsTransactions, runOutside } from './self-committing.ts';
import type { SessionSettings } from './shadow-session.ts';
import { requireNothingShared } from './shared-changes.ts';
import { mayStandIn, type Sent, statementToSend } from './stand-in-statement.ts';
import { guardOf } from './statement-guard.ts';
import type { TargetServer } from './target-server.ts';

export type StatementOutcome = ShadowRunReport['statements'][number];
export type StatementError = NonNullable<StatementOutcome['error']>;

/** How far a script came. `error` is that of the statement at which it stopped. */
export type ScriptOutcome = {
  readonly statements: readonly StatementOutcome[];
  readonly error: StatementError | null;
  /** What the shadow database lacks and the script asked for. */
  readonly stubbed: readonly string[];
};

export type RunScriptOptions = {
  readonly database: ShadowDatabase;
  readonly text: string;
  readonly direction: Direction;
  readonly transaction: TransactionMode;
  readonly availableExtensions: readonly string[];
  /** The server that the script is for, where the shadow would take more than it. */
  readonly target: TargetServer | null;
  /** The database as the script finds it, from which it is predicted what the statements do. */
  readonly catalog: Catalog;
  /** The session's settings, where they are not those of the catalog. */
  readonly settings: SessionSettings | null;
  /** False runs faster and reports no locks, rewrites and scans. */
  readonly observe: boolean;
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
  readonly onStatement?: ((index: number, count: number) => void) | undefined;
};

const NOTHING: Observation = { locks: [], rewrites: [], scans: [] };

/** What running a statement showed. */
type Ran = {
  readonly messages: readonly string[];
  readonly seen: Observation;
  readonly mispredicted?: readonly Misprediction[];
};

/** Debug messages that say nothing about what a statement costs. */
const NOISE = /can safely use deduplication|cannot use deduplication|^DEBUG: (?:StartTransaction|CommitTransaction)/;

/** Where a refusal stands in the user's text; the whole statement's start when the server gave no position. */
function locate(script: Script, statement: Statement, refusal: SqlRefusal): StatementError {
  const { sqlstate, message, position } = refusal;
  if (position === undefined) return { sqlstate, message, line: statement.line, column: statement.column };
  const inside = createOffsets(statement.text).fromCharacter(position - 1);
  return { sqlstate, message, ...script.offsets.lineColumn(statement.start + inside) };
}

/** Statements that no transaction may hold, or that must not be wrapped in one to be watched. */
const runsAlone = (statement: Statement, forbidden: boolean): boolean => forbidden || 'LockStmt' in statement.node;

/**
 * Runs one direction of a migration the way its runner would, and watches every statement from inside its transaction.
 * Stops at the first error, with what was not committed rolled back. Throws only `ShadowFailure`.
 */
export async function runScript(options: RunScriptOptions): Promise<ScriptOutcome> {
  const { database, direction, clock, signal } = options;
  const parsed = parseScript(options.text);
  if (!parsed.ok) {
    const { message, line, column } = parsed.error;
    const error = { sqlstate: '42601', message, line, column };
    return { statements: [outcome(direction, 0, 0, NOTHING, [], false, error)], error, stubbed: [] };
  }
  const script = parsed.value;
  const standsIn = await mayStandIn(database, signal);
  const shadow = {
    kind: database.kind,
    extensions: options.availableExtensions,
    standsIn,
    target: options.target,
    own: ownNames(options.catalog, script.statements),
  };
  const scopes = batchesOf(script.statements, options.transaction);
  const predictions = predictionsOf(script, options);
  const statements: StatementOutcome[] = [];
  const stubbed = new Set<string>();
  let inBlock = false;
  let last: RelationsSnapshot | null = null;

  const look = async (): Promise<RelationsSnapshot | null> =>
    options.observe ? snapshotRelations(database, signal) : null;

  /** Sends a statement, and what is made around it. */
  const send = async <T>({ first, text, after }: Sent, run: (text: string) => Promise<T>): Promise<T> => {
    if (first !== null) await database.execute(first, signal);
    const done = await run(text);
    if (after !== null) await database.execute(after, signal);
    return done;
  };

  /** Runs one statement in the block that is open, or in a transaction of its own. */
  const runObserved = async (statement: Statement, sent: Sent, predicted: StatementEffects): Promise<Ran> => {
    if (!inBlock) {
      await database.execute('begin', signal);
      last = null;
    }
    const hasHidden = await hideNotNullNames(database, statement, options.target, signal);
    const before = hasHidden ? await look() : (last ?? (await look()));
    const messages = await send(sent, (text) => database.observe(text, signal));
    last = await look();
    if (database.kind === 'server') await requireNothingShared(database, signal);
    if (!inBlock) await database.execute('commit', signal);
    if (before === null || last === null) return { messages, seen: NOTHING };
    const seen = withoutEmptying(statement, observationBetween(before, last));
    // Hiding a name locks the table, and what the statement locks by itself cannot be told any more.
    if (hasHidden) return { messages, seen };
    return { messages, seen, mispredicted: mispredictions(statement, predicted, seen, before) };
  };

  /** One session cannot observe it: what is said of it is what the manual says. */
  const runPlain = async (sent: Sent, predicted: StatementEffects): Promise<Ran> => ({
    messages: await send(sent, (text) => database.observe(text, signal)),
    seen: observationOf(predicted),
  });

  /** Runs one that no transaction may hold, watched from other sessions where there can be any. */
  const runAlone = async (
    statement: Statement,
    sent: Sent,
    predicted: StatementEffects,
  ): Promise<Ran & { readonly documented: boolean }> => {
    if (!options.observe || database.openSecond === undefined) {
      return { ...(await runPlain(sent, predicted)), documented: true };
    }
    const expected = observationOf(predicted);
    const watched = await runOutside(database, statement, () =>
      send(sent, (text) => observeFromOutside({ database, statement: text, expected, signal })),
    );
    const { messages, seen, before } = watched;
    return { messages, seen, mispredicted: mispredictions(statement, predicted, seen, before), documented: false };
  };

  /** Runs one inside a transaction, or without one where it turns out to end its own: nothing of the attempt stays. */
  const runInTransaction = async (
    statement: Statement,
    sent: Sent,
    predicted: StatementEffects,
  ): Promise<Ran & { readonly documented: boolean }> => {
    try {
      return { ...(await runObserved(statement, sent, predicted)), documented: false };
    } catch (cause) {
      if (inBlock || !endsTransactions(statement, cause)) throw cause;
      await rollBack(database, signal);
      return runAlone(statement, sent, predicted);
    }
  };

  if (options.transaction === 'file' && script.statements.length > 0) {
    await database.execute('begin', signal);
    inBlock = true;
  }
  for (const [index, statement] of script.statements.entries()) {
    options.onStatement?.(index, script.statements.length);
    const guard = guardOf(statement, shadow);
    if (guard?.kind === 'leave out') {
      if (guard.stubbed !== null) stubbed.add(guard.stubbed);
      statements.push(outcome(direction, index, 0, NOTHING, [`LOCKSTEP: left out, ${guard.message}`], false, null));
      continue;
    }
    const effects = predictions[index] ?? NO_EFFECTS;
    const predicted = options.observe ? { predicted: { ...observationOf(effects), unsure: effects.unsure } } : {};
    const started = clock.elapsed();
    const isTransactionControl = 'TransactionStmt' in statement.node;
    const alone = !isTransactionControl && !inBlock && runsAlone(statement, effects.transaction === 'forbidden');
    try {
      if (guard?.kind === 'refuse') throw new SqlFailure({ sqlstate: '0A000', message: guard.message });
      const sent = await statementToSend(
        statement,
        { database, extensions: options.availableExtensions, standsIn },
        signal,
      );
      const ran = alone
        ? await runAlone(statement, sent, effects)
        : isTransactionControl
          ? { ...(await runPlain(sent, effects)), documented: false }
          : await runInTransaction(statement, sent, effects);
      for (const label of sent.stubbed) stubbed.add(label);
      if (isTransactionControl) {
        inBlock = staysOpen(statement, inBlock);
        last = null;
      }
      const ms = Math.round((clock.elapsed() - started) * 10) / 10;
      const kept = ran.messages.filter((message) => !NOISE.test(message));
      statements.push({
        ...outcome(direction, index, ms, ran.seen, kept, ran.documented, null),
        ...predicted,
        ...(ran.mispredicted === undefined ? {} : { mispredicted: ran.mispredicted }),
      });
    } catch (cause) {
      if (!(cause instanceof SqlFailure)) throw cause;
      const ms = Math.round((clock.elapsed() - started) * 10) / 10;
      const error = locate(script, statement, cause.refusal);
      statements.push({ ...outcome(direction, index, ms, NOTHING, [], alone, error), ...predicted });
      await rollBack(database, signal);
      return { statements, error, stubbed: [...stubbed].sort() };
    }
  }
  const error = inBlock ? await endBlock(options, script, scopes.at(-1)?.openedBy === 'statement') : null;
  return { statements: markLast(statements, error), error, stubbed: [...stubbed].sort() };
}

/** What is predicted of each statement of a script; nothing of one that follows code that may have done anything. */
function predictionsOf(script: Script, options: RunScriptOptions): readonly StatementEffects[] {
  const { catalog, settings, database, transaction } = options;
  const details = statementDetails({
    up: script,
    down: null,
    catalog: settings === null ? catalog : { ...catalog, server: { ...catalog.server, ...settings } },
    facts: null,
    serverVersion: database.serverVersion,
    transaction,
  });
  let isKnown = true;
  return details.map(({ effects, after }) => {
    const unsure = isKnown ? effects.unsure : [...effects.unsure, 'what earlier code did is only known when it runs'];
    isKnown &&= !after().unknown;
    return { ...effects, unsure };
  });
}

/** `TRUNCATE` begins new, empty files, and builds their indexes: it writes and reads no row. */
const withoutEmptying = ({ node }: Statement, seen: Observation): Observation =>
  'TruncateStmt' in node ? { ...seen, rewrites: [], scans: [] } : seen;

const NO_EFFECTS: StatementEffects = {
  locks: [],
  rewrites: [],
  scans: [],
  transaction: 'allowed',
  indexBuilds: [],
  plannedScans: [],
  unsure: [],
};

const observationOf = ({ locks, rewrites, scans }: StatementEffects): Observation => ({
  locks: locks.map(({ relation, mode }) => ({ relation, mode })),
  rewrites,
  scans,
});

/** Whether a transaction block is open after a statement, such as a `BEGIN`, `COMMIT`, `ROLLBACK TO` … */
export function staysOpen(statement: Statement, wasOpen: boolean): boolean {
  const control = as(statement.node, 'TransactionStmt');
  switch (control?.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return true;
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_ROLLBACK':
      return control.chain === true;
    case 'TRANS_STMT_PREPARE':
      return false;
    default:
      return wasOpen;
  }
}

/** Ends the block that is open after the last statement: the runner's is committed, one the file forgot is lost. */
async function endBlock(options: RunScriptOptions, script: Script, written: boolean): Promise<StatementError | null> {
  const { database, signal } = options;
  if (written) {
    await rollBack(database, signal);
    return null;
  }
  try {
    await database.execute('commit', signal);
    return null;
  } catch (cause) {
    if (!(cause instanceof SqlFailure)) throw cause;
    await rollBack(database, signal);
    const statement = script.statements.at(-1);
    const { sqlstate, message } = cause.refusal;
    return { sqlstate, message, line: statement?.line ?? 1, column: statement?.column ?? 1 };
  }
}

async function rollBack(database: ShadowDatabase, signal: CancelSignal | undefined): Promise<void> {
  try {
    await database.execute('rollback', signal);
  } catch (cause) {
    if (!(cause instanceof SqlFailure)) throw cause;
  }
}

/** A failing commit is the error of the last statement: checks that were put off come due there. */
function markLast(statements: readonly StatementOutcome[], error: StatementError | null): readonly StatementOutcome[] {
  const last = statements.at(-1);
  return error === null || last === undefined ? statements : [...statements.slice(0, -1), { ...last, error }];
}

function outcome(
  direction: Direction,
  index: number,
  ms: number,
  seen: Observation,
  messages: readonly string[],
  documented: boolean,
  error: StatementError | null,
): StatementOutcome {
  return { direction, index, ms, ...seen, messages, documented, error };
}
