import { columnOrderAttribute } from '../catalog/canonical-shapes.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { compareCatalogs } from '../catalog/compare.ts';
import { portableFingerprint } from '../catalog/fingerprint.ts';
import { type Ignorable, whatCopiesDifferIn } from '../catalog/ignorable.ts';
import { introspectAgain, type Reading } from '../introspect/introspect.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { modeOf, type TransactionModes } from '../sql/transactions.ts';
import type { Direction } from '../validate/report.ts';
import { asOnTarget } from './as-on-target.ts';
import { differencesToUndo, readCircumstances } from './differences-to-undo.ts';
import type { ShadowRunReport, ShadowStepName } from './report.ts';
import { runScript, type ScriptOutcome } from './run-script.ts';
import { beginSession, checkAlive, type SessionSettings } from './shadow-session.ts';
import type { TargetServer } from './target-server.ts';

/** What a shadow run is busy with; `statement` is null between statements. */
export type ShadowProgress = {
  readonly step: 'start' | 'clone' | 'rows' | ShadowStepName;
  readonly statement: { readonly direction: Direction; readonly index: number; readonly count: number } | null;
};

type Step = ShadowRunReport['steps'][number];

/** The part of a report that the four steps give, and where they left the database. */
export type Proof = {
  readonly steps: readonly Step[];
  readonly restored: boolean;
  readonly columnOrder: ShadowRunReport['columnOrder'];
  readonly differences: ShadowRunReport['differences'];
  readonly statements: ShadowRunReport['statements'];
  readonly stubbed: readonly string[];
  /** The step that failed; null when all four ran. */
  readonly failed: 'up' | 'down' | 'up-again' | null;
  /** The reading after the first up; null when that failed. */
  readonly afterUp: Reading | null;
  /** The reading in the end, when that is the state after up; null when it is not. */
  readonly endsInUp: Reading | null;
};

export type ProveOptions = {
  readonly database: ShadowDatabase;
  readonly baseline: Reading;
  readonly up: string;
  readonly down: string;
  readonly transaction: TransactionModes;
  readonly settings: SessionSettings | null;
  readonly availableExtensions: readonly string[];
  readonly target: TargetServer | null;
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: ShadowProgress) => void) | undefined;
};

/** That of a catalog that was just read. */
const portableFingerprintOf = (catalog: Catalog): string => catalog.portableFingerprint ?? portableFingerprint(catalog);

/** As between copies, but with the order of columns. */
const withColumnOrder: readonly Ignorable[] = whatCopiesDifferIn.filter((each) => each !== 'column-order');

/**
 * Baseline → up → down → up again on a database that has the baseline. Steps after a failing one are not run; the failing
 * one is in the report with the state that it left. Throws only `ShadowFailure`.
 */
export async function proveMigration(options: ProveOptions): Promise<Proof> {
  const { database, baseline, clock, signal, onProgress } = options;
  const fingerprintOf = (catalog: Catalog): string => portableFingerprintOf(asOnTarget(catalog, options.target));
  const baselineFingerprint = fingerprintOf(baseline.catalog);
  const steps: Step[] = [{ name: 'baseline', fingerprint: baselineFingerprint, equalTo: null, ms: 0 }];
  const statements: ShadowRunReport['statements'][number][] = [];
  const circumstances = await readCircumstances(database, options.target, signal);
  const stubbed = new Set<string>();
  let upFingerprint: string | null = null;
  let afterUp: Reading | null = null;

  /** Runs one direction in a new session and reads the catalog that it leaves. */
  const step = async (
    name: Exclude<ShadowStepName, 'baseline'>,
    direction: Direction,
    before: Reading,
    observe: boolean,
  ): Promise<{ readonly script: ScriptOutcome; readonly after: Reading; readonly fingerprint: string }> => {
    onProgress?.({ step: name, statement: null });
    await beginSession(database, options.settings, signal);
    const started = clock.elapsed();
    const script = await runScript({
      database,
      text: direction === 'up' ? options.up : options.down,
      direction,
      transaction: modeOf(options.transaction, direction),
      availableExtensions: options.availableExtensions,
      target: options.target,
      catalog: before.catalog,
      settings: options.settings,
      observe,
      clock,
      signal,
      onStatement: (index, count) => onProgress?.({ step: name, statement: { direction, index, count } }),
    });
    const ms = Math.round(clock.elapsed() - started);
    await checkAlive(database, signal);
    await beginSession(database, null, signal);
    const after = await introspectAgain(database, before, { clock, facts: false, signal });
    const fingerprint = fingerprintOf(after.catalog);
    const equalTo = fingerprint === baselineFingerprint ? 'baseline' : fingerprint === upFingerprint ? 'up' : null;
    const { error } = script;
    steps.push({ name, fingerprint, equalTo, ms, ...(error === null ? {} : { error }) });
    for (const label of script.stubbed) stubbed.add(label);
    return { script, after, fingerprint };
  };
  const proof = (end: Reading, failed: Proof['failed'], endsInUp: Reading | null): Proof => {
    const [before, after] = [baseline.catalog, end.catalog];
    const differences = differencesToUndo(before, after, circumstances);
    const isSame = before.fingerprint === after.fingerprint;
    const inOrder = isSame ? [] : compareCatalogs(before, after, { ignore: withColumnOrder });
    return {
      steps,
      restored: failed !== 'up' && failed !== 'down' && differences.length === 0,
      columnOrder: inOrder.some(({ attribute }) => attribute === columnOrderAttribute) ? 'changed' : 'same',
      differences,
      statements,
      stubbed: [...stubbed].sort(),
      failed,
      afterUp: failed === 'up' ? null : afterUp,
      endsInUp,
    };
  };

  const up = await step('up', 'up', baseline, true);
  statements.push(...up.script.statements);
  if (up.script.error !== null) return proof(up.after, 'up', null);
  upFingerprint = up.fingerprint;
  afterUp = up.after;

  const down = await step('down', 'down', up.after, true);
  statements.push(...down.script.statements);
  if (down.script.error !== null) return proof(down.after, 'down', null);

  // Without a down there is nothing to do up again: the database still is as up left it.
  if (down.script.statements.length === 0) return proof(down.after, null, up.after);

  const again = await step('up-again', 'up', down.after, false);
  if (again.script.error !== null) return proof(down.after, 'up-again', null);
  return proof(down.after, null, again.fingerprint === up.fingerprint ? again.after : null);
}
