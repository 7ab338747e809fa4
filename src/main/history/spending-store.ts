import type { MigrationId } from '../../shared/ids.ts';
import type { ReadableHistory, WritableHistory } from './handles.ts';

/** Records what requests to a model cost, also when their reply could not be used. */
export function recordSpending(
  history: WritableHistory,
  spending: { readonly at: string; readonly dollars: number; readonly migrationId: MigrationId },
): void {
  history
    .prepare('insert into spending (at, dollars, migration_id) values (?, ?, ?)')
    .run(spending.at, spending.dollars, spending.migrationId);
}

/** Dollars spent in the calendar month (UTC) of the given time. */
export function spentInMonth(history: ReadableHistory, now: string): number {
  const row = history
    .prepare<[string], { dollars: number }>(
      'select coalesce(sum(dollars), 0.0) as dollars from spending where substr(at, 1, 7) = ?',
    )
    .get(now.slice(0, 7));
  return row?.dollars ?? 0;
}
