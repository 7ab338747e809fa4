import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { ConnectionId } from '../../../src/shared/ids.ts';
import {
  type AnthropicServer,
  type ScriptedReply,
  startAnthropicServer,
} from '../../../test/support/anthropic-server.ts';
import { type PostgresServer, startPostgresServer } from '../../../test/support/postgres-server.ts';
import { type Running, test } from '../../fixtures/app.ts';
import { answerFolderDialog, exportFiles, review, startMigration, waitForProof } from '../../walks/main-job.ts';

const key = 'sk-ant-e2e-model-0123456789';
const secretRow = 'anna@never-in-a-prompt.example';
const script = `
create schema app;
create table app.users (id bigint generated always as identity primary key, email text not null unique);
create table app.orders (id bigint primary key, user_id bigint not null references app.users);
comment on table app.users is 'People who buy';
insert into app.users (email) values ('${secretRow}');
`;
const migration = {
  title: 'Index orders by user',
  slug: 'index_orders_by_user',
  up: 'CREATE INDEX CONCURRENTLY orders_user_id_idx ON app.orders (user_id);',
  down: 'DROP INDEX CONCURRENTLY app.orders_user_id_idx;',
  assumptions: ['Orders are read by user'],
  questions: [],
  risks: ['The build waits for old transactions'],
  estimatedLockTime: 'none for writes',
};
const reply: ScriptedReply = {
  kind: 'message',
  text: JSON.stringify(migration),
  pieces: 12,
  pause: 40,
  thinking: 'An index on the referencing column.',
  usage: { input_tokens: 1840, output_tokens: 210 },
};

let server: PostgresServer;
let model: AnthropicServer;
test.beforeAll(async () => {
  server = await startPostgresServer();
});
test.afterAll(() => server.stop());
test.beforeEach(async () => {
  model = await startAnthropicServer();
});
test.afterEach(() => model.close());

/** Saves a connection to a new database on the real server, opens its schema, and keeps a key for the session. */
async function prepare({ page, request }: Running): Promise<ConnectionId> {
  const settings = await server.createDatabase(script);
  const saved = await request('connections.save', {
    profile: { ...settings, id: null, name: 'shop-staging', environment: 'staging', tls: 'disable' },
    password: { kind: 'keep' },
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  const stored = await request('secrets.setApiKey', { value: key, storage: 'session' });
  if (!stored.ok) throw new Error(JSON.stringify(stored.error));
  await page.getByRole('navigation').getByText('Connections').click();
  await page.getByText('shop-staging').first().dblclick();
  await expect(page.getByText('Read-only session, enforced by the server')).toBeVisible();
  return saved.value.id;
}

const draft = (page: Page) => page.getByRole('button', { name: 'Draft', exact: true }).click();

test('a request becomes proven files on a real PostgreSQL with the model’s draft', async ({
  launch,
  userData,
  picture,
}) => {
  model.reply(reply);
  const running = await launch({ environment: { LOCKSTEP_ANTHROPIC_BASE_URL: model.url } });
  const { page, app } = running;
  const folder = await mkdtemp(path.join(tmpdir(), 'lockstep-exported-'));
  try {
    await answerFolderDialog(app, folder);
    const id = await prepare(running);
    await running.operate('catalog.introspect', { connectionId: id });
    await startMigration(page, 'orders are slow to find for one user');
    await draft(page);
    await expect(page.locator('.cm-content').first()).toContainText('CREATE INDEX CONCURRENTLY', { timeout: 30_000 });
    await waitForProof(page);
    await expect(page.getByRole('region', { name: 'Receipt' })).toContainText('1,840 in, 210 out');
    await picture(page, 'model-draft-on-postgresql');
    await review(page);
    await exportFiles(page);

    const files = (await readdir(folder)).sort();
    expect(files).toHaveLength(3);
    expect(await readFile(path.join(folder, files[2] ?? ''), 'utf8')).toContain(migration.up);
    expect(JSON.parse(await readFile(path.join(folder, files[1] ?? ''), 'utf8'))).toMatchObject({
      planner: 'anthropic',
      usage: { inputTokens: 1840, outputTokens: 210 },
      shadowRun: { restored: true },
    });

    const sent = JSON.stringify(model.requests.map(({ body }) => body));
    expect(sent).toContain('orders are slow to find for one user');
    expect(sent).toContain('user_id');
    expect(sent).not.toContain(secretRow);
    expect(model.requests[0]?.headers['authorization']).toBe(`Bearer ${key}`);
    expect(running.output()).not.toContain(key);
    await running.close();
    await expectNowhere(userData, [key, secretRow]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Fails when a text lies in any file below a folder. */
async function expectNowhere(folder: string, texts: readonly string[]): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = await readFile(path.join(entry.parentPath, entry.name));
    for (const text of texts) expect(bytes.includes(text), `${text} in ${entry.name}`).toBe(false);
  }
}

const failures: readonly {
  readonly name: string;
  readonly replies: readonly ScriptedReply[];
  readonly title: RegExp;
}[] = [
  {
    name: 'a rejected key',
    replies: [{ kind: 'error', status: 401, type: 'authentication_error', message: 'invalid key' }],
    title: /key/i,
  },
  {
    name: 'an overloaded model',
    replies: [
      { kind: 'error', status: 529, type: 'overloaded_error', message: 'busy', headers: { 'retry-after-ms': '10' } },
    ],
    title: /overloaded|busy/i,
  },
  {
    name: 'a reply that is not the schema',
    replies: [{ kind: 'message', text: '{"title":"only this"}' }],
    title: /reply|answer/i,
  },
];

for (const { name, replies, title } of failures) {
  test(`${name} is said clearly, offers a way on, and loses nothing`, async ({ launch, picture }) => {
    model.reply(...replies);
    const running = await launch({ environment: { LOCKSTEP_ANTHROPIC_BASE_URL: model.url } });
    const { page } = running;
    await prepare(running);
    await startMigration(page, 'add note text to orders');
    await draft(page);
    const notice = page.getByRole('alert').first();
    await expect(notice).toContainText(title, { timeout: 60_000 });
    await picture(page, `failure-${name.replaceAll(' ', '-')}`);
    // The request is still there, and the planner that needs no model does the job.
    await expect(page.getByRole('textbox', { name: 'What should change?' })).toHaveValue('add note text to orders');
    const list = await running.request('migrations.list', {});
    const id = list.ok ? list.value[0]?.id : undefined;
    if (id === undefined) throw new Error('the migration is gone');
    const planned = await running.operate('draft.generate', {
      id,
      request: 'add note text to orders',
      planner: 'built-in',
    });
    expect(planned).toMatchObject({ ok: true, value: { current: { draft: { planner: 'built-in' } } } });
  });
}
