import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { introspectAgain, type Reading } from '../introspect/introspect.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase, ShadowDatabases } from '../ports/shadow-databases.ts';
import { loadParser } from '../sql/parser.ts';
import { modeOf, type TransactionModes } from '../sql/transactions.ts';
import { openClone } from './clone-catalog.ts';
import { offerDown } from './computed-down.ts';
import { extensionsNeeded, prepareFor, statementsOf } from './prepare-shadow.ts';
import { type Proof, proveMigration, type ShadowProgress } from './prove-migration.ts';
import type { QueryText } from './queries/known-queries.ts';
import { type Rehearsed, rehearse, USUAL_ROWS } from './rehearse.ts';
import type { ShadowRunReport } from './report.ts';
import { runScript, type ScriptOutcome } from './run-script.ts';
import { shadowErrorOf } from './shadow-error.ts';
import { shadowPlace } from './shadow-place.ts';
import { beginSession, checkAlive } from './shadow-session.ts';
import { type TargetServer, targetServer } from './target-server.ts';
import { whyUnproved } from './why-unproved.ts';

/** A migration of a chain, by its texts; `down` is null where there is none. */
export type ChainMigration = {
  readonly name: string;
  readonly up: string;
  readonly down: string | null;
  /** What the runner does with its files; `auto` runs them as they are written. */
  readonly transaction?: TransactionModes | undefined;
};

/** A migration with its proof. */
export type ChainLink = { readonly name: string; readonly result: ShadowRunReport };

/** What a chain needs. */
export type ShadowChainOptions = {
  /** The database that the chain starts from; null is an empty one. */
  readonly catalog: Catalog | null;
  /** In the order in which they are applied. */
  readonly migrations: readonly ChainMigration[];
  readonly databases: ShadowDatabases;
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: ShadowProgress & { readonly name: string }) => void) | undefined;
  /** True goes on with the next migration after one whose up fails. */
  readonly continueAfterFailure?: boolean | undefined;
  /** Synthetic rows for each table, 0 for none; default 12. */
  readonly rows?: number | undefined;
  /** Texts with queries that somebody runs, beside those that the catalog and the facts know. */
  readonly queries?: readonly QueryText[] | undefined;
  /** Seconds that the proof of one migration may take; default 60. */
  readonly timeoutSeconds?: number | undefined;
  /** `server_version_num` of the server that the migrations are for, where it is not that of the catalog. */
  readonly serverVersion?: number | undefined;
  /** Called with what all ups left; not where one failed. */
  readonly onEnd?: ((end: Catalog) => void) | undefined;
};

const transactionOf = ({ transaction }: ChainMigration): TransactionModes => transaction ?? 'auto';

/** The copy that the chain works on, and whether only ups have run on it since it was made. */
type Stage = {
  readonly database: ShadowDatabase;
  readonly clone: ShadowRunReport['clone'];
  readonly baseline: Reading;
  readonly target: TargetServer | null;
  readonly untouched: boolean;
};

/**
 * Replays migrations in order on one throw-away copy: each is proved as `shadowRun` does and then left applied. A down
 * may lose rows that a later up needs, or restore something else than it should; the copy is then made again from the ups
 * alone, so that no migration is judged by what the proof of an earlier one left behind. For a down that does not restore
 * another is worked out; a migration without a down is taken as meant so.
 */
