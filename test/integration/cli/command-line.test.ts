import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockstep } from '../../support/command-line.ts';

const schema = `
create table users (id bigint primary key, email text not null, "Größe" text);
create table orders (id bigint primary key, user_id bigint not null references users (id), a int);
create view user_emails as select id, email from users;
`;
let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-cli-'));
  await writeFile(at('schema.sql'), schema);
  await writeFile(at('unsafe.sql'), 'ALTER TABLE users ADD COLUMN x int NOT NULL; CREATE INDEX i ON orders(a);\n');
  await mkdir(at('pair'));
  await writeFile(at('pair', '1_flag.up.sql'), 'ALTER TABLE users ADD COLUMN flag boolean;\n');
  await writeFile(at('pair', '1_flag.down.sql'), 'ALTER TABLE users DROP COLUMN flag;\n');
  await writeFile(at('lossy.up.sql'), 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\n');
  await writeFile(at('lossy.down.sql'), '-- nothing\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('lockstep create', () => {
  it('writes the triple offline from a sentence, and the down restores', async () => {
    const out = at('created');
    const run = await lockstep([
      'create',
      'add email_verified boolean to users',
      '--schema',
      at('schema.sql'),
      '--out',
      out,
    ]);
    expect(run).toMatchObject({ code: 0 });
    const files = (await readdir(out)).sort();
    expect(files.map((name) => name.replace(/^\d{14}/, 'TIME'))).toEqual([
      expect.stringMatching(/^TIME_[a-z0-9_]+\.down\.sql$/),
      expect.stringMatching(/^TIME_[a-z0-9_]+\.lockstep\.json$/),
      expect.stringMatching(/^TIME_[a-z0-9_]+\.up\.sql$/),
    ]);
    const up = files.find((name) => name.endsWith('.up.sql')) ?? '';
    expect(await readFile(join(out, up), 'utf8')).toMatch(/ADD COLUMN email_verified boolean/);

    const proof = await lockstep(['shadow-run', join(out, up), '--schema', at('schema.sql'), '--json']);
    expect(proof.code).toBe(0);
    expect(JSON.parse(proof.stdout)).toMatchObject({ restored: true, clone: { fidelity: 'exact' }, differences: [] });
  });

  it('writes nothing on a dry run, and refuses what it does not understand with examples', async () => {
    const dry = await lockstep([
      'create',
      'add flag boolean to users',
      '--schema',
      at('schema.sql'),
      '--out',
      at('dry'),
      '--dry-run',
    ]);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.stdout).toContain('Nothing was written');
    await expect(readdir(at('dry'))).rejects.toThrow();
    const lost = await lockstep([
      'create',
      'make everything better',
      '--schema',
      at('schema.sql'),
      '--out',
      at('lost'),
    ]);
    expect(lost).toMatchObject({ code: 2, stdout: '' });
    expect(lost.stderr).toMatch(/add .* to .*/i);
  });

  it('asks for a key when the model is wanted and none is set', async () => {
    const run = await lockstep(['create', 'add flag', '--schema', at('schema.sql'), '--planner', 'anthropic']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/key/i);
  });
});

describe('lockstep validate', () => {
  it('finds both faults of an unsafe file at their line and column', async () => {
    const run = await lockstep(['validate', at('unsafe.sql'), '--schema', at('schema.sql'), '--format', 'json']);
    expect(run.code).toBe(1);
    const { migrations, summary } = JSON.parse(run.stdout);
    const errors = migrations[0].findings.filter((one: { severity: string }) => one.severity === 'error');
    expect(errors).toEqual([
      expect.objectContaining({ direction: 'up', statement: 0, line: 1, column: expect.any(Number) }),
      expect.objectContaining({
        rule: 'require-concurrent-index-creation',
        direction: 'up',
        statement: 1,
        line: 1,
        column: 46,
      }),
    ]);
    expect(summary.errors).toBe(2);
  });

  it('shows a person the source line, and reports without a catalog too', async () => {
    const run = await lockstep(['validate', at('unsafe.sql')]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('CREATE INDEX i ON orders(a)');
    expect(run.stdout).toMatch(/Not checked:/);
    expect((await lockstep(['validate', at('unsafe.sql'), '--fail-on', 'never'])).code).toBe(0);
  });

  it('tells by its exit code what it found when nobody reads the answer', async () => {
    const run = await lockstep(['validate', at('unsafe.sql'), '--json'], {
      onStart: ({ stdout }) => stdout?.destroy(),
    });
    expect(run.code).toBe(1);
    // A build of the command line may be told of.
    expect(run.stderr).not.toContain('could not be written');
  });

  it('names the folder that holds no migration, and takes an empty URL for no server', async () => {
    await mkdir(at('hollow'));
    const hollow = await lockstep(['validate', at('hollow')]);
    expect(hollow).toMatchObject({ code: 2, stdout: '' });
    expect(hollow.stderr).toContain(`${at('hollow')}: holds no migration`);
    const unset = await lockstep(['introspect', '--database', ''], { env: { DATABASE_URL: '' } });
    expect(unset).toMatchObject({ code: 2, stdout: '' });
    expect(unset.stderr).toContain('--database: is empty');
  });

  it('gives a syntax error with PostgreSQL’s words and place', async () => {
    await writeFile(at('broken.sql'), "SELECT 'é';\nALTER TABEL users ADD x int;\n");
    const run = await lockstep(['validate', at('broken.sql'), '--format', 'json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).migrations[0].findings).toContainEqual(
      expect.objectContaining({
        rule: 'syntax-error',
        line: 2,
        column: 7,
        message: expect.stringContaining('syntax error at or near "TABEL"'),
      }),
    );
  });

  it('includes the shadow run in the tier of that name', async () => {
    const run = await lockstep([
      'validate',
      at('lossy'),
      '--schema',
      at('schema.sql'),
      '--tier',
      'shadow',
      '--format',
      'json',
    ]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).migrations[0].shadow).toMatchObject({ restored: false });
  });
});

describe('lockstep shadow-run', () => {
  it('proves a folder in order', async () => {
    const run = await lockstep(['shadow-run', at('pair'), '--schema', at('schema.sql'), '--json']);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      version: 1,
      chain: [{ name: '1_flag', result: { restored: true } }],
    });
  });

  it('names the difference that a wrong down leaves, and offers a down that restores', async () => {
    const run = await lockstep(['shadow-run', at('lossy'), '--schema', at('schema.sql'), '--json']);
    expect(run.code).toBe(1);
    const report = JSON.parse(run.stdout);
    expect(report.differences).toContainEqual(expect.objectContaining({ object: 'public.users.email' }));
    expect(report.computedDown).toMatchObject({ restored: true, loses: [] });

    await writeFile(at('offered.up.sql'), await readFile(at('lossy.up.sql')));
    await writeFile(at('offered.down.sql'), report.computedDown.sql);
    const offered = await lockstep(['shadow-run', at('offered'), '--schema', at('schema.sql'), '--json']);
    expect(offered.code).toBe(0);
    expect(JSON.parse(offered.stdout)).toMatchObject({ restored: true, computedDown: null });
  });
});

