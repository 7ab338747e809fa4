import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { splitPsqlScript } from '../../src/adapters/pglite/psql-script.ts';
import { compareCatalogs } from '../../src/engine/catalog/compare.ts';
import { renderCatalog } from '../../src/engine/catalog/render.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import { openEmbeddedClient } from '../support/embedded-client.ts';
import { embeddedExtensions } from '../support/embedded-extensions.ts';
import { testClock } from '../support/test-clock.ts';

const folder = resolve(import.meta.dirname, '../../../shared/data/schemas');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^(?!.*_data).*\.sql$/.test(name)) : [];

if (files.length === 0) {
  // Said once and aloud: these schemas are not part of the project.
  it('has no schemas of other projects to go through', () =>
    console.warn(`no schemas in ${folder}: nothing was tried`));
}

it.each(files)('%s is the same after being read, rendered and loaded again', async (file) => {
  const original = await openEmbeddedClient(embeddedExtensions);
  const copy = await openEmbeddedClient(embeddedExtensions);
  try {
    for (const part of splitPsqlScript(readFileSync(join(folder, file), 'utf8'))) {
      if (part.kind === 'statement') await original.query(part.text);
    }
    await original.execute('reset all');
    const before = await introspect(original, { clock: testClock });
    for (const { sql } of renderCatalog(before)) await copy.query(sql);
    const after = await introspect(copy, { clock: testClock });
    expect(compareCatalogs(before, after)).toEqual([]);
    expect(after.fingerprint).toBe(before.fingerprint);
    expect(before.notModelled).toEqual([]);
  } finally {
    await original.close();
    await copy.close();
  }
});
