import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import type { TransactionMode } from '../sql/transactions.ts';
import type { ShadowRunReport } from './report.ts';
import { tryWithRows } from './rows/try-with-rows.ts';
import type { SessionSettings } from './shadow-session.ts';

/** What a rehearsal needs. The database has the baseline, and has it still afterwards. */
export type RehearseOptions = {
  readonly database: ShadowDatabase;
  readonly baseline: Catalog;
  readonly facts: Facts | null;
  readonly up: string;
  readonly down: string;
  readonly transaction: TransactionMode;
  readonly settings: SessionSettings | null;
  readonly availableExtensions: readonly string[];
  /** Synthetic rows for each table; 0 tries none. */
  readonly rows: number;
  /** Seconds that the whole run may take; the adapter's default when absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: CancelSignal | undefined;
};

/** What the rehearsal showed. `isGone` says that the database did not survive it and has to be opened again. */
export type Rehearsed = Pick<ShadowRunReport, 'data' | 'queries'> & { readonly isGone: boolean };

/** Synthetic rows for each table unless told otherwise. */
export const USUAL_ROWS = 12;

/** Rows may send a migration round in circles that it walks on an empty copy; the proof still has its time then. */
const SECONDS = 20;

/**
 * Runs up and down over synthetic rows, in a transaction that is rolled back, so that the proof afterwards begins from
 * the same baseline. Throws `ShadowFailure` only when the run was cancelled.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsed> {
  const { database, baseline, timeoutSeconds, signal } = options;
  if (options.rows === 0) return { data: null, queries: null, isGone: false };
  try {
    database.limit(timeoutSeconds === undefined ? SECONDS : Math.min(SECONDS, timeoutSeconds / 2));
    const data = await tryWithRows({ ...options, catalog: baseline });
    database.limit(timeoutSeconds);
    return { data, queries: null, isGone: false };
  } catch (cause) {
    if (!(cause instanceof ShadowFailure) || cause.error.code === 'cancelled' || signal?.aborted === true) throw cause;
    return { data: null, queries: null, isGone: true };
  }
}
