import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from './read-migrations.ts';

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
