import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inItsFile, readMigrations } from './read-migrations.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-migrations-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, text = `-- ${name}`) => {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
};
const names = (...paths: string[]) => {
  const read = readMigrations(paths);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.map(({ name, up, down }) => `${name}: ${up ? 'up' : '-'} ${down ? 'down' : '-'}`);
};

describe('readMigrations', () => {
  it('pairs the files of a folder and orders numbers by value', async () => {
    for (const name of ['10_c.up.sql', '10_c.down.sql', '9_b.up.sql', 'readme.md']) await write(name);
    expect(names(folder)).toEqual(['9_b: up -', '10_c: up down']);
  });

  it('reads one folder per migration', async () => {
    for (const name of ['001_a/up.sql', '001_a/down.sql', '002_b/up.sql']) await write(name);
    expect(names(folder)).toEqual(['001_a: up down', '002_b: up -']);
    expect(names(join(folder, '001_a'))).toEqual(['001_a: up down']);
  });

  it('finds the other half when one file of a pair is named, and takes a lone file as an up', async () => {
    const up = await write('5_x.up.sql');
    await write('5_x.down.sql');
    const lone = await write('change.sql');
    expect(names(up)).toEqual(['5_x: up down']);
    expect(names(lone)).toEqual(['change: up -']);
    expect(names(join(folder, '5_x'))).toEqual(['5_x: up down']);
  });

  it('follows links, and names the one that leads nowhere', async () => {
    const elsewhere = await write('elsewhere/kept.sql');
    await mkdir(join(folder, 'linked'));
    await symlink(elsewhere, join(folder, 'linked', '1_a.up.sql'));
    expect(names(join(folder, 'linked'))).toEqual(['1_a: up -']);
    await symlink('nowhere', join(folder, 'linked', '2_b.up.sql'));
    expect(readMigrations([join(folder, 'linked')])).toEqual({
      ok: false,
      error: { code: 'disk.not_found', path: join(folder, 'linked', '2_b.up.sql') },
    });
  });

  it('keeps migrations of the same name apart', async () => {
    const one = await write('a/1_x.up.sql');
    const two = await write('b/1_x.up.sql');
    await write('a/1_x.sql');
    await write('a/1_x.down.sql');
    expect(names(one, two)).toEqual(['1_x: up down', '1_x: up -']);
    expect(names(join(folder, 'a')).sort()).toEqual(['1_x: up -', '1_x: up down']);
  });

  it('reads files as their tools name and fill them, and gives back the whole of one after a change', async () => {
    const text = '-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n';
    await write('V10__b.sql', 'SELECT 1;');
    await write('V9__a.sql', 'SELECT 1;');
    await write('U9__a.sql', 'SELECT 2;');
    await write('R__views.sql', 'SELECT 3;');
    await write('20_dbmate.sql', text);
    await mkdir(join(folder, '30_prisma'));
    await writeFile(join(folder, '30_prisma', 'migration.sql'), 'SELECT 1;');
    await writeFile(join(folder, '30_prisma', 'down.sql'), 'SELECT 2;');
    const read = readMigrations([folder]);
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.map(({ name, up, down }) => [name, up !== null, down !== null])).toEqual([
      ['20_dbmate', true, true],
      ['30_prisma', true, true],
      ['V9__a', true, true],
      ['V10__b', true, false],
      ['R__views', true, false],
    ]);
    const [dbmate] = read.value;
    if (dbmate?.up == null || dbmate.down === null) throw new Error('both are there');
    expect(inItsFile(dbmate.up, dbmate.up.text.replace('SELECT 1;', 'SELECT 10;\nSELECT 11;'))).toBe(
      text.replace('SELECT 1;', 'SELECT 10;\nSELECT 11;'),
    );
    expect(inItsFile(dbmate.down, dbmate.down.text.replace('SELECT 2;', 'SELECT 20;'))).toBe(text.replace('2;', '20;'));
    expect(readMigrations([join(folder, 'U9__a.sql')])).toMatchObject({ value: [{ name: 'V9__a', up: {}, down: {} }] });
  });

  it('takes a project of Sqitch in the order of its plan, and no verification', async () => {
    await write(
      'sqitch.plan',
      '%project=shop\n\nzebra 2026-01-01T00:00:00Z A <a@b.c> # z\n@v1 2026\napple [zebra] 2026 A\n',
    );
    for (const name of ['apple', 'zebra'])
      for (const kind of ['deploy', 'revert', 'verify'])
        await write(
          `${kind}/${name}.sql`,
          `-- ${kind === 'deploy' ? 'Deploy' : 'Revert'} shop:${name} ${kind === 'deploy' ? 'to' : 'from'} pg\n`,
        );
    expect(names(folder)).toEqual(['zebra: up down', 'apple: up down']);
    expect(names(join(folder, 'deploy'))).toEqual(['zebra: up -', 'apple: up -']);
    expect(names(join(folder, 'revert', 'apple.sql'))).toEqual(['apple: up down']);
    expect(names(join(folder, 'verify', 'apple.sql'))).toEqual([]);
    expect(readMigrations([folder])).toMatchObject({ value: [{ up: { transaction: 'none' } }, {}] });
  });

  it('takes each changeset of Liquibase as a migration, in the order of the file', async () => {
    const text =
      '--liquibase formatted sql\n--changeset a:z\nSELECT 1;\n--changeset a:a\nSELECT 2;\n--rollback SELECT 3;\n';
    const path = await write('2_log.sql', text);
    await write('10_b.sql');
    expect(names(folder)).toEqual(['2_log a:z: up -', '2_log a:a: up down', '10_b: up -']);
    const read = readMigrations([path]);
    if (!read.ok) throw new Error(read.error.code);
    const [, second] = read.value;
    if (second?.up == null || second.down === null) throw new Error('both are there');
    expect(inItsFile(second.up, second.up.text.replace('2;', '20;'))).toBe(text.replace('2;', '20;'));
    expect(inItsFile(second.down, second.down.text)).toBeNull();
  });

  it('takes no notice of a byte order mark', async () => {
    const read = readMigrations([await write('marked.sql', '\uFEFFSELECT 1;')]);
    expect(read).toMatchObject({ ok: true, value: [{ up: { text: 'SELECT 1;' } }] });
  });

  it('refuses a text in another encoding, with its path', async () => {
    const path = join(folder, '1_old.up.sql');
    await writeFile(path, Buffer.from("select 'caf\xe9';", 'latin1'));
    const message = 'it is not UTF-8; convert it, for example with iconv';
    expect(readMigrations([folder])).toEqual({
      ok: false,
      error: { code: 'input.invalid', issues: [{ path, message }] },
    });
  });

  it('says which path does not exist', async () => {
    expect(readMigrations([join(folder, 'nothing')])).toEqual({
      ok: false,
      error: { code: 'disk.not_found', path: join(folder, 'nothing') },
    });
  });
});
