import { statfs } from 'node:fs/promises';
import type { SqlClient } from '../../engine/ports/sql-client.ts';

/** Where the data lies, for those who may see it, and whether the server is this machine. */
const placeQuery = `select (select s.setting from pg_catalog.pg_settings s where s.name = 'data_directory') as folder,
    coalesce(pg_catalog.inet_server_addr() <<= '127.0.0.0/8' or pg_catalog.inet_server_addr() = '::1', true) as local`;

/**
 * Bytes that the disk of a server has left; null where nobody can say, because it is another machine or the role may not
 * know where the data lies. PostgreSQL itself has no word for it.
 */
export async function freeRoom(database: SqlClient): Promise<number | null> {
  const [row] = await database.query(placeQuery);
  if (row?.['local'] !== true || typeof row['folder'] !== 'string') return null;
  try {
    const { bavail, bsize } = await statfs(row['folder']);
    return bavail * bsize;
  } catch {
    // The folder of a container, or one that this user may not look at.
    return null;
  }
}
