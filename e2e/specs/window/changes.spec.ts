import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../../test/support/postgres-server.ts';
import { type Running, test } from '../../fixtures/app.ts';

const script = [
  'create schema app',
  'create table app.users (id bigint primary key, email text not null, note text)',
  'create table app.orders (id bigint primary key, buyer bigint references app.users, state text)',
  'create table app.old_name (id bigint primary key, label text, at timestamptz, amount numeric(12, 2))',
  'create table app.gone (id integer)',
  'create view app.buyers as select id, email from app.users',
];
const changes = [
  'create table app.invoices (id bigint primary key, "Order" bigint references app.orders)',
  'drop table app.gone',
  'alter table app.old_name rename to new_name',
  'alter table app.orders alter column state type varchar(20), add column total numeric',
  'create or replace view app.buyers as select id, email from app.users where note is not null',
];

let server: PostgresServer;

test.beforeAll(async () => {
  server = await startPostgresServer();
});
test.afterAll(() => server.stop());

async function databaseOf(statements: readonly string[]): Promise<ConnectionSettings> {
  const settings = await server.createDatabase();
  for (const statement of statements) await server.execute(statement, settings.database);
  return settings;
}

async function saveConnection({ page, request }: Running, settings: ConnectionSettings, name: string): Promise<void> {
  const profile = { ...settings, id: null, name, environment: 'staging' as const };
  const saved = await request('connections.save', { profile, password: { kind: 'keep' } });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function openSchema({ page }: Running, name: string): Promise<void> {
  await page.keyboard.press('Control+1');
  await page.getByText(name, { exact: true }).first().dblclick();
  await expect(page.getByRole('tree', { name: 'Objects of the database' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Reading the catalog')).toHaveCount(0, { timeout: 60_000 });
}

const panel = (page: Page) => page.getByRole('region', { name: 'Changes', exact: true });
const option = (page: Page, name: string) => page.getByRole('option').filter({ hasText: name });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }))).toEqual([]);
}

test('what changed since the last look is told, listed and marked, until it was seen', async ({ launch, picture }) => {
  const settings = await databaseOf(script);
  const running = await launch();
  const { page, request } = running;
  await saveConnection(running, settings, 'shop');
  await openSchema(running, 'shop');
  await page.keyboard.press('F5');
  await expect(page.getByText('Reading the catalog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show changes' })).toHaveCount(0);

  for (const statement of changes) await server.execute(statement, settings.database);
  await page.keyboard.press('F5');
  const notice = page.getByRole('status').filter({ hasText: 'changed since' });
  await expect(notice).toContainText('5 objects changed since');
  await expect(notice).toContainText('1 added, 1 removed, 2 changed, 1 perhaps renamed');
  await expect(page.getByRole('treeitem', { name: 'orders ~ changed' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'invoices + added' })).toBeVisible();
  await expect(page.locator('.table-card', { hasText: 'invoices' })).toContainText('+ added');
  await picture(page, 'changes-notice');

  await notice.getByRole('button', { name: 'Show changes' }).click();
  await expect(panel(page).getByRole('option')).toHaveCount(5);
  await option(page, 'app.buyers').click();
  const detail = page.getByRole('region', { name: 'Changes of app.buyers' });
  await expect(detail.getByRole('table', { name: 'Definition' })).toContainText('note IS NOT NULL');
  await option(page, 'app.new_name').click();
  await expect(panel(page)).toContainText('Perhaps renamed: table app.old_name → app.new_name');
  await picture(page, 'changes-light');
  await expectAccessible(page);

  // By keyboard: along the list, and from a line to the object.
  await page.getByRole('listbox', { name: 'Objects that differ' }).focus();
  await page.keyboard.press('End');
  await expect(option(page, 'app.orders')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Changes of app.orders' })).toContainText('character varying(20)');
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'app.orders' })).toBeVisible();
  await page.getByText('Removed 1', { exact: true }).click();
  await expect(panel(page).getByRole('option')).toHaveCount(1);
  await expect(option(page, 'app.gone')).toBeVisible();
  await page.getByText('All 5', { exact: true }).click();

  const theme = await request('settings.get', {});
  if (theme.ok) await request('settings.save', { ...theme.value, theme: 'dark' });
  await picture(page, 'changes-dark');
  await expectAccessible(page);
  await panel(page).getByRole('button', { name: 'Mark as seen' }).click();
  await expect(panel(page)).toHaveCount(0);
  await expect(page.getByRole('treeitem', { name: 'orders ~ changed' })).toHaveCount(0);
  await running.close();

  // What changed while nobody looked is told when the connection is opened the next time.
  await server.execute('create table app.later (id int)', settings.database);
  const again = await launch();
  await expect(again.page.getByRole('heading', { level: 1 })).toBeVisible();
  await openSchema(again, 'shop');
  await expect(again.page.getByRole('status').filter({ hasText: '1 object changed since' })).toBeVisible();
});

test('a catalog is compared with another database and with a schema file', async ({ running, userData, picture }) => {
  const { page, app } = running;
  await saveConnection(running, await databaseOf(script), 'before');
  await saveConnection(running, await databaseOf([...script, ...changes]), 'after');
  await openSchema(running, 'before');
  await openSchema(running, 'after');
  await page.getByRole('button', { name: 'Compare the catalog' }).click();
  await expect(panel(page)).toContainText('Nothing has changed since you looked last');
  await panel(page).getByRole('button', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'before' }).click();
  await expect(panel(page).getByRole('option')).toHaveCount(5);
  await picture(page, 'compare-databases');

  const file = path.join(userData, 'schema.sql');
  await writeFile(file, `${[...script, ...changes].join(';\n')};\ncreate table app.only_in_file (id int);\n`);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);
  await panel(page).getByRole('button', { name: 'File…' }).click();
  await expect(panel(page).getByRole('option')).toHaveCount(1, { timeout: 60_000 });
  await expect(option(page, 'app.only_in_file')).toContainText('Removed');

  await writeFile(file, 'create table broken (');
  await panel(page).getByText('Everything', { exact: true }).click();
  await expect(panel(page).getByRole('alert')).toContainText('schema.sql');
  await writeFile(file, `${[...script, ...changes].join(';\n')};`);
  await panel(page).getByText('Without owners, layout', { exact: true }).click();
  await expect(panel(page)).toContainText('Nothing differs', { timeout: 60_000 });
});