export async function shadowChain(options: ShadowChainOptions): Promise<Result<readonly ChainLink[], LockstepError>> {
  const { catalog, migrations, databases, clock, signal } = options;
  const seconds = options.timeoutSeconds ?? 60;
  const settings = catalog?.server ?? null;
  const ups = migrations.map(({ up }) => up);
  const texts = [...ups, ...migrations.map(({ down }) => down ?? '')];
  let current: ShadowDatabase | null = null;

  /** Runs an up without watching it. */
  const replay = async (
    database: ShadowDatabase,
    from: Catalog,
    target: TargetServer | null,
    migration: ChainMigration,
  ): Promise<ScriptOutcome> => {
    database.limit(seconds);
    await beginSession(database, settings, signal);
    return runScript({
      database,
      text: migration.up,
      direction: 'up',
      transaction: modeOf(transactionOf(migration), 'up'),
      availableExtensions: databases.availableExtensions,
      target,
      catalog: from,
      settings,
      observe: false,
      clock,
      signal,
    });
  };

  /** A new copy with the given ups applied; nothing of it has seen a down. */
  const build = async (applied: readonly ChainMigration[]): Promise<Stage> => {
    await current?.close();
    current = null;
    const clone = await openClone({
      databases,
      catalog,
      extensions: extensionsNeeded(catalog, texts),
      clock,
      signal,
      timeoutSeconds: seconds,
    });
    const { database } = clone;
    current = database;
    const prepared = await prepareFor(database, texts, databases.availableExtensions, signal);
    const target = targetServer({ named: options.serverVersion, catalog, ups: statementsOf(ups), shadow: database });
    for (const migration of applied) await replay(database, clone.baseline.catalog, target, migration);
    await checkAlive(database, signal);
    await beginSession(database, null, signal);
    // A language or wrapper that stands in is part of the database now, and no difference.
    const isAsCloned = applied.length === 0 && prepared.every((label) => label.startsWith('role '));
    const baseline = isAsCloned
      ? clone.baseline
      : await introspectAgain(database, clone.baseline, { clock, facts: false, signal });
    const stubbed = [...clone.report.stubbed, ...prepared].sort();
    return { database, clone: { ...clone.report, stubbed }, baseline, target, untouched: true };
  };

  const prove = async (stage: Stage, migration: ChainMigration): Promise<Proof> => {
    stage.database.limit(seconds);
    return proveMigration({
      database: stage.database,
      baseline: stage.baseline,
      up: migration.up,
      down: migration.down ?? '',
      transaction: transactionOf(migration),
      settings,
      availableExtensions: databases.availableExtensions,
      target: stage.target,
      clock,
      signal,
      onProgress: (progress) => options.onProgress?.({ name: migration.name, ...progress }),
    });
  };

  /** Runs an up on a copy and reads what it leaves; null when it fails. */
  const applyUp = async ({ database, baseline, target }: Stage, migration: ChainMigration): Promise<Reading | null> => {
    const { error } = await replay(database, baseline.catalog, target, migration);
    await beginSession(database, null, signal);
    return error === null ? introspectAgain(database, baseline, { clock, facts: false, signal }) : null;
  };

  const rehearseOn = async (stage: Stage, migration: ChainMigration): Promise<Rehearsed> =>
    rehearse({
      database: stage.database,
      baseline: stage.baseline.catalog,
      facts: catalog?.facts ?? null,
      up: migration.up,
      down: migration.down ?? '',
      transaction: transactionOf(migration),
      settings,
      availableExtensions: databases.availableExtensions,
      target: stage.target,
      rows: options.rows ?? USUAL_ROWS,
      queries: options.queries,
      timeoutSeconds: seconds,
      signal,
    });

  try {
    await loadParser();
    const links: ChainLink[] = [];
    const applied: ChainMigration[] = [];
    const missing: string[] = [];
    /** Migrations that are not applied, because they could not be proved. */
    const unapplied: string[] = [];
    let stage = await build([]);
    for (const migration of migrations) {
      const started = clock.elapsed();
      let rehearsed = await rehearseOn(stage, migration);
      if (rehearsed.isGone) stage = await build(applied);
      let proof = await prove(stage, migration);
      if (proof.failed !== null && !stage.untouched) {
        stage = await build(applied);
        if (!rehearsed.isGone) rehearsed = await rehearseOn(stage, migration);
        if (rehearsed.isGone) stage = await build(applied);
        proof = await prove(stage, migration);
      }
      let computedDown: ShadowRunReport['computedDown'] = null;
      if (!proof.restored && proof.failed !== 'up' && migration.down !== null) {
        stage = await build(applied);
        computedDown = await offerDown({
          database: stage.database,
          baseline: stage.baseline,
          up: migration.up,
          transaction: transactionOf(migration),
          settings,
          availableExtensions: databases.availableExtensions,
          target: stage.target,
          clock,
          signal,
        });
        // Back at the baseline: up leads to where the next migration starts from.
        const again = computedDown?.restored === true ? await applyUp(stage, migration) : null;
        const isThere = again?.catalog.portableFingerprint === proof.afterUp?.catalog.portableFingerprint;
        proof = { ...proof, endsInUp: isThere ? again : null };
      }
      const isFirst = links.length === 0;
      missing.push(...(isFirst ? stage.clone.stubbed : []), ...proof.stubbed);
      const unproved = whyUnproved(proof.steps, missing, unapplied);
      if (unproved !== undefined && proof.failed === 'up') unapplied.push(migration.name);
      const clone = isFirst ? stage.clone : { ms: 0, fidelity: 'exact' as const, differences: [], stubbed: [] };
      links.push({
        name: migration.name,
        result: {
          version: 1,
          shadow: shadowPlace(stage.database, stage.target),
          clone: { ...clone, stubbed: [...clone.stubbed, ...proof.stubbed].sort() },
          steps: proof.steps,
          restored: proof.restored,
          ...(unproved === undefined ? {} : { unproved }),
          columnOrder: proof.columnOrder,
          differences: proof.differences,
          statements: proof.statements,
          data: rehearsed.data,
          queries: rehearsed.queries,
          computedDown,
          elapsedMs: Math.round(clock.elapsed() - started),
        },
      });
      if (proof.failed === 'up') {
        if (options.continueAfterFailure !== true) break;
      } else {
        applied.push(migration);
      }
      const isNeeded = links.length < migrations.length || options.onEnd !== undefined;
      if (proof.endsInUp !== null) stage = { ...stage, baseline: proof.endsInUp, untouched: false };
      else if (isNeeded) stage = await build(applied);
    }
    if (applied.length === migrations.length) options.onEnd?.(stage.baseline.catalog);
    return ok(links);
  } catch (cause) {
    return err(shadowErrorOf(cause, signal));
  } finally {
    // Assigned inside `build`, which the compiler does not follow.
    await (current as ShadowDatabase | null)?.close();
  }
}
