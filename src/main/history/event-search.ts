import type { ConnectionId } from '../../shared/ids.ts';
import { type HistoryEvent, historyEventSchema } from '../../shared/migration.ts';
import type { ReadableHistory } from './handles.ts';

/** Events are shown in pages of one window; older ones are found by searching. */
const limit = 500;

type EventRow = {
  readonly at: string;
  readonly migration_id: string;
  readonly version: number | null;
  readonly kind: string;
  readonly text: string;
};

/**
 * The timeline, newest first, at most 500 lines. With a text: only the events in which all of its words, as
 * whole words or beginnings, occur (request, SQL of a version, rules found, files written).
 */
export function searchEvents(
  history: ReadableHistory,
  { text, connectionId }: { readonly text: string; readonly connectionId: ConnectionId | null },
): readonly HistoryEvent[] {
  const match = matchExpression(text);
  return history
    .prepare<Record<string, string | number | null>, EventRow>(
      `select events.at, events.migration_id, events.version, events.kind, events.text
       from events join migrations on migrations.id = events.migration_id
       where ($connection is null or migrations.connection_id = $connection)
         and ($match is null or events.id in (select rowid from event_search where event_search match $match))
       order by events.id desc limit $limit`,
    )
    .all({ connection: connectionId, match, limit })
    .map((row) =>
      historyEventSchema.parse({
        at: row.at,
        migrationId: row.migration_id,
        version: row.version,
        kind: row.kind,
        text: row.text,
      }),
    );
}

/** Each word becomes a quoted prefix, so that nothing a person types is FTS5 syntax; null when there is no word. */
function matchExpression(text: string): string | null {
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');
}
