import * as z from 'zod';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';
import changedText from './objects/definitions-changed.sql?raw';

const snapshotText = 'select pg_catalog.txid_current_snapshot()::pg_catalog.text as snapshot';
const snapshotSchema = z.tuple([z.object({ snapshot: z.string().regex(/^\d+:\d+:[\d,]*$/) })]);
const changedSchema = z.tuple([z.object({ changed: z.boolean() })]);

/** Which transactions the session's queries see now, in the server's own notation. */
export async function readSnapshotNumber(client: SqlClient, signal: CancelSignal | undefined): Promise<string> {
  const [{ snapshot }] = snapshotSchema.parse(await client.query(snapshotText, [], signal));
  return snapshot;
}

/**
 * True when a transaction that the snapshot did not see has written to what definitions are made of, be it only by making
 * something new.
 */
export async function definitionsChangedSince(
  client: SqlClient,
  snapshot: string,
  signal: CancelSignal | undefined,
): Promise<boolean> {
  // Where nothing was written at all, as on most servers at most times, this is all that is asked.
  if ((await readSnapshotNumber(client, signal)) === snapshot) return false;
  const [, next = '', running = ''] = snapshot.split(':');
  const among = running.split(',').filter((number) => number !== '');
  const parameters = [shortNumber(next), `{${among.map(shortNumber).join(',')}}`];
  const [{ changed }] = changedSchema.parse(await client.query(changedText, parameters, signal));
  return changed;
}

/** Rows hold the lower half of a transaction's number. */
const shortNumber = (number: string): string => String(BigInt.asUintN(32, BigInt(number)));
