import type { CancelSignal } from './cancel.ts';
import type { SqlClient } from './sql-client.ts';

/** How a database writes and sorts texts, as `CREATE DATABASE` says it. */
export type DatabaseLike = { readonly encoding: string; readonly collate: string; readonly ctype: string };

/** Another session on a shadow database. */
export interface SecondSession extends SqlClient {
  /** Ends the session; its locks are gone. */
  close(): Promise<void>;
}

/** A throw-away database on which a migration may do anything. Calls throw `ShadowFailure` once it is gone. */
export interface ShadowDatabase extends SqlClient {
  readonly kind: 'embedded' | 'server';
  /** The server's version as `server_version_num`, for example 180006. */
  readonly serverVersion: number;
  /**
   * Whether the copy is a database of its own, or only schemas in one that was lent; absent where the engine itself is the
   * copy's own.
   */
  readonly form?: 'database' | 'schema-only';
  /** What the database was asked to be like and is not, as labels. Absent where nobody can ask. */
  readonly lacks?: readonly string[];
  /** Runs a script of any number of statements as one simple-protocol string; throws `SqlFailure`. */
  execute(script: string, signal?: CancelSignal): Promise<void>;
  /** Runs one statement and returns the messages (`NOTICE`, `DEBUG1` …) that the server sent while it ran. */
  observe(statement: string, signal?: CancelSignal): Promise<readonly string[]>;
  /**
   * From now on the database may live this many seconds, or as many as it was opened with; then it is killed and every
   * call fails with `shadow.timeout`.
   */
  limit(seconds?: number): void;
  /**
   * Makes a role without any right that goes when the shadow databases do; throws `SqlFailure`. Absent where no other
   * database shares the roles, and `CREATE ROLE` harms nobody.
   */
  makeRole?(name: string): Promise<void>;
  /**
   * Does work that commits by itself, and lets nothing of it reach what other databases share; throws `SqlFailure` for what
   * would. Absent where no other database shares anything.
   */
  guardShared?<T>(work: () => Promise<T>): Promise<T>;
  /** Opens another session on the same database, to watch the first. Absent where there is only one. */
  openSecond?(): Promise<SecondSession>;
  /** Ends the database and everything in it. Safe to call twice. */
  close(): Promise<void>;
}

/** Makes shadow databases. */
export interface ShadowDatabases {
  /** Opens an empty database with the named extensions available to `CREATE EXTENSION` where the engine has them. */
  open(options: {
    readonly extensions: readonly string[];
    readonly signal?: CancelSignal;
    /** Seconds that the database may live until `limit` says otherwise. */
    readonly timeoutSeconds?: number;
    /** What it should be like where the engine has the choice. */
    readonly like?: DatabaseLike;
    /** Starts from a state that `keep` kept under this key, which must be in `kept`: `recall` brings it there. */
    readonly from?: string;
  }): Promise<ShadowDatabase>;
  /** Keys of the states that can be started from now. */
  readonly kept: ReadonlySet<string>;
  /** What was said about the state under this key, which is in `kept` then; null where none is kept, here or lastingly. */
  recall(key: string): Promise<string | null>;
  /**
   * Keeps the present state of a database to start others from, `lasting` for later processes too. Does nothing where
   * keeping is not worth it.
   */
  keep(
    key: string,
    database: ShadowDatabase,
    state: { readonly about: string; readonly lasting: boolean },
  ): Promise<void>;
  /** Names of the extensions that this engine can create. */
  readonly availableExtensions: readonly string[];
}
