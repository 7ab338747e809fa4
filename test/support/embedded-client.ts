import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { type SqlClient, SqlFailure } from '../../src/engine/ports/sql-client.ts';

/** An in-process PostgreSQL 18 for tests that need no server: one session, thrown away with `close`. */
export type EmbeddedClient = SqlClient & {
  /** Runs a script of any number of statements. */
  readonly execute: (script: string) => Promise<void>;
  /** The database itself, for a tool that speaks to it directly. */
  readonly database: PGlite;
  readonly close: () => Promise<void>;
};

// Making a cluster takes seconds, opening the image of one a quarter of a second.
let image: Promise<Blob> | undefined;

async function makeImage(): Promise<Blob> {
  const database = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'], postgresqlconf });
  try {
    return await database.dumpDataDir('none');
  } finally {
    await database.close();
  }
}

const postgresqlconf = ['shared_buffers=4MB'];

/** Opens an empty database in which the named extensions can be created. */
export async function openEmbeddedClient(extensions: PGliteOptions['extensions'] = {}): Promise<EmbeddedClient> {
  image ??= makeImage();
  const database = await PGlite.create({ loadDataDir: await image, extensions, postgresqlconf });
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
    database,
    close: () => database.close(),
  };
}

function failureOf(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause;
  return new SqlFailure({ sqlstate: String(cause.code), message: cause.message });
}
