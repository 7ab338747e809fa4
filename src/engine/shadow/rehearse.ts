import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { SqlFailure } from '../ports/sql-client.ts';
import { modeOf, type TransactionModes } from '../sql/transactions.ts';
import { checkQueries } from './queries/check-queries.ts';
import type { QueryText } from './queries/known-queries.ts';
import type { ShadowRunReport } from './report.ts';
import { type RowsTrial, tryWithRows } from './rows/try-with-rows.ts';
import type { SessionSettings } from './shadow-session.ts';
import type { TargetServer } from './target-server.ts';

/** What a rehearsal needs. The database has the baseline, and has it still afterwards. */
export type RehearseOptions = {
  readonly database: ShadowDatabase;
  readonly baseline: Catalog;
  readonly facts: Facts | null;
  readonly up: string;
  readonly down: string;
  readonly transaction: TransactionModes;
  readonly settings: SessionSettings | null;
  readonly availableExtensions: readonly string[];
  readonly target: TargetServer | null;
  /** Synthetic rows for each table; 0 tries none. */
  readonly rows: number;
  /** Texts with queries that somebody runs, beside those that the catalog and the facts know. */
  readonly queries?: readonly QueryText[] | undefined;
  /** Seconds that the whole run may take; the adapter's default when absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: CancelSignal | undefined;
};

/** What the rehearsal showed. `isGone` says that the database did not survive it and has to be opened again. */
export type Rehearsed = Pick<ShadowRunReport, 'data' | 'queries'> & { readonly isGone: boolean };

/** Synthetic rows for each table unless told otherwise. */
export const USUAL_ROWS = 12;

/** No rows were wanted. */
const NOT_TRIED: RowsTrial = { data: null, isGone: false };

/** Rows may send a migration round in circles that it walks on an empty copy; the proof still has its time then. */
const SECONDS = 20;

/**
 * Prepares the known queries before and after up, and runs up and down over synthetic rows, in transactions that are
 * rolled back, so that the proof afterwards begins from the same baseline. Throws `ShadowFailure` only when the run was cancelled.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsed> {
  const { database, baseline, timeoutSeconds, signal } = options;
  let data: ShadowRunReport['data'] = null;
  let queries: ShadowRunReport['queries'] = null;
  try {
    database.limit(timeoutSeconds === undefined ? SECONDS : Math.min(SECONDS, timeoutSeconds / 2));
    queries = await checkQueries({
      ...options,
      transaction: modeOf(options.transaction, 'up'),
      catalog: baseline,
      texts: options.queries ?? [],
    });
    const tried = options.rows > 0 ? await tryWithRows({ ...options, catalog: baseline }) : NOT_TRIED;
    database.limit(timeoutSeconds);
    return { ...tried, queries };
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    if (cause instanceof SqlFailure) {
      // What the rehearsal asks for itself was refused: the rows are not tried, and the report says so.
      data ??= { rowsSeeded: 0, lost: [], notSeeded: [{ table: '*', reason: cause.message }] };
    } else if (!(cause instanceof ShadowFailure) || cause.error.code === 'cancelled') throw cause;
    return { data, queries, isGone: true };
  }
}
