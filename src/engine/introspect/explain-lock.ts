import * as z from 'zod';
import { type SqlClient, SqlFailure } from '../ports/sql-client.ts';
import holdersText from './postgresql/objects/lock-holders.sql?raw';

const holdersSchema = z.array(z.object({ relation: z.string(), holder: z.string() }));

/**
 * The failure, with the locked relations and who holds or awaits the locks when it came from waiting for a lock. Asked
 * after the transaction has ended; when that fails as well, the failure stays as it was.
 */
export async function explainLock(client: SqlClient, failure: unknown): Promise<unknown> {
  if (!(failure instanceof SqlFailure) || failure.refusal.sqlstate !== '55P03') return failure;
  const rows = await client.query(holdersText).catch(() => []);
  const holders = holdersSchema.safeParse(rows);
  if (!holders.success || holders.data.length === 0) return failure;
  const locks = holders.data.map(({ relation, holder }) => `${relation} is locked by ${holder}`);
  return new SqlFailure({
    ...failure.refusal,
    message: `the catalog could not be read to its end: ${locks.join('; ')}`,
    hint: 'Read it again when that session has ended its transaction.',
  });
}
