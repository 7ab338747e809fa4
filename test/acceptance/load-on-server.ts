import pg from 'pg';
import type { ShadowDatabase } from '../../src/engine/ports/shadow-databases.ts';
import { SqlFailure } from '../../src/engine/ports/sql-client.ts';
import { loadStatements } from '../../src/engine/sql/load-statements.ts';
import type { ConnectionSettings } from '../../src/shared/connection-profile.ts';

/** What loading left: messages about statements that the server refused, and what it lacks and got a stand-in for. */
export type ServerLoad = { readonly refused: readonly string[]; readonly stubbed: readonly string[] };

/** Runs a schema's statements on a database of a server, with the stand-ins that a schema file gets. */
export async function loadOnServer(settings: ConnectionSettings, statements: readonly string[]): Promise<ServerLoad> {
  const { host, port, user, database } = settings;
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  try {
    const refused: string[] = [];
    const stubbed = new Set<string>();
    for (let start = 0; start < statements.length; ) {
      const outcome = await loadStatements({ execute: execute(client) }, statements.slice(start));
      for (const label of outcome.stubbed) stubbed.add(label);
      if (outcome.failed === null) break;
      refused.push(outcome.failed.refusal.message);
      start += outcome.failed.index + 1;
    }
    return { refused, stubbed: [...stubbed].sort() };
  } finally {
    await client.end();
  }
}

const execute =
  (client: pg.Client): ShadowDatabase['execute'] =>
  async (script) => {
    try {
      await client.query(script);
    } catch (cause) {
      if (!(cause instanceof pg.DatabaseError)) throw cause;
      throw new SqlFailure({ sqlstate: cause.code ?? '', message: cause.message });
    }
  };
