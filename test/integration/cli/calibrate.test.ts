import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openWritingSession, type WritingSession } from '../../../src/adapters/postgresql/writing-session.ts';
import { works } from '../../../src/engine/throughput/throughput.ts';
import { lockstep } from '../../support/command-line.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const config = `# Ours.
version: 1

throughput:
  read: 3 MB # of the tape
  # of the old server
  rewrite: 1 MB # so slow

facts:   facts.json  # nightly
`;

const facts = {
  capturedAt: '2026-03-18T10:00:00Z',
  tables: [{ schema: 'public', name: 't', rows: 10_000_000, bytes: 1024 ** 3, columns: [] }],
};

describe('measuring what a server gets done', () => {
  let folder: string;
  let server: PostgresServer;
  let session: WritingSession;
  let url: string;
  const at = (name: string) => join(folder, name);
  const calibrate = (...args: readonly string[]) => lockstep(['calibrate', ...args], { cwd: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-calibrate-'));
    server = await startPostgresServer({ version: 15 });
    const opened = await openWritingSession(server.settings, null, []);
    if (!opened.ok) throw new Error(opened.error.code);
    session = opened.value;
    url = `postgresql://postgres:hunter2@localhost:${server.settings.port}/postgres`;
    await writeFile(at('facts.json'), JSON.stringify(facts));
    await writeFile(at('1_t.up.sql'), 'alter table t alter column a type bigint;\n');
  });
  afterEach(async () => {
    expect(await session.query(`select datname from pg_catalog.pg_database where datname ~ '^lockstep_'`)).toEqual([]);
  });
  afterAll(async () => {
    await session.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps what it measured in the configuration, comments and all, and estimates rest on it', async () => {
    await writeFile(at('.lockstep.yml'), config);
    const run = await calibrate('--shadow', url, '--size', '1 MB', '--write', '--json');
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expect(run.stdout + run.stderr).not.toContain('hunter2');
    const report = JSON.parse(run.stdout);
    expect(report).toMatchObject({ version: 1, inMemory: true, server: { version: 150018 } });
    expect(report.rounds).toBeGreaterThanOrEqual(3);
    for (const work of works) {
      expect(report.rates[work].bytes).toBeGreaterThan(0);
      expect(report.rates[work].rows).toBeGreaterThan(0);
    }

    const text = await readFile(at('.lockstep.yml'), 'utf8');
    expect(text).toContain('# Ours.\nversion: 1\n\nthroughput:\n');
    expect(text).toContain('  # of the old server\n');
    expect(text).toMatch(/ {2}rewrite: [\d.]+ [MG]B # so slow\n/);
    expect(text).toContain('\n\nfacts:   facts.json  # nightly\n');
    // What memory gives is not what a disk gives.
    expect(/^ {2}read:/m.test(text)).toBe('read' in report.throughput);

    const checked = await lockstep(['validate', '1_t.up.sql', '--json', '--fail-on', 'never'], { cwd: folder });
    const { on, at: day } = report.throughput.measured;
    expect(on).toBe(`localhost:${server.settings.port}`);
    expect(JSON.parse(checked.stdout).migrations[0].statements[0].estimate.basis).toMatch(
      new RegExp(String.raw`1 GB, facts of 2026-03-18, rewritten at .* per second \(measured on ${on} on ${day}\)$`),
    );
  });

  it('prints the numbers beside what is assumed, and writes nothing unless asked', async () => {
    await writeFile(at('.lockstep.yml'), config);
    const run = await lockstep(['calibrate', '--size', '1MB'], {
      cwd: folder,
      env: { SHADOW_DATABASE_URL: url, DATABASE_URL: 'postgresql://nobody@localhost:1/none' },
    });
    expect(run, run.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('Round 1') });
    expect(run.stdout).toContain(`Measured on localhost:${server.settings.port} (PostgreSQL 15.18)`);
    expect(run.stdout).toMatch(/index-build +[\d.]+ [MG]B +[\d,]+ +100 MB, 500,000\n/);
    expect(await readFile(at('.lockstep.yml'), 'utf8')).toBe(config);
  });

  it('measures in a database that was lent, and leaves it empty', async () => {
    await server.execute('create role lent_to login');
    await server.execute('create database lockstep_shadow_lent owner lent_to');
    const lent = { ...server.settings, database: 'lockstep_shadow_lent' };
    try {
      const run = await calibrate(
        '--shadow',
        `postgresql://lent_to@localhost:${lent.port}/${lent.database}`,
        '--size',
        '1MB',
      );
      expect(run, run.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('change-rows') });
      const opened = await openWritingSession(lent, null, []);
      if (!opened.ok) throw new Error(opened.error.code);
      expect(
        await opened.value.query(`select relname from pg_catalog.pg_class where relname in ('wide', 'narrow')`),
      ).toEqual([]);
      await opened.value.close();
    } finally {
      await server.execute('drop database lockstep_shadow_lent with (force)');
    }
  });

  it('leaves nothing behind when it is stopped in the middle', async () => {
    const run = await lockstep(['calibrate', '--shadow', url], {
      cwd: folder,
      onStart: (child) => {
        child.stderr?.on('data', (text) => {
          if (String(text).includes('Round')) child.kill('SIGINT');
        });
      },
    });
    expect(run).toMatchObject({ code: 3, stdout: '' });
  });

  it('measures the embedded PostgreSQL and says that it is no server', async () => {
    const run = await calibrate('--size', '1 MB');
    expect(run, run.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('embedded PostgreSQL') });
  });

  it('refuses what cannot be done before anything is measured', async () => {
    await writeFile(at('.lockstep.yml'), 'version: 1\nthroughput: { raed: 1 MB }\n');
    expect(await calibrate('--write')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean') });
    await rm(at('.lockstep.yml'));
    expect(await calibrate('--write')).toMatchObject({ code: 2, stderr: expect.stringContaining('--init') });
    expect(await calibrate('--size', '3')).toMatchObject({ code: 2, stderr: expect.stringContaining('32 MB') });
    expect(await calibrate('--config', 'x.yml')).toMatchObject({ code: 2, stdout: '' });
    expect(await calibrate('--shadow', url, '--size', '900 TB')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/disk of the server has .* left/),
    });
  });
});
