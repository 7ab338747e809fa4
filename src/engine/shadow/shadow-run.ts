import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase, ShadowDatabases } from '../ports/shadow-databases.ts';
import { loadParser } from '../sql/parser.ts';
import type { TransactionMode } from '../sql/transactions.ts';
import { openClone } from './clone-catalog.ts';
import { extensionsNeeded, prepareFor } from './prepare-shadow.ts';
import { proveMigration, type ShadowProgress } from './prove-migration.ts';
import type { ShadowRunReport } from './report.ts';
import { shadowErrorOf } from './shadow-error.ts';

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
  readonly transaction?: TransactionMode | undefined;
  /** Seconds that the whole run may take; the adapter's default when absent. */
  readonly timeoutSeconds?: number | undefined;
};

/**
 * Runs a migration on a throw-away copy: baseline → up → down → up again, with what each statement locked, rewrote and
 * scanned, and what differs in the end. A migration that fails is a report; `cancelled` and `shadow.*` are errors. Nothing
 * of the copy is left afterwards.
 */
export async function shadowRun(options: ShadowRunOptions): Promise<Result<ShadowRunReport, LockstepError>> {
  const { catalog, up, down, databases, clock, signal, onProgress, timeoutSeconds } = options;
  const started = clock.elapsed();
  let database: ShadowDatabase | null = null;
  try {
    await loadParser();
    onProgress?.({ step: 'start', statement: null });
    const clone = await openClone({
      databases,
      catalog,
      extensions: extensionsNeeded(catalog, [up, down]),
      clock,
      signal,
      timeoutSeconds,
      onOpen: () => onProgress?.({ step: 'clone', statement: null }),
    });
    database = clone.database;
    const prepared = await prepareFor(database, [up, down], signal);
    const proof = await proveMigration({
      database,
      baseline: clone.baseline,
      up,
      down,
      transaction: options.transaction ?? 'auto',
      settings: catalog?.server ?? null,
      availableExtensions: databases.availableExtensions,
      clock,
      signal,
      onProgress,
    });
    const { steps, restored, columnOrder, differences, statements, stubbed } = proof;
    return ok({
      version: 1,
      shadow: { kind: database.kind, version: database.serverVersion },
      clone: { ...clone.report, stubbed: [...clone.report.stubbed, ...prepared, ...stubbed].sort() },
      steps,
      restored,
      columnOrder,
      differences,
      statements,
      data: null,
      queries: null,
      elapsedMs: Math.round(clock.elapsed() - started),
    });
  } catch (cause) {
    return err(shadowErrorOf(cause, signal));
  } finally {
    await database?.close();
  }
}
