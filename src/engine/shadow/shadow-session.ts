import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { SqlFailure } from '../ports/sql-client.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { literal, sql, toText } from '../sql/sql.ts';

/** The settings of a session on the source that change what a migration does. */
export type SessionSettings = Pick<Catalog['server'], 'searchPath' | 'timeZone'>;

/** SQL that sets the search path of the source; nothing where there is none. */
export const setSearchPath = (settings: SessionSettings | null): string =>
  settings === null
    ? ''
    : toText(
        sql`select pg_catalog.set_config('search_path', ${literal(settings.searchPath.map(quoteIdentifier).join(', '))}, false)`,
      );

/**
 * Gives the database's only session the state of a new connection to the source: what an earlier script set, prepared or
 * locked is gone. Messages down to the first level of debugging are sent from now on.
 */
export async function beginSession(
  database: ShadowDatabase,
  settings: SessionSettings | null,
  signal?: CancelSignal,
): Promise<void> {
  await database.execute('discard all', signal);
  await database.execute('set client_min_messages = debug1', signal);
  if (settings === null) return;
  await database.query(setSearchPath(settings), [], signal);
  try {
    await database.query(
      toText(sql`select pg_catalog.set_config('TimeZone', ${literal(settings.timeZone)}, false)`),
      [],
      signal,
    );
  } catch (cause) {
    // A zone that only the source's operating system knows; the default does then.
    if (!(cause instanceof SqlFailure)) throw cause;
  }
}

/** The failure of a session that answers nothing any more. */
export const exhausted = (): ShadowFailure =>
  new ShadowFailure({ code: 'shadow.crashed', reason: 'a statement exhausted the stack of the engine' });

/**
 * Asks a question with one right answer. A stack overflow inside the engine can end a statement without any error and
 * leave a session that answers nothing: throws `ShadowFailure` then.
 */
export async function checkAlive(database: ShadowDatabase, signal?: CancelSignal): Promise<void> {
  let answer: unknown;
  try {
    const [row] = await database.query('select 42 as answer', [], signal);
    answer = row?.['answer'];
  } catch (cause) {
    if (!(cause instanceof SqlFailure)) throw cause;
    throw new ShadowFailure({ code: 'shadow.crashed', reason: cause.message });
  }
  if (answer !== 42) throw exhausted();
}
