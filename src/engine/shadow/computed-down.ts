import type { Catalog } from '../catalog/catalog.ts';
import { changeCatalog } from '../catalog/change/change-catalog.ts';
import { scriptText } from '../catalog/change/change-script.ts';
import type { Difference } from '../catalog/difference.ts';
import { introspectAgain, type Reading } from '../introspect/introspect.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { modeOf, type TransactionModes } from '../sql/transactions.ts';
import { writtenForTarget } from './as-on-target.ts';
import { differencesToUndo, readCircumstances } from './differences-to-undo.ts';
import { type ObjectIdentity, readIdentities } from './object-identities.ts';
import { renamesBack } from './renames-back.ts';
import type { ShadowRunReport } from './report.ts';
import { runScript, type ScriptOutcome, type StatementError } from './run-script.ts';
import { beginSession, checkAlive, type SessionSettings } from './shadow-session.ts';
import type { TargetServer } from './target-server.ts';

/** A down that Lockstep worked out, and what running it showed. */
export type ComputedDown = {
  /** The whole text; what a statement loses stands above it as a comment. */
  readonly sql: string;
  /** True when the database was as before the up after it ran, the order of columns aside. */
  readonly restored: boolean;
  /** What is lost or does not come back, in words. */
  readonly loses: readonly string[];
  /** Why it stopped; null when it ran to its end. */
  readonly error: StatementError | null;
  readonly differences: readonly Difference[];
};

export type ComputeDownOptions = {
  /** Has the baseline. Its state afterwards is not to be used. */
  readonly database: ShadowDatabase;
  readonly baseline: Reading;
  /** The server that the down is for; null when it is like the shadow database. */
  readonly target: TargetServer | null;
  readonly up: string;
  readonly transaction: TransactionModes;
  readonly settings: SessionSettings | null;
  readonly availableExtensions: readonly string[];
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
};

/**
 * Runs up, works out from the catalogs before and after it the statements that lead back, runs them and compares. What up
 * renamed is known by the server's own numbers, so that it is renamed back and keeps its rows. Null when up fails. Throws
 * only `ShadowFailure`.
 */
export async function computeDown(options: ComputeDownOptions): Promise<ComputedDown | null> {
  const { database, baseline, clock, signal } = options;
  const before = await readIdentities(database, signal);
  const up = await run(options, options.up, 'up', baseline);
  if (up.error !== null) return null;
  const after = await introspectAgain(database, baseline, { clock, facts: false, signal });
  return downFrom({ ...options, after, before });
}

/** A down that is right because there is nothing for it to do. */
const NOTHING = '-- The up leaves the schema as it was: there is nothing to take back.\n';

/** What a report says of a computed down; null when the shadow database gave up on it. */
export async function offerDown(options: ComputeDownOptions): Promise<ShadowRunReport['computedDown']> {
  try {
    const down = await computeDown(options);
    if (down === null || (down.sql === '' && !down.restored)) return null;
    return { sql: down.sql === '' ? NOTHING : down.sql, restored: down.restored, loses: down.loses };
  } catch (cause) {
    // The proof stands without it; a run that was cancelled ends.
    if (!(cause instanceof ShadowFailure) || options.signal?.aborted === true) throw cause;
    return null;
  }
}

/** The same from a database on which up has run already. `before` holds the identities from before it. */
export async function downFrom(
  options: Omit<ComputeDownOptions, 'up'> & {
    readonly after: Reading;
    readonly before: ReadonlyMap<string, ObjectIdentity>;
  },
): Promise<ComputedDown> {
  const { database, baseline, clock, signal } = options;
  await beginSession(database, null, signal);
  const circumstances = await readCircumstances(database, options.target, signal);
  const renames = renamesBack(options.before, await readIdentities(database, signal));
  let { after } = options;
  const renaming = renames.map((statement) => `${statement};\n`).join('');
  if (renames.length > 0) {
    const renamed = await run(options, renaming, 'down', after);
    if (renamed.error !== null) return failed(renaming, renamed.error);
    after = await introspectAgain(database, after, { clock, facts: false, signal });
  }
  const serverVersion = options.target === null ? database.serverVersion : options.target.major * 10_000;
  const [from, to] = [after, baseline].map(({ catalog }) => writtenForTarget(catalog, options.target)) as [
    Catalog,
    Catalog,
  ];
  const script = changeCatalog(from, to, { back: true, serverVersion });
  const rest = scriptText(script);
  const down = await run(options, rest, 'down', after);
  const end = await introspectAgain(database, after, { clock, facts: false, signal });
  const differences = differencesToUndo(baseline.catalog, end.catalog, circumstances);
  return {
    sql: renaming + rest,
    restored: down.error === null && differences.length === 0,
    loses: script.statements.flatMap(({ loses }) => (loses === null ? [] : [loses.what])),
    error: down.error,
    differences,
  };
}

const failed = (sql: string, error: StatementError): ComputedDown => ({
  sql,
  restored: false,
  loses: [],
  error,
  differences: [],
});

async function run(
  options: Omit<ComputeDownOptions, 'up'>,
  text: string,
  direction: 'up' | 'down',
  { catalog }: Reading,
): Promise<ScriptOutcome> {
  const { database, signal } = options;
  await beginSession(database, options.settings, signal);
  const outcome = await runScript({
    database,
    text,
    direction,
    transaction: modeOf(options.transaction, direction),
    availableExtensions: options.availableExtensions,
    target: options.target,
    catalog,
    settings: options.settings,
    observe: false,
    clock: options.clock,
    signal,
  });
  await checkAlive(database, signal);
  await beginSession(database, null, signal);
  return outcome;
}
