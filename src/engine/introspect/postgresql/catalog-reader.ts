import type * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';
import { type CatalogQuery, readRows } from './catalog-query.ts';
import { type ColumnarQuery, readColumnar } from './columnar-query.ts';

/** Where the reading is: `done` of `total` steps have answered; `reads` says in words what is read now. */
export type IntrospectionProgress = { readonly reads: string; readonly done: number; readonly total: number };

/** Rows that are put together when they are first needed. */
export type Answer<Row> = () => readonly Row[];

/** Which part of a database is read: of which schemas, and of these which relations by their numbers; null means all. */
export type ReadingScope = {
  readonly serverVersion: number;
  readonly schemas: readonly string[] | null;
  readonly relations: readonly number[] | null;
};

/** Runs catalog queries one after another on one session, with progress. */
export type CatalogReader = {
  readonly scope: ReadingScope;
  /** Reads the rows of one kind; counts as one step. */
  readonly rows: <Row>(query: CatalogQuery<Row>) => Promise<Answer<Row>>;
  /** Reads the rows of a kind with thousands; `parameters` are the schemas and relations of the scope unless given. */
  readonly columnar: <Shape extends z.ZodRawShape>(
    query: ColumnarQuery<Shape>,
    parameters?: readonly (readonly unknown[] | null)[],
  ) => Promise<Answer<Readonly<z.infer<z.ZodObject<Shape>>>>>;
  /** Runs a statement that steers the transaction. */
  readonly run: (statement: string) => Promise<void>;
  /** Says that everything has been read. */
  readonly finish: () => void;
};

/** A reader of `total` steps. While the server works on one query, the answer before it is put together. */
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
  let putTogetherLast: () => unknown = () => undefined;
  const step = async <Row>(reads: string, send: () => Promise<Answer<Row>>): Promise<Answer<Row>> => {
    signal?.throwIfAborted();
    onProgress?.({ reads, done: Math.min(done, total), total });
    const sent = send();
    // What is put together meanwhile may fail first.
    sent.catch(() => undefined);
    putTogetherLast();
    const answer = once(await sent);
    putTogetherLast = answer;
    done += 1;
    return answer;
  };
  return {
    scope,
    rows: (query) => step(query.reads, () => readRows(client, query, { ...scope, signal })),
    columnar: (query, parameters = [scope.schemas, scope.relations]) =>
      step(query.reads, () => readColumnar(client, query, scope.serverVersion, parameters, signal)),
    run: async (statement) => {
      await client.query(statement, [], signal);
    },
    finish: () => onProgress?.({ reads: 'done', done: total, total }),
  };
}

function once<Row>(make: Answer<Row>): Answer<Row> {
  let made: readonly Row[] | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
