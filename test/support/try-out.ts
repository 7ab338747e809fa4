import { SqlFailure } from '../../src/engine/ports/sql-client.ts';
import {
  type Observation,
  observationBetween,
  type RelationsSnapshot,
  snapshotRelations,
} from '../../src/engine/shadow/observe-relations.ts';
import type { EmbeddedClient } from './embedded-client.ts';

/** What became of a statement: the state that the server refused it with, or what it did. */
export type TriedOut =
  | { readonly refused: string }
  | { readonly refused: null; readonly before: RelationsSnapshot; readonly seen: Observation };

/** Runs a statement in a transaction that is rolled back. */
export async function tryOut(client: Pick<EmbeddedClient, 'query' | 'execute'>, text: string): Promise<TriedOut> {
  await client.execute('begin');
  try {
    const before = await snapshotRelations(client);
    const refused = await client.execute(text).then(
      () => null,
      (cause: unknown) => (cause instanceof SqlFailure ? cause.refusal.sqlstate : Promise.reject(cause)),
    );
    return refused === null
      ? { refused, before, seen: observationBetween(before, await snapshotRelations(client)) }
      : { refused };
  } finally {
    await client.execute('rollback');
  }
}

/** Refused for what the rows are, for what a transaction may not do, or for what the server has not got. */
export const isOfRows = (sqlstate: string): boolean => /^(?:22|23|25|55|40|57)/.test(sqlstate);
