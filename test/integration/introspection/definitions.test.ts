import { expect, it } from 'vitest';
import { serverDefinitions } from '../../support/definitions.ts';
import { startPostgresServer } from '../../support/postgres-server.ts';
import { testDatabases } from '../../support/test-databases.ts';

it('goes through definitions that we write and such that only the server can', async () => {
  const server = await startPostgresServer({ version: 18 });
  try {
    const shapes = testDatabases.find(({ name }) => name === 'index-shapes.sql');
    const said = Object.values(await serverDefinitions(await server.createDatabase(shapes?.script), ''));
    expect(said.filter((text) => text.startsWith('CREATE')).length).toBeGreaterThan(30);
    expect(said.filter((text) => text.startsWith('FOREIGN KEY')).length).toBeGreaterThan(4);
    expect(said.some((text) => text.includes('CASE'))).toBe(true);
  } finally {
    await server.stop();
  }
});
