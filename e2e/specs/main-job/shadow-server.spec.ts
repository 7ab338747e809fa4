import { expect } from '@playwright/test';
import { type PostgresServer, startPostgresServer } from '../../../test/support/postgres-server.ts';
import { test } from '../../fixtures/app.ts';
import { startMigration } from '../../walks/main-job.ts';

let server: PostgresServer;
test.beforeAll(async () => {
  server = await startPostgresServer();
});
test.afterAll(() => server.stop());

test('a proof that the embedded PostgreSQL cannot give runs on the server that the settings name', async ({
  running: { page, request, operate },
  picture,
}) => {
  const settings = await server.createDatabase('create table users (id bigint primary key, email text not null)');
  const saved = await request('connections.save', {
    profile: { ...settings, id: null, name: 'trials', environment: 'development', tls: 'disable' },
    password: { kind: 'keep' },
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  await operate('catalog.introspect', { connectionId: saved.value.id });

  await page.getByRole('navigation').getByText('Settings').click();
  await page.getByRole('button', { name: /Shadow server/ }).click();
  await page.getByRole('option', { name: /trials/ }).click();
  await expect(page.getByRole('button', { name: /Shadow server/ })).toContainText('trials');
  await picture(page, 'settings-shadow-server');

  await page.getByRole('navigation').getByText('Connections').click();
  await page.getByRole('region', { name: 'Connections' }).getByText('trials').first().dblclick();
  await expect(page.getByText('Read-only session, enforced by the server')).toBeVisible();
  await startMigration(page, 'add index on users email');
  const proof = page.getByRole('complementary', { name: 'Proof' });
  await expect(proof.getByText('Passed', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(proof).toContainText(
    /Shadow: Server PostgreSQL 18\.\d+\. Only on a server can the locks of concurrent forms/,
  );
  await picture(page, 'proof-on-server');
});
