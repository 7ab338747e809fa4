import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePage } from './serve-page.ts';

let folder = '';
let root = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lockstep-page-'));
  root = path.join(folder, 'page');
  await mkdir(path.join(root, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">');
  await writeFile(path.join(root, 'assets', 'index.js'), 'export {};');
  await writeFile(path.join(root, 'assets', 'notes.exe'), 'x');
  await writeFile(path.join(folder, 'secret.json'), '{}');
  await mkdir(path.join(folder, 'page-two'));
  await writeFile(path.join(folder, 'page-two', 'index.html'), 'other');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the page and its policy share a nonce that is new each time', async () => {
  const nonces = [];
  for (let round = 0; round < 2; round += 1) {
    const answer = await servePage(root, 'app://lockstep/index.html');
    const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
    expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    nonces.push(nonce);
  }
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces[0]).toHaveLength(24);
});

test('a file of the page comes with its type', async () => {
  const answer = await servePage(root, 'app://lockstep/assets/index.js?v=1');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  'app://lockstep/../secret.json',
  'app://lockstep/%2e%2e/secret.json',
  'app://lockstep/%2e%2e%2fsecret.json',
  'app://lockstep/..%5csecret.json',
  'app://lockstep/..%2fpage-two/index.html',
  'app://lockstep//etc/passwd',
  'app://lockstep/index.html%00.js',
  'app://lockstep/%ff.html',
  'app://lockstep/',
  'app://lockstep/assets',
  'app://lockstep/assets/notes.exe',
  'app://elsewhere/index.html',
])('%s is not served', async (address) => {
  expect((await servePage(root, address)).status).toBe(404);
});
