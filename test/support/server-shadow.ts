import pg from 'pg';
import { refusalOf } from '../../src/adapters/postgresql/sql-refusal.ts';
import { typeParsers } from '../../src/adapters/postgresql/type-parsers.ts';
import type { ShadowDatabase } from '../../src/engine/ports/shadow-databases.ts';
import { SqlFailure, type SqlRow } from '../../src/engine/ports/sql-client.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';

/** A database of a test server as a shadow database, through the real driver. The caller closes it. */
export async function openServerShadow({ host, port, user, database }: ConnectionSettings): Promise<ShadowDatabase> {
  const client = new pg.Client({ host, port, user, database, ssl: false, types: typeParsers });
  client.on('error', () => undefined);
  await client.connect();
  const told = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((cause: unknown) => {
      const refusal = refusalOf(cause);
      throw refusal === null ? cause : new SqlFailure(refusal);
    });
  const version = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int4 as version",
  );
  return {
    kind: 'server',
    serverVersion: version.rows[0]?.version ?? 0,
    query: async (text, parameters = []) => (await told(client.query<SqlRow>(text, [...parameters]))).rows,
    execute: async (script) => {
      await told(client.query(script));
    },
    observe: async (statement) => {
      await told(client.query(statement));
      return [];
    },
    limit: () => undefined,
    close: () => client.end(),
  };
}
