import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import { renderCatalog } from '../../../src/engine/catalog/render.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { loadStatements } from '../../../src/engine/sql/load-statements.ts';
import { agreement, agreementOf } from '../../support/round-trip.ts';
import { testClock } from '../../support/test-clock.ts';
import { testShadows } from './shadows.ts';

/** Dumps as other projects have them, and what the embedded database lacks of each. */
const dumps: Readonly<Record<string, { readonly stubbed: readonly string[]; readonly leftOut: readonly string[] }>> = {
  'structure-file.sql': {
    stubbed: [
      'access method pgroonga',
      'extension pg_uuidv7',
      'extension pgroonga',
      'function public.uuid_generate_v7',
    ],
    leftOut: [],
  },
  'hosted-application.sql': {
    stubbed: [
      'access method columnar',
      'access method hnsw',
      'access method ivfflat',
      'collation de_DE.utf8',
      'extension pg_cron',
      'extension pg_graphql',
      'extension pgaudit',
      'extension pgjwt',
      'extension postgis',
      'extension postgres_fdw',
      'extension secrets_vault',
      'extension timescaledb',
      'extension vector',
      'function public.st_ndims',
      'function public.st_srid_default',
      'index index_places_geom (data type public.geometry has no default operator class for access method "gist")',
      'language plpython3u',
      'library thing',
      'materialized view public.near (function public.st_distance(public.geometry, public.geometry) does not exist)',
      'modifiers of types of a missing extension',
      'operator class public.gist_geometry_ops_nd',
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
      'type public.geography',
      'type public.geometry',
      'type public.vector',
      'view over_near (relation "near" does not exist)',
      'view public.similar (operator does not exist: public.vector public.<-> public.vector)',
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

    const copy = await databases.open({ extensions: catalog.extensions.map((extension) => extension.name) });
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
