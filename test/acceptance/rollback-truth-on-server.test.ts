import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectShadowServer } from '../../src/adapters/postgresql/shadow-server.ts';
import { loadParser } from '../../src/engine/sql/parser.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { hasPairs } from './migration-pairs.ts';
import { rollbackVerdicts } from './rollback-verdicts.ts';

/** Projects to replay, separated by commas. All of them take some minutes. */
const projects = (process.env['LOCKSTEP_ACCEPTANCE_PROJECTS'] ?? 'svix').split(',');

let server: PostgresServer;
beforeAll(async () => {
  await loadParser();
  // The version that the truth was found on.
  server = await startPostgresServer({ version: 15 });
});
afterAll(() => server.stop());

it.each(hasPairs ? projects : [])(
  'agrees with PostgreSQL on which downs of %s restore, on a server of the same version',
  { timeout: 1_800_000 },
  async (project) => {
    const connected = await connectShadowServer(server.settings, server.password);
    if (!connected.ok) throw new Error(JSON.stringify(connected.error));
    const databases = connected.value;
    try {
      const { judged, wrong } = await rollbackVerdicts(project, databases);
      expect(wrong.length / Math.max(judged.length, 1)).toBeLessThanOrEqual(0.01);
    } finally {
      expect(await databases.close()).toEqual([]);
    }
  },
);

it('says what it ran on', () => {
  expect(projects.length).toBeGreaterThan(0);
});
