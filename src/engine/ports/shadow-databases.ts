import type { CancelSignal } from './cancel.ts';
import type { SqlClient } from './sql-client.ts';

/** A throw-away database on which a migration may do anything. */
export interface ShadowDatabase extends SqlClient {
  readonly kind: 'embedded' | 'server';
  /** The server's version as `server_version_num`, for example 180006. */
  readonly serverVersion: number;
  /** Runs a script of any number of statements as one simple-protocol string; throws `SqlFailure`. */
  execute(script: string, signal?: CancelSignal): Promise<void>;
  /** Runs one statement and returns the messages (`NOTICE`, `DEBUG1` …) that the server sent while it ran. */
  observe(statement: string, signal?: CancelSignal): Promise<readonly string[]>;
  /** Ends the database and everything in it. Safe to call twice. */
  close(): Promise<void>;
}

/** Makes shadow databases. */
export interface ShadowDatabases {
  /** Opens an empty database with the named extensions available to `CREATE EXTENSION` where the engine has them. */
  open(options: { readonly extensions: readonly string[]; readonly signal?: CancelSignal }): Promise<ShadowDatabase>;
  /** Names of the extensions that this engine can create. */
  readonly availableExtensions: readonly string[];
}
