import type { Database } from 'better-sqlite3';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** A handle of the history that may be read; functions that take it do not write. */
export type ReadableHistory = Pick<Database, 'prepare'> & { readonly [readable]: true };

/** A handle of the history that may be read and written. */
export type WritableHistory = ReadableHistory & Pick<Database, 'transaction' | 'close'> & { readonly [writable]: true };

/** Brands an open database; only `open-history.ts` and tests of migrations have one. */
export const asWritable = (database: Database): WritableHistory => database as unknown as WritableHistory;
