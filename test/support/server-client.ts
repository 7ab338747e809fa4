import pg from 'pg';
import { SqlFailure } from '../../src/engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';
import type { EmbeddedClient } from './embedded-client.ts';

/** A session on a real server that takes what one on the embedded PostgreSQL takes. */
export type ServerClient = Pick<EmbeddedClient, 'query' | 'execute' | 'close'>;

/** Opens a session; what the server says beside its answers is not looked at. */
export async function openServerClient({ host, port, database, user }: ConnectionSettings): Promise<ServerClient> {
  const client = new pg.Client({ host, port, database, user });
  client.on('notice', () => undefined);
  await client.connect();
  // The driver sends one query after the other, and wants to be asked so.
  let last: Promise<unknown> = Promise.resolve();
  const ask = <T>(send: () => Promise<T>): Promise<T> => {
    const answer = last.then(send).catch((cause: unknown) => {
      if (!(cause instanceof pg.DatabaseError) || cause.code === undefined) throw cause;
      throw new SqlFailure({ sqlstate: cause.code, message: cause.message });
    });
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    query: async (text, parameters = []) => (await ask(() => client.query(text, [...parameters]))).rows,
    execute: async (script) => {
      await ask(() => client.query(script));
    },
    close: () => client.end(),
  };
}
