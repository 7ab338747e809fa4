import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';

const built = path.resolve(import.meta.dirname, '../../../out');
const read = (file: string): string => readFileSync(path.join(built, file), 'utf8');
/** Names of the modules that a bundle loads at run time. */
const loads = (code: string): readonly string[] =>
  [...code.matchAll(/(?:\brequire\(|\bfrom\s*|\bimport\s*\(?\s*)["'`]([^"'`]+)["'`]/g)].map(([, name]) => name ?? '');

test('the built preload is one small file that loads Electron and nothing else', () => {
  expect(readdirSync(path.join(built, 'preload'))).toEqual(['index.cjs']);
  const code = read('preload/index.cjs');
  expect(new Set(loads(code))).toEqual(new Set(['electron']));
  expect(code.split('\n').length).toBeLessThan(60);
  expect(code).not.toMatch(/process\.env|sendSync|webFrame/);
});

test('the built command line contains no Electron', () => {
  const files = readdirSync(path.join(built, 'cli')).filter((name) => name.endsWith('.mjs'));
  expect(files).toContain('main.mjs');
  for (const file of files) expect(loads(read(`cli/${file}`)), file).not.toContain('electron');
});

test('the built page loads no module of Node', () => {
  const folder = path.join(built, 'renderer/assets');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const code = readFileSync(path.join(folder, file), 'utf8');
    expect(
      loads(code).filter((name) => name.startsWith('node:') || name === 'electron'),
      file,
    ).toEqual([]);
  }
});
