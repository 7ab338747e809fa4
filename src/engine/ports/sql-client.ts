import type { CancelSignal } from './cancel.ts';

/** One row as the driver returns it; parse it with a row schema before use. */
export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * A session on one database. Failures are thrown as `SqlFailure`; the caller at the edge turns them into data.
 */
export interface SqlClient {
  /**
   * Runs exactly one statement with `$1` parameters over the extended protocol. Statements run in the order of the calls; a
   * caller need not wait for one before asking for the next.
   */
  query(text: string, parameters?: readonly unknown[], signal?: CancelSignal): Promise<readonly SqlRow[]>;
}

/** What the server said when it refused a statement. `position` counts characters from 1 in the sent text. */
export type SqlRefusal = {
  readonly sqlstate: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: number;
};

/** Thrown by a `SqlClient` when the server refuses a statement. */
export class SqlFailure extends Error {
  readonly refusal: SqlRefusal;
  constructor(refusal: SqlRefusal) {
    super(refusal.message);
    this.name = 'SqlFailure';
    this.refusal = refusal;
  }
}
