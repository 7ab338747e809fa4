import type * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import { type SqlClient, SqlFailure } from '../../ports/sql-client.ts';
import { type CatalogQuery, readRows } from './catalog-query.ts';
import { type ColumnarQuery, readColumnar } from './columnar-query.ts';

/** Where the reading is: `done` of `total` steps have answered; `reads` says in words what is read now. */
export type IntrospectionProgress = { readonly reads: string; readonly done: number; readonly total: number };

/** Which part of a database is read: of which schemas, and of these which relations by their numbers; null means all. */
export type ReadingScope = {
  readonly serverVersion: number;
  readonly schemas: readonly string[] | null;
  readonly relations: readonly number[] | null;
};

/**
 * Runs catalog queries on one session, with progress. A query is on its way when the call returns, and the server works on
 * those that were asked one after another: whoever needs several answers asks for all of them before waiting for one, so
 * that neither the way to the server nor our own work with an answer holds up the next query.
 */
export type CatalogReader = {
  readonly scope: ReadingScope;
  /** Reads the rows of one kind; counts as one step. */
  readonly rows: <Row>(query: CatalogQuery<Row>) => Promise<readonly Row[]>;
  /** Reads the rows of a kind with thousands; `parameters` are the schemas and relations of the scope unless given. */
  readonly columnar: <Shape extends z.ZodRawShape>(
    query: ColumnarQuery<Shape>,
    parameters?: readonly (readonly unknown[] | null)[],
  ) => Promise<readonly Readonly<z.infer<z.ZodObject<Shape>>>[]>;
  /** Runs a statement that steers the transaction. */
  readonly run: (statement: string, parameters?: readonly unknown[]) => Promise<void>;
  /** Says that everything has been read. */
  readonly finish: () => void;
};

/** A reader of `total` steps. */
export function createCatalogReader(
  client: SqlClient,
  options: {
    readonly scope: ReadingScope;
    readonly total: number;
    readonly signal?: CancelSignal | undefined;
    readonly onProgress?: ((progress: IntrospectionProgress) => void) | undefined;
  },
): CatalogReader {
  const { scope, total, signal, onProgress } = options;
  let done = 0;
  let failure: unknown = null;
  /** After a failure the server refuses what was asked behind it; the failure itself is the one to tell. */
  const tell = (cause: unknown): never => {
    const follows = cause instanceof SqlFailure && cause.refusal.sqlstate === transactionFailed;
    if (follows && failure !== null) throw failure;
    failure = cause;
    throw cause;
  };
  /** What the server is at, and what waits behind it. */
  const waiting: string[] = [];
  const report = () => {
    const [reads] = waiting;
    if (reads !== undefined) onProgress?.({ reads, done: Math.min(done, total), total });
  };
  const step = <Row>(reads: string, send: () => Promise<readonly Row[]>): Promise<readonly Row[]> => {
    signal?.throwIfAborted();
    waiting.push(reads);
    if (waiting.length === 1) report();
    const answer = send().then(
      (rows) => {
        waiting.shift();
        done += 1;
        report();
        return rows;
      },
      (cause: unknown) => {
        waiting.shift();
        return tell(cause);
      },
    );
    // It may fail before anybody waits for it.
    answer.catch(() => undefined);
    return answer;
  };
  return {
    scope,
    rows: (query) => step(query.reads, () => readRows(client, query, { ...scope, signal })),
    columnar: (query, parameters = [scope.schemas, scope.relations]) =>
      step(query.reads, () => readColumnar(client, query, scope.serverVersion, parameters, signal)),
    run: (statement, parameters = []) => {
      const ran = client.query(statement, parameters, signal).then(() => undefined, tell);
      ran.catch(() => undefined);
      return ran;
    },
    finish: () => onProgress?.({ reads: 'done', done: total, total }),
  };
}

/** A statement in a transaction in which one has failed. */
const transactionFailed = '25P02';
