import * as z from 'zod';
import { type SqlClient, SqlFailure } from '../../../engine/ports/sql-client.ts';
import type { ServerIdentity } from '../../../shared/connection-profile.ts';

const query = `select
  pg_catalog.current_database() as database,
  current_user::pg_catalog.text as "user",
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version,
  pg_catalog.current_setting('server_version') as "versionText"`;

const rowSchema = z.object({ database: z.string(), user: z.string(), version: z.number(), versionText: z.string() });

/** Asks the sample database who it is and whether it refuses writes; it has no address. */
export async function sampleIdentity(client: SqlClient): Promise<ServerIdentity> {
  const [row] = await client.query(query);
  const readOnly = await client.query('create table lockstep_write_test ()').then(
    () => false,
    (problem: unknown) => problem instanceof SqlFailure && problem.refusal.sqlstate === '25006',
  );
  return { ...rowSchema.parse(row), address: null, port: null, readOnly };
}
