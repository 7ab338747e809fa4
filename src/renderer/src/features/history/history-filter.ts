import type { Environment } from '../../../../shared/connection-profile.ts';
import type { HistoryEvent, MigrationSummary } from '../../../../shared/migration.ts';
import { dayInWords } from '../../state/ages.ts';

export type HistoryFilter = {
  readonly environment: Environment | 'any';
  readonly status: MigrationSummary['status'] | 'any';
};

/** An event with the migration it belongs to; null when that migration is not in the list. */
export type HistoryLine = { readonly event: HistoryEvent; readonly migration: MigrationSummary | null };

/** The lines of one day, newest first. */
export type HistoryDay = { readonly day: string; readonly lines: readonly HistoryLine[] };

/** Joins events with their migrations, keeps those that pass the filter, and groups them by day, newest first. */
export function historyDays(
  events: readonly HistoryEvent[],
  migrations: readonly MigrationSummary[],
  filter: HistoryFilter,
  now: number,
): readonly HistoryDay[] {
  const byId = new Map(migrations.map((migration) => [migration.id, migration]));
  const lines = events
    .map((event): HistoryLine => ({ event, migration: byId.get(event.migrationId) ?? null }))
    .filter(
      ({ migration }) =>
        (filter.environment === 'any' || migration?.environment === filter.environment) &&
        (filter.status === 'any' || migration?.status === filter.status),
    )
    .sort((a, b) => b.event.at.localeCompare(a.event.at));
  const days = new Map<string, HistoryLine[]>();
  for (const line of lines) {
    const day = dayInWords(line.event.at, now);
    const sameDay = days.get(day);
    if (sameDay === undefined) days.set(day, [line]);
    else sameDay.push(line);
  }
  return [...days].map(([day, group]) => ({ day, lines: group }));
}
