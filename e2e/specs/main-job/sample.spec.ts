import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../../fixtures/app.ts';
import { walkMainJob } from '../../walks/main-job.ts';

test('a new user gets from a sentence to proven files, without a server, a key or a network', async ({
  running,
  picture,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lockstep-exported-'));
  try {
    await walkMainJob(running, {
      request: 'add email_verified boolean to users',
      folder,
      picture: (page, name) => picture(page, `main-job-${name}`),
    });

    const names = (await readdir(folder)).sort();
    expect(names.map((name) => name.replace(/^\d{14}_[a-z0-9_]+/, 'NAME'))).toEqual([
      'NAME.down.sql',
      'NAME.lockstep.json',
      'NAME.up.sql',
    ]);
    const [down = '', about = '', up = ''] = names;
    expect(await readFile(path.join(folder, up), 'utf8')).toMatch(
      /ALTER TABLE app\.users\s+ADD COLUMN email_verified boolean/,
    );
    expect(await readFile(path.join(folder, down), 'utf8')).toMatch(/DROP COLUMN email_verified/);
    expect(JSON.parse(await readFile(path.join(folder, about), 'utf8'))).toMatchObject({
      request: 'add email_verified boolean to users',
      planner: 'built-in',
      shadowRun: { restored: true, differences: 0 },
    });

    const list = await running.request('migrations.list', {});
    const id = list.ok ? list.value[0]?.id : undefined;
    if (id === undefined) throw new Error('the history lists no migration');
    const migration = await running.request('migrations.get', { id });
    if (!migration.ok) throw new Error(migration.error.code);
    const steps = migration.value.current?.shadowRun?.report.steps ?? [];
    const fingerprint = (name: string) => steps.find((step) => step.name === name)?.fingerprint;
    expect(steps.map(({ name }) => name)).toEqual(['baseline', 'up', 'down', 'up-again']);
    expect(fingerprint('down')).toBe(fingerprint('baseline'));
    expect(fingerprint('up-again')).toBe(fingerprint('up'));
    expect(fingerprint('up')).not.toBe(fingerprint('baseline'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('what was done is there again after a restart, without opening a connection', async ({
  launch,
  userData,
  picture,
}) => {
  const first = await launch({ userData });
  const folder = await mkdtemp(path.join(tmpdir(), 'lockstep-exported-'));
  await walkMainJob(first, { request: 'add nickname text to users', folder, picture: async () => undefined });
  await first.close();
  await rm(folder, { recursive: true, force: true });

  const second = await launch({ userData });
  await second.page.getByRole('navigation').getByText('History').click();
  await expect(second.page.getByText(/nickname/).first()).toBeVisible();
  await expect(second.page.getByText('No connection')).toBeVisible();
  await picture(second.page, 'history-after-restart');
});
