import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { BASE_IMAGE_NAME } from './base-image.ts';

it('names the image after the engine that made it', async () => {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> };
  expect(BASE_IMAGE_NAME).toContain(`pglite-${manifest.dependencies['@electric-sql/pglite']}-`);
});
