import { describe, expect, test } from 'vitest';
import { connectionIdSchema, migrationIdSchema } from '../../../../shared/ids.ts';
import type { HistoryEvent, MigrationSummary } from '../../../../shared/migration.ts';
import { historyDays } from './history-filter.ts';

const now = Date.parse('2026-11-22T15:00:00');
const at = (text: string): string => new Date(text).toISOString();

const migration = (id: string, part: Partial<MigrationSummary> = {}): MigrationSummary => ({
  id: migrationIdSchema.parse(id),
  title: id,
  request: '',
  connectionId: connectionIdSchema.parse('c'),
  connectionName: 'c',
  environment: 'staging',
  createdAt: at('2026-11-21T10:00:00'),
  changedAt: at('2026-11-22T10:00:00'),
  versions: 1,
  status: 'draft',
  errors: 0,
  warnings: 0,
  ...part,
});

const event = (id: string, moment: string): HistoryEvent => ({
  at: at(moment),
  migrationId: migrationIdSchema.parse(id),
  version: 1,
  kind: 'draft saved',
  text: '',
});

const events = [
  event('a', '2026-11-21T23:59:00'),
  event('b', '2026-11-22T00:01:00'),
  event('a', '2026-11-22T14:00:00'),
  event('gone', '2026-11-12T09:00:00'),
];
const migrations = [migration('a'), migration('b', { environment: 'production', status: 'proved' })];
const any = { environment: 'any', status: 'any' } as const;

describe('the history', () => {
  test('groups events by day, newest first, across midnight', () => {
    const days = historyDays(events, migrations, any, now);
    expect(days.map(({ day, lines }) => [day, lines.map((line) => line.event.migrationId)])).toEqual([
      ['Today', ['a', 'b']],
      ['Yesterday', ['a']],
      ['12 Nov', ['gone']],
    ]);
  });

  test('keeps events of a migration that is not listed, unless a filter asks for more than is known', () => {
    expect(historyDays(events, migrations, any, now).flatMap((day) => day.lines)).toHaveLength(4);
    expect(historyDays(events, migrations, { ...any, status: 'draft' }, now).flatMap((day) => day.lines)).toHaveLength(
      2,
    );
  });

  test('filters by environment and status together', () => {
    const filter = { environment: 'production', status: 'proved' } as const;
    expect(historyDays(events, migrations, filter, now)).toMatchObject([
      { day: 'Today', lines: [{ migration: { id: 'b' } }] },
    ]);
    expect(historyDays(events, migrations, { environment: 'production', status: 'draft' }, now)).toEqual([]);
  });
});
