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

/**
 * Asks the server who it is and whether this session can write: tries to with nothing but the session's own default in the
 * way, and the server must refuse with SQLSTATE 25006. Where it does not, the temporary table is rolled back.
 */
export async function proveIdentity(driver: Driver): Promise<ServerIdentity> {
  await driver.run('begin');
  // All on their way before the first answer is there, which may be far.
  const asked = Promise.all([
    driver.run(identityQuery),
    refused(driver.run('create temporary table lockstep_write_test ()')),
  ]);
  const undone = driver.run('rollback').catch(() => undefined);
  try {
    const [[row], refusal] = await asked;
    return { ...identitySchema.parse(row), readOnly: refusal?.sqlstate === '25006' };
  } finally {
    await undone;
  }
}

/** What the server says against a statement; null when it ran. */
const refused = (running: Promise<unknown>) =>
  running.then(
    () => null,
    (cause: unknown) => {
      const refusal = refusalOf(cause);
      if (refusal === null) throw cause;
      return refusal;
    },
  );
