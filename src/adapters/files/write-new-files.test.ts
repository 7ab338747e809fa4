import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOnFileSystem } from '../../../test/support/run-on-file-system.ts';
import { writeNewFiles } from './write-new-files.ts';

const run = promisify(execFile);
const pair = [
  { path: 'a.up.sql', contents: 'SELECT 1; -- é😀\n' },
  { path: 'a.down.sql', contents: 'SELECT 2;\n' },
];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-files-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Writes on a real file system with these options. */
const writeOnFileSystem = (options: string): Promise<unknown> =>
  runOnFileSystem('write-on-file-system.ts', folder, options);

describe('writeNewFiles', () => {
  it('writes every file as UTF-8 and returns where', async () => {
    const result = await writeNewFiles(folder, pair, { createDirectory: false });
    expect(result).toEqual({ ok: true, value: [join(folder, 'a.up.sql'), join(folder, 'a.down.sql')] });
    expect(await readFile(join(folder, 'a.up.sql'), 'utf8')).toBe('SELECT 1; -- é😀\n');
  });

  it('never overwrites, and takes back what it wrote before', async () => {
    await writeFile(join(folder, 'a.down.sql'), 'mine');
    const result = await writeNewFiles(folder, pair, { createDirectory: false });
    expect(result).toEqual({ ok: false, error: { code: 'disk.exists', path: join(folder, 'a.down.sql') } });
    expect(await readdir(folder)).toEqual(['a.down.sql']);
    expect(await readFile(join(folder, 'a.down.sql'), 'utf8')).toBe('mine');
  });

  it('does not take a link for a free name', async () => {
    await run('ln', ['-s', '/nowhere/at/all', join(folder, 'a.up.sql')]);
    const result = await writeNewFiles(folder, pair, { createDirectory: false });
    expect(result).toMatchObject({ ok: false, error: { code: 'disk.exists' } });
  });

  it('makes the folder only when asked to', async () => {
    const deep = join(folder, 'db', 'migrations');
    expect(await writeNewFiles(deep, pair, { createDirectory: false })).toMatchObject({
      ok: false,
      error: { code: 'disk.not_found' },
    });
    expect(await writeNewFiles(deep, pair, { createDirectory: true })).toMatchObject({ ok: true });
    expect(await readdir(deep)).toEqual(['a.down.sql', 'a.up.sql']);
  });

  it('says that a file stands where the folder should be', async () => {
    await writeFile(join(folder, 'plain'), '');
    const result = await writeNewFiles(join(folder, 'plain'), pair, { createDirectory: false });
    expect(result).toMatchObject({ ok: false, error: { code: 'disk.not_found' } });
  });

  it('makes sub-folders of a target and removes them again when a later file fails', async () => {
    await writeFile(join(folder, 'b.sql'), 'mine');
    const files = [
      { path: '20260101000000_x/migration.sql', contents: 'SELECT 1;\n' },
      { path: 'b.sql', contents: 'SELECT 2;\n' },
    ];
    expect(await writeNewFiles(folder, files, { createDirectory: false })).toMatchObject({ ok: false });
    expect(await readdir(folder)).toEqual(['b.sql']);
  });

  it('refuses a path that leaves the folder as the bug that it is', async () => {
    await expect(
      writeNewFiles(folder, [{ path: '../escaped.sql', contents: '' }], { createDirectory: false }),
    ).rejects.toThrow('outside its folder');
  });

  it('says that the folder may not be written to', async () => {
    expect(await writeOnFileSystem('ro')).toEqual({
      result: { ok: false, error: { code: 'disk.denied', path: join(folder, 'small.up.sql') } },
      left: [],
    });
  });

  it('leaves nothing behind on a disk that is full', async () => {
    expect(await writeOnFileSystem('size=64k')).toEqual({
      result: { ok: false, error: { code: 'disk.full', path: join(folder, 'large.down.sql') } },
      left: [],
    });
  });
});
