import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOnFileSystem } from '../../../test/support/run-on-file-system.ts';
import { createKeptFiles } from './kept-files.ts';

let cacheFolder: string;
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'lockstep-kept-'));
});
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }));

const files = (version = 'one', onFailure?: (reason: string) => void) =>
  createKeptFiles({ version, cacheFolder, onFailure });
const image = new Uint8Array(5_000).map((_, index) => index % 251);
const state = { image, about: '{"ß": "“”"}' };
const kept = (): readonly string[] =>
  readdirSync(join(cacheFolder, 'kept')).map((name) => join(cacheFolder, 'kept', name));

describe('files that are kept for later processes', () => {
  it('gives back what was written, only under its key and to the same version', async () => {
    expect(await files().read('a')).toBeNull();
    await files().write('a', state);
    const read = await files().read('a');
    expect(read?.about).toBe(state.about);
    expect(Buffer.from(read?.image ?? []).equals(Buffer.from(image))).toBe(true);
    expect(await files().read('b')).toBeNull();
    expect(await files('two').read('a')).toBeNull();
    await files().write('empty', { image: new Uint8Array(), about: '' });
    expect(await files().read('empty')).toMatchObject({ about: '' });
  });

  it('lets nobody else read them', async () => {
    await files().write('a', state);
    expect(statSync(join(cacheFolder, 'kept')).mode & 0o777).toBe(0o700);
    expect(kept().map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
  });

  it.each([
    ['has another byte in the image', (bytes: Buffer) => bytes.fill(1, 100, 101)],
    ['has another byte in the text', (bytes: Buffer) => bytes.fill(1, 5_001, 5_002)],
    ['has another length of the text', (bytes: Buffer) => bytes.fill(0xff, bytes.length - 36, bytes.length - 32)],
    ['ends in the middle', (bytes: Buffer) => bytes.subarray(0, 3_000)],
    ['is empty', (bytes: Buffer) => bytes.subarray(0, 0)],
  ])('deletes one that %s', async (_, damage) => {
    await files().write('a', state);
    const [path = ''] = kept();
    writeFileSync(path, damage(readFileSync(path)));
    expect(await files().read('a')).toBeNull();
    expect(kept()).toEqual([]);
  });

  it('survives writers and readers at the same time', async () => {
    const states = Array.from({ length: 8 }, (_, number) => ({
      image: image.map((byte) => byte ^ number),
      about: `${number}`,
    }));
    const seen = await Promise.all(
      states.map(async (one) => {
        await files().write('a', one);
        return files().read('a');
      }),
    );
    for (const read of seen) {
      const written = states[Number(read?.about)]?.image ?? [];
      expect(Buffer.from(read?.image ?? []).equals(Buffer.from(written))).toBe(true);
    }
    expect(kept()).toHaveLength(1);
  });

  it('keeps no more than 64, those that were used last, and nothing that was never finished', async () => {
    const abandoned = join(cacheFolder, 'kept', 'x.part');
    for (let number = 0; number < 66; number += 1) {
      await files().write(`${number}`, state);
      // A clock that moves on between two writes.
      for (const path of kept())
        utimesSync(path, statSync(path).mtimeMs / 1000 - 60, statSync(path).mtimeMs / 1000 - 60);
      if (number === 5) {
        writeFileSync(abandoned, '');
        utimesSync(abandoned, 0, 0);
      }
      await files().read('0');
    }
    expect(kept()).toHaveLength(64);
    const known = await Promise.all(
      [...Array(66).keys()].map(async (number) => (await files().read(`${number}`)) !== null),
    );
    expect(known.map((is, number) => (is ? null : number)).filter((number) => number !== null)).toEqual([1, 2]);
  });

  it('does without them, and says why, where nothing can be written', async () => {
    const reasons: string[] = [];
    writeFileSync(join(cacheFolder, 'kept'), 'a file where the folder should be');
    chmodSync(cacheFolder, 0o500);
    await files('one', (reason) => reasons.push(reason)).write('a', state);
    chmodSync(cacheFolder, 0o700);
    expect(reasons).toEqual([expect.stringMatching(/EEXIST|ENOTDIR|EACCES/)]);
    expect(await files().read('a')).toBeNull();
  });

  it('keeps what there is room for on a full disk, and leaves no half file', async () => {
    expect(await runOnFileSystem('keep-on-file-system.ts', cacheFolder, 'size=200k')).toEqual({
      reasons: [expect.stringContaining('ENOSPC')],
      read: ['small', null],
      left: 1,
    });
  });
});
