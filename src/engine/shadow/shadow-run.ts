import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { introspectAgain } from '../introspect/introspect.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase, ShadowDatabases } from '../ports/shadow-databases.ts';
import { loadParser } from '../sql/parser.ts';
import type { TransactionModes } from '../sql/transactions.ts';
import { openClone } from './clone-catalog.ts';
import { offerDown } from './computed-down.ts';
import { mayLackSomething, partToClone } from './part-to-clone.ts';
import { extensionsNeeded, prepareFor, statementsOf } from './prepare-shadow.ts';
import { proveMigration, type ShadowProgress } from './prove-migration.ts';
import type { QueryText } from './queries/known-queries.ts';
import { rehearse, USUAL_ROWS } from './rehearse.ts';
import type { ShadowRunReport } from './report.ts';
import { shadowErrorOf } from './shadow-error.ts';
import { shadowPlace } from './shadow-place.ts';
import { targetServer } from './target-server.ts';
import { whyUnproved } from './why-unproved.ts';

/** What a shadow run needs. */
export type ShadowRunOptions = {
  /** The database to copy; null starts from an empty one. */
  readonly catalog: Catalog | null;
  readonly up: string;
  readonly down: string;
  readonly databases: ShadowDatabases;
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: ShadowProgress) => void) | undefined;
  /** What the runner does with a file; `auto` runs it as it is written. */
  readonly transaction?: TransactionModes | undefined;
  /** Synthetic rows for each table, 0 for none; default 12. */
  readonly rows?: number | undefined;
  /** Texts with queries that somebody runs, beside those that the catalog and the facts know. */
  readonly queries?: readonly QueryText[] | undefined;
  /** Seconds that the whole run may take; the adapter's default when absent. */
  readonly timeoutSeconds?: number | undefined;
  /** With more tables than this only what the migration touches is copied, where that can be told. */
  readonly manyTables?: number | undefined;
  /** `server_version_num` of the server that the migration is for, where it is not that of the catalog. */
  readonly serverVersion?: number | undefined;
};

/**
 * Runs a migration on a throw-away copy: baseline → up → down → up again, with what each statement locked, rewrote and
 * scanned, and what differs in the end. Where down is missing or does not restore, one that does is worked out and tried. A
 * migration that fails is a report; `cancelled` and `shadow.*` are errors. Of a very large database only what the
 * migration touches is copied, and the report says so; where that does not do, all of it is. Nothing of the copy is left
 * afterwards.
 */
export async function shadowRun(options: ShadowRunOptions): Promise<Result<ShadowRunReport, LockstepError>> {
  const { catalog, up, down, manyTables } = options;
  await loadParser();
  const few = catalog === null ? null : partToClone(catalog, [up, down], { manyTables });
  if (few === null) return runOnCopy(options);
  const run = await runOnCopy({ ...options, catalog: few.catalog });
  if (!run.ok || mayLackSomething(run.value)) return runOnCopy(options);
  const { clone, queries } = run.value;
  return ok({
    ...run.value,
    clone: { ...clone, fidelity: 'partial', part: few.part },
    // A query that asks for what was left out says nothing about the migration.
    queries: queries === null ? null : { ...queries, notCheckable: [] },
  });
}

async function runOnCopy(options: ShadowRunOptions): Promise<Result<ShadowRunReport, LockstepError>> {
  const { catalog, up, down, databases, clock, signal, onProgress, timeoutSeconds } = options;
  const started = clock.elapsed();
  let database: ShadowDatabase | null = null;
  try {
    onProgress?.({ step: 'start', statement: null });
    const extensions = extensionsNeeded(catalog, [up, down]);
    const clone = await openClone({
      databases,
      catalog,
      extensions,
      clock,
      signal,
      timeoutSeconds,
      onOpen: () => onProgress?.({ step: 'clone', statement: null }),
    });
    database = clone.database;
    const prepared = await prepareFor(database, [up, down], databases.availableExtensions, signal);
    // A language or wrapper that stands in is part of the database now, and no difference.
    const isAsCloned = prepared.every((label) => label.startsWith('role '));
    const baseline = isAsCloned
      ? clone.baseline
      : await introspectAgain(database, clone.baseline, { clock, facts: false, signal });
    const rules = {
      up,
      transaction: options.transaction ?? 'auto',
      settings: catalog?.server ?? null,
      availableExtensions: databases.availableExtensions,
      target: targetServer({ named: options.serverVersion, catalog, ups: statementsOf([up]), shadow: database }),
      clock,
      signal,
    };
    onProgress?.({ step: 'rows', statement: null });
    const rehearsed = await rehearse({
      ...rules,
      database,
      baseline: baseline.catalog,
      facts: catalog?.facts ?? null,
      down,
      rows: options.rows ?? USUAL_ROWS,
      queries: options.queries,
      timeoutSeconds,
    });
    if (rehearsed.isGone) {
      await database.close();
      database = (await openClone({ databases, catalog, extensions, clock, signal, timeoutSeconds })).database;
      await prepareFor(database, [up, down], databases.availableExtensions, signal);
    }
    const proof = await proveMigration({ ...rules, database, baseline, down, onProgress });
    let computedDown: ShadowRunReport['computedDown'] = null;
    if (!proof.restored && proof.failed !== 'up') {
      await database.close();
      const again = await openClone({ databases, catalog, extensions, clock, signal, timeoutSeconds });
      database = again.database;
      await prepareFor(database, [up], databases.availableExtensions, signal);
      computedDown = await offerDown({ ...rules, database, baseline: again.baseline });
    }
    const { steps, restored, columnOrder, differences, statements } = proof;
    const stubbed = [...clone.report.stubbed, ...prepared, ...proof.stubbed].sort();
    const unproved = whyUnproved(steps, stubbed);
    return ok({
      version: 1,
      shadow: shadowPlace(database, rules.target),
      clone: { ...clone.report, stubbed },
      steps,
      restored,
      ...(unproved === undefined ? {} : { unproved }),
      columnOrder,
      differences,
      statements,
      data: rehearsed.data,
      queries: rehearsed.queries,
      computedDown,
      elapsedMs: Math.round(clock.elapsed() - started),
    });
  } catch (cause) {
    return err(shadowErrorOf(cause, signal));
  } finally {
    await database?.close();
  }
}