describe('lockstep introspect, diff and export', () => {
  it('writes a snapshot that reads back to the same catalog', async () => {
    const json = await lockstep(['introspect', '--schema', at('schema.sql'), '--format', 'json']);
    expect(json.code).toBe(0);
    await writeFile(at('snapshot.json'), json.stdout);
    const same = await lockstep(['diff', at('schema.sql'), at('snapshot.json'), '--format', 'json']);
    expect(same.code).toBe(0);
    expect(JSON.parse(same.stdout)).toEqual({ version: 1, equal: true, differences: [], renameCandidates: [] });
  });

  it('trusts no fingerprint that a snapshot claims', async () => {
    const edited = (await readFile(at('snapshot.json'), 'utf8')).replace('"bigint"', '"integer"');
    await writeFile(at('edited.json'), edited);
    const run = await lockstep(['introspect', '--snapshot', at('edited.json'), '--json']);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).fingerprint).not.toBe(JSON.parse(edited).fingerprint);
    expect(run.stderr).toContain('was changed after it was written');
    const untouched = await lockstep(['introspect', '--snapshot', at('snapshot.json'), '--json']);
    expect(untouched).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints DDL that makes the same catalog', async () => {
    const ddl = await lockstep(['introspect', '--schema', at('schema.sql'), '--format', 'ddl']);
    await writeFile(at('again.sql'), ddl.stdout);
    expect((await lockstep(['diff', at('schema.sql'), at('again.sql')])).stdout).toBe('Equal.\n');
  });

  it('exports without overwriting', async () => {
    const run = await lockstep([
      'export',
      at('pair', '1_flag.up.sql'),
      '--to',
      'lockstep',
      '--out',
      at('exported'),
      '--json',
    ]);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ version: 1, target: 'lockstep', files: { length: 3 } });
  });
});

describe('what goes wrong', () => {
  it('is 2 for the caller’s mistakes, with stdout empty', async () => {
    for (const args of [
      ['validate', at('nothing-here.sql')],
      ['introspect'],
      ['introspect', '--schema', at('schema.sql'), '--snapshot', at('x.json')],
      ['introspect', '--database', 'not a url'],
      ['introspect', '--schema', at('schema.sql'), '--schemas', 'public,nope'],
      ['introspect', '--snapshot', at('snapshot.json'), '--schemas', 'nope'],
      ['nonsense'],
      ['validate', at('unsafe.sql'), '--tier', 'shadow'],
      ['create', 'add a int to users', '--snapshot', at('unsafe.sql')],
    ]) {
      expect({ args, ...(await lockstep(args)) }).toMatchObject({ args, code: 2, stdout: '' });
    }
  });

  it('is 3 when the world fails, and never prints the password', async () => {
    const dead = await lockstep(['introspect', '--database', 'postgresql://app:s3cr3t-pw@127.0.0.1:1/shop']);
    expect(dead).toMatchObject({ code: 3, stdout: '' });
    expect(dead.stderr).not.toContain('s3cr3t-pw');
    expect(dead.stderr).toMatch(/127\.0\.0\.1/);
    await mkdir(at('locked'));
    await chmod(at('locked'), 0o500);
    const full = await lockstep([
      'create',
      'add flag boolean to users',
      '--schema',
      at('schema.sql'),
      '--out',
      '/dev/full/x',
    ]);
    expect(full.stdout).toBe('');
    expect([2, 3]).toContain(full.code);
  });

  it('is 3, within a second, when the work is cancelled', async () => {
    await writeFile(at('endless.up.sql'), 'DO $$ BEGIN LOOP END LOOP; END $$;');
    let stopped = 0;
    const run = await lockstep(['shadow-run', at('endless.up.sql')], {
      onStart: (child) =>
        setTimeout(() => {
          stopped = performance.now();
          child.kill('SIGINT');
        }, 4000),
    });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(performance.now() - stopped).toBeLessThan(1000);
  });

  it('is 3 when the answer cannot be written', async () => {
    const run = await new Promise<number | null>((done) => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, ['bin/lockstep.mjs', 'validate', at('unsafe.sql'), '--fail-on', 'never'], {
        stdio: ['ignore', full, 'ignore'],
      });
      child.once('exit', done);
    });
    expect(run).toBe(3);
  });
});
