import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { type SqlClient, SqlFailure } from '../../src/engine/ports/sql-client.ts';

/** An in-process PostgreSQL 18 for tests that need no server: one session, thrown away with `close`. */
export type EmbeddedClient = SqlClient & {
  /** Runs a script of any number of statements. */
  readonly execute: (script: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openEmbeddedClient(extensions: PGliteOptions['extensions'] = {}): Promise<EmbeddedClient> {
  const database = await PGlite.create({ extensions });
  const told = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((cause: unknown) => {
      throw failureOf(cause);
    });
  return {
    query: async (text, parameters = []) =>
      (await told(database.query<Record<string, unknown>>(text, [...parameters]))).rows,
    execute: async (script) => {
      await told(database.exec(script));
    },
    close: () => database.close(),
  };
}

function failureOf(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause;
  return new SqlFailure({ sqlstate: String(cause.code), message: cause.message });
}
