import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadSchemaText } from '../../src/adapters/pglite/load-schema-text.ts';
import { testShadows } from '../integration/shadow/shadows.ts';

/** Third-party schemas that are not part of the project; `LOCKSTEP_ACCEPTANCE_DATA` names another folder. */
const folder = join(
  process.env['LOCKSTEP_ACCEPTANCE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url)),
  'schemas',
);
const files = existsSync(folder) ? readdirSync(folder).filter((file) => !file.endsWith('_data.sql')) : [];

it('loads every schema file that is there', { timeout: 600_000 }, async () => {
  if (files.length === 0) console.log(`no schema files in ${folder}: nothing to load`);
  const databases = testShadows();
  for (const file of files) {
    const started = performance.now();
    const text = readFileSync(join(folder, file), 'utf8');
    const loaded = await loadSchemaText({ path: file, text, databases });
    if (!loaded.ok) throw new Error(`${file}: ${JSON.stringify(loaded.error)}`);
    const [counts] = await loaded.value.client.query(
      "select count(*)::int4 as tables from pg_catalog.pg_class where relkind in ('r', 'p') and relnamespace <> 11",
    );
    console.log(
      file,
      Math.round(performance.now() - started),
      'ms',
      counts,
      loaded.value.stubbed,
      loaded.value.leftOut,
    );
    await loaded.value.client.close();
    expect(loaded.value.stubbed).toEqual([]);
  }
});
