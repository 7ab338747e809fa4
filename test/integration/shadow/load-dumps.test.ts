import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import { renderCatalog } from '../../../src/engine/catalog/render.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { withWordedModifiers } from '../../../src/engine/shadow/worded-modifiers-database.ts';
import { loadStatements } from '../../../src/engine/sql/load-statements.ts';
import { agreement, agreementOf } from '../../support/round-trip.ts';
import { testClock } from '../../support/test-clock.ts';
import { testShadows } from './shadows.ts';

/** Dumps as other projects have them, and what the embedded database lacks of each. */
const dumps: Readonly<Record<string, { readonly stubbed: readonly string[]; readonly leftOut: readonly string[] }>> = {
  'structure-file.sql': {
    stubbed: ['extension pgroonga'],
    leftOut: [],
  },
  'hosted-application.sql': {
    stubbed: [
      'access method columnar',
      'collation de_DE.utf8',
      'extension pg_cron',
      'extension pg_graphql',
      'extension pgaudit',
      'extension pgjwt',
      'extension postgis',
      'extension postgres_fdw',
      'extension secrets_vault',
      'extension timescaledb',
      'function public.st_srid_default',
      'index index_places_hnsw (data type public.vector has no default operator class for access method "hnsw")',
      'language plpython3u',
      'library thing',
      'materialized view public.near (operator does not exist: public.geometry && public.geometry)',
      'role anon',
      'role app',
      'role app_owner',
      'role auth_admin',
      'role authenticated',
      'role dashboard_user',
      'role other_app',
      'role platform_admin',
      'role reader',
      'role service_role',
      'role weird-role.name',
      'statements about what is missing',
      'tablespace fast_ssd',
      'transform (function public.hstore_to_plpython(internal) does not exist)',
      'view over_near (relation "near" does not exist)',
    ],
    leftOut: [
      'rows (COPY)',
      'security labels',
      'statements about whole databases',
      'subscriptions',
      'tables of other servers (IMPORT FOREIGN SCHEMA)',
    ],
  },
};

describe.each(Object.entries(dumps))('%s', (name, { stubbed, leftOut }) => {
  const databases = testShadows();

  it('loads, says what it lacks, and survives being read, rendered and loaded again', async () => {
    const path = resolve(import.meta.dirname, '../../dumps', name);
    const loaded = await loadSchemaText({ path, text: readFileSync(path, 'utf8'), databases });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    const { client } = loaded.value;
    const catalog = await introspect(client, { clock: testClock, facts: false });
    await client.close();
    expect({ stubbed: loaded.value.stubbed, leftOut: loaded.value.leftOut }).toEqual({ stubbed, leftOut });

    const extensions = catalog.extensions.map((extension) => extension.name);
    const opened = await databases.open({ extensions });
    const copy = withWordedModifiers(opened, extensions, databases.availableExtensions);
    try {
      const statements = renderCatalog(catalog).map(({ sql }) => sql);
      const { failed } = await loadStatements(copy, statements);
      expect(failed && [failed.refusal.message, statements[failed.index]]).toBeNull();
      expect(agreementOf(catalog, await introspect(copy, { clock: testClock, facts: false }))).toEqual(agreement);
    } finally {
      await copy.close();
    }
  });
});
