import * as z from 'zod';
import type { ServerIdentity } from '../../shared/connection-profile.ts';
import type { Driver } from './open-driver.ts';
import { refusalOf } from './sql-refusal.ts';

const identityQuery = `select
  pg_catalog.host(pg_catalog.inet_server_addr()) as address,
  pg_catalog.inet_server_port() as port,
  pg_catalog.current_database() as database,
  current_user::pg_catalog.text as user,
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version,
  pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1) as "versionText"`;

const identitySchema = z.object({
  address: z.string().nullable(),
  port: z.number().nullable(),
  database: z.string(),
  user: z.string(),
  version: z.number(),
  versionText: z.string(),
});

/** Asks the server who it is and whether this session can write. */
export async function proveIdentity(driver: Driver): Promise<ServerIdentity> {
  const [row] = await driver.run(identityQuery);
  return { ...identitySchema.parse(row), readOnly: await refusesWrites(driver) };
}

/**
 * Tries to write with nothing but the session's own default in the way: the server must refuse with SQLSTATE 25006. Where
 * it does not, the temporary table is rolled back.
 */
async function refusesWrites(driver: Driver): Promise<boolean> {
  await driver.run('begin');
  try {
    await driver.run('create temporary table lockstep_write_test ()');
    return false;
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal === null) throw cause;
    return refusal.sqlstate === '25006';
  } finally {
    await driver.run('rollback').catch(() => undefined);
  }
}
