import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import {
  passwordPlaceholder,
  readOnlyRoleScript,
} from '../../../src/engine/introspect/postgresql/read-only-role-script.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';

const databases = resolve(import.meta.dirname, '../../databases');
const files = ['keys.sql', 'odd-names.sql', 'partitions.sql', 'routines.sql', 'types.sql', 'views.sql', 'triggers.sql'];
const role = 'Lockstep "reader"';

async function catalogAs(settings: ConnectionSettings): Promise<Catalog> {
  const connected = await connectPostgresql(settings, null);
  if (!connected.ok) throw new Error(JSON.stringify(connected.error));
  try {
    return await introspect(connected.value, { clock: testClock });
  } finally {
    await connected.value.close();
  }
}

describe.each([14, 15, 18] as const)('the role of the script, on PostgreSQL %s', (version) => {
  let server: PostgresServer;
  let settings: ConnectionSettings;
  let whole: Catalog;
  let seen: Catalog;
  beforeAll(async () => {
    server = await startPostgresServer({ version });
    settings = await server.createDatabase();
    for (const file of files) await server.execute(readFileSync(resolve(databases, file), 'utf8'), settings.database);
    // Others may not even enter the schemas, nor call what is in them.
    await server.execute(
      `do $$ declare s name; begin
        for s in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
          execute format('revoke all on schema %I from public', s);
          execute format('revoke all on all routines in schema %I from public', s);
        end loop; end $$`,
      settings.database,
    );
    const schemas = (await catalogAs(settings)).schemas.map(({ name }) => name);
    await server.execute(readOnlyRoleScript({ role, database: settings.database, schemas }), settings.database);
    // The grants of the script are part of the catalog themselves.
    whole = await catalogAs(settings);
    seen = await catalogAs({ ...settings, user: role });
  });
  afterAll(() => server.stop());

  it('sees the whole catalog', () => {
    expect(whole.tables.length).toBeGreaterThan(20);
    expect(seen.fingerprint).toBe(whole.fingerprint);
    expect(seen.dependencies).toEqual(whole.dependencies);
    expect(seen.notModelled).toEqual(whole.notModelled);
  });

  it('sees the facts, but for the statistics of columns it may not read', () => {
    const sizes = ({ facts }: Catalog) => facts?.tables.map(({ name, bytes, rows }) => ({ name, bytes, rows }));
    expect(sizes(seen)).toEqual(sizes(whole));
    expect(seen.facts?.sequences).toEqual(whole.facts?.sequences);
    expect(seen.facts?.indexes).toEqual(whole.facts?.indexes);
    const hidden = (catalog: Catalog) => catalog.facts?.notVisible?.map(({ what }) => what) ?? [];
    expect(hidden(seen).filter((what) => !hidden(whole).includes(what))).toEqual([
      expect.stringMatching(/^statistics of the columns of \d+ of \d+ tables$/),
    ]);
  });

  it('may read no row, and write nothing', async () => {
    const connected = await connectPostgresql({ ...settings, user: role }, null);
    if (!connected.ok) throw new Error(JSON.stringify(connected.error));
    try {
      const rows = await connected.value.query(
        `select count(*)::int as readable from pg_class where relkind in ('r', 'p', 'v', 'm')
          and relnamespace not in (select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema')
          and has_any_column_privilege(oid, 'select')`,
      );
      expect(rows).toEqual([{ readable: 0 }]);
      expect(connected.value.identity.readOnly).toBe(true);
    } finally {
      await connected.value.close();
    }
  });
});

it('the script holds a placeholder, and quotes every name', () => {
  const script = readOnlyRoleScript({ role: 'a"b', database: 'My Data', schemas: ['public', 'Odd Schema'] });
  expect(script).toContain(`CREATE ROLE "a""b" LOGIN PASSWORD '${passwordPlaceholder}'`);
  expect(script).toContain('GRANT CONNECT ON DATABASE "My Data" TO "a""b";');
  expect(script).toContain('GRANT SELECT ON ALL SEQUENCES IN SCHEMA "Odd Schema" TO "a""b";');
  expect(script).not.toMatch(/GRANT SELECT ON (ALL )?TABLE/);
});
