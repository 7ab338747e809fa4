import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase } from '../../support/round-trip.ts';

const folder = resolve(import.meta.dirname, '../../databases');
const files = ['types.sql', 'rights.sql', 'triggers.sql'];
// These hold bodies that the server parses, which came with 14.
const filesSince14 = ['views.sql', 'routines.sql', 'old-production.sql'];

const script = `
  create foreign data wrapper "My Wrapper";
  create server "My Server" foreign data wrapper "My Wrapper";
  create schema hidden;
  revoke all on schema hidden from public;
  create table hidden.secrets (id integer primary key, body text default 'x', check (body <> ''));
  create view hidden.seen as select id from hidden.secrets;
  create function hidden.source() returns integer language sql as 'select 42';
  revoke all on function hidden.source() from public;
  create sequence hidden.counter;
  create user mapping for public server "My Server";
  create user mapping for postgres server "My Server" options ("user" 'bob', password 'hunter2');
  create subscription far connection 'host=nowhere password=hunter2' publication p with (connect = false, slot_name = none);
  revoke all on database :database from public;
  create role lockstep_guest login;
  grant connect on database :database to lockstep_guest;
`;

describe.each([12, 18] as const)('a role of PostgreSQL %i that may only connect', (version) => {
  let server: PostgresServer;
  let all: Catalog;
  let seen: Catalog;
  beforeAll(async () => {
    server = await startPostgresServer({ version });
    const scripts = [...files, ...(version < 14 ? [] : filesSince14)].map((file) =>
      readFileSync(join(folder, file), 'utf8'),
    );
    const database = await server.createDatabase(scripts.join('\n'));
    await server.execute(script.replaceAll(':database', database.database), database.database);
    all = await readDatabase(database);
    seen = await readDatabase({ ...database, user: 'lockstep_guest' });
  });
  afterAll(() => server.stop());

  it('reads the same catalog as a superuser, but for what is hidden from it', () => {
    expect(compareCatalogs(all, seen).map(({ kind, object, attribute }) => [kind, object, attribute])).toEqual([
      ['user mapping', 'FOR postgres SERVER "My Server"', 'definition'],
    ]);
  });

  it('is told what that is', () => {
    expect(all.notVisible).toBeUndefined();
    expect(seen.notVisible).toEqual([
      'the options of 2 user mappings (PUBLIC on "My Server", postgres on "My Server")',
    ]);
  });

  it('sees a schema that it may not use', () => {
    expect(seen.schemas.map(({ name }) => name)).toContain('hidden');
    expect(seen.tables.find(({ schema }) => schema === 'hidden')?.constraints.length).toBe(2);
    expect(seen.routines.find(({ schema }) => schema === 'hidden')?.definition).toContain('select 42');
  });
});
