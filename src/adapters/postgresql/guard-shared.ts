import { SqlFailure } from '../../engine/ports/sql-client.ts';
import sharedStateQuery from './shared-state.sql?raw';
import type { WritingSession } from './writing-session.ts';

/** What all databases of a server share, by its system catalogs, in words. */
const SHARED: Readonly<Record<string, string>> = {
  pg_authid: 'roles',
  pg_auth_members: 'memberships of roles',
  pg_database: 'databases',
  pg_db_role_setting: 'settings of roles or databases',
  pg_tablespace: 'tablespaces',
  pg_shdescription: 'comments on roles or databases',
  pg_shseclabel: 'security labels of roles or databases',
  pg_subscription: 'subscriptions',
  pg_replication_origin: 'replication origins',
  pg_parameter_acl: 'rights on settings',
};

const inWords = (catalog: string): string => SHARED[catalog] ?? catalog;

const refused = (what: string, more: string): SqlFailure =>
  new SqlFailure({
    sqlstate: '0A000',
    message: `it changes ${what} of the whole server, which a shadow run must leave as it is${more}`,
  });

/** Rights on settings came with this version. */
const PARAMETER_RIGHTS = 150_000;

const lockedBy = (serverVersion: number): string =>
  Object.keys(SHARED)
    .filter((name) => name !== 'pg_parameter_acl' || serverVersion >= PARAMETER_RIGHTS)
    .map((name) => `pg_catalog.${name}`)
    .join(', ');

/** The pause keeps this from asking without end; a statement that waits for our locks is seen within it. */
const waitingQuery = `select c.relname::pg_catalog.text as name
  from pg_catalog.pg_locks l
  join pg_catalog.pg_class c on c.oid = l.relation, (select pg_catalog.pg_sleep(0.02)) pause
  where l.pid = $1 and not l.granted and l.locktype = 'relation' and l.database = 0`;

/**
 * Does work in another session that commits by itself, so that no transaction holds it back, and lets nothing of it reach
 * what all databases share. A superuser locks that: who would write to it waits, is seen, and ended. For another role it is
 * compared before and after. Throws `SqlFailure` for what was tried, or done and cannot be taken back.
 */
export async function guardShared<T>(
  beside: WritingSession,
  shadow: { readonly processId: number; readonly serverVersion: number; readonly isSuperuser: boolean },
  work: () => Promise<T>,
): Promise<T> {
  const before = await sharedState(beside);
  if (shadow.isSuperuser) {
    await beside.execute(`begin; lock table ${lockedBy(shadow.serverVersion)} in share mode`);
  }
  let ended = false;
  const running = work().finally(() => {
    ended = true;
  });
  // Its failure is told at the end.
  running.catch(() => undefined);
  const wanted = new Set<string>();
  while (!ended) {
    for (const row of await beside.query(waitingQuery, [shadow.processId])) {
      wanted.add(String(row['name']));
      await beside.query('select pg_catalog.pg_cancel_backend($1)', [shadow.processId]);
    }
  }
  if (shadow.isSuperuser) await beside.execute('rollback');
  if (wanted.size > 0) throw refused([...wanted].map(inWords).sort().join(', '), '');
  const after = await sharedState(beside);
  const changed = Object.keys(SHARED).filter((catalog) => before.get(catalog) !== after.get(catalog));
  if (changed.length > 0) {
    throw refused(changed.map(inWords).sort().join(', '), ', and has committed that: it has to be set back by hand');
  }
  return running;
}

/** A digest of each shared catalog that any role may read, of what shadow runs make there aside. */
async function sharedState(session: WritingSession): Promise<ReadonlyMap<string, string>> {
  const rows = await session.query(sharedStateQuery);
  return new Map(rows.map((row) => [String(row['catalog']), String(row['state'])]));
}
