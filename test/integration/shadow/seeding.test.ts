import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../../src/engine/ports/shadow-databases.ts';
import type { RowStyle } from '../../../src/engine/shadow/rows/plan-row.ts';
import { type Seeding, seedTables } from '../../../src/engine/shadow/rows/seed-tables.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { keyOf } from '../../../src/engine/sql/table-index.ts';
import { testDatabases } from '../../support/test-databases.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows();
const open: ShadowDatabase[] = [];
beforeAll(loadParser);
afterAll(() => Promise.all(open.map((database) => database.close())));

/** Every table of a catalog that is no partition: those are filled through the table above them. */
const tablesOf = (catalog: Catalog) =>
  new Map(catalog.tables.filter((table) => table.partitionOf === null).map((table) => [keyOf(table), table]));

async function seed(
  script: string,
  style: RowStyle = 'mixed',
  count = 12,
): Promise<Seeding & { readonly database: ShadowDatabase; readonly catalog: Catalog }> {
  const loaded = await loadSchemaText({ text: script, path: 'schema.sql', databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const database = loaded.value.client;
  open.push(database);
  const catalog = await introspect(database, { clock });
  await database.execute('begin');
  const tables = tablesOf(catalog);
  const seeding = await seedTables({ database, catalog, facts: null, tables, count, styleOf: () => style });
  return { ...seeding, database, catalog };
}

const counts = ({ rows, catalog }: Seeding & { readonly catalog: Catalog }) =>
  Object.fromEntries(
    catalog.tables.flatMap((table) => {
      const count = rows.get(keyOf(table));
      return count === undefined ? [] : [[qualifiedName(table), count]];
    }),
  );

describe('seeding', () => {
  it('fills columns of every built-in type, with nulls where they may be', async () => {
    const types = [
      ...['int2', 'int4', 'int8', 'numeric', 'numeric(5,2)', 'numeric(3,5)', 'numeric(4,-2)', 'float4', 'float8'],
      ...['money', 'text', 'varchar(3)', 'varchar', 'char(4)', 'char', '"char"', 'name', 'bool', 'bytea', 'uuid'],
      ...['date', 'time(2)', 'timetz', 'timestamp(0)', 'timestamptz', 'interval', 'interval day to second(3)'],
      ...['json', 'jsonb', 'jsonpath', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bit(5)', 'bit', 'varbit(7)'],
      ...['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'tsvector', 'tsquery', 'oid', 'regclass'],
      ...['int4range', 'numrange', 'tstzrange', 'daterange', 'int8multirange', 'datemultirange', 'text[]', 'int[][]'],
      ...['pg_lsn', 'tid', 'xid', 'uuid[]', 'numeric(6,1)[]', 'jsonb[]', 'daterange[]'],
    ];
    const columns = types.map((type, at) => `"${type.replaceAll('"', "'")}" ${type}, n${at} ${type} not null`);
    const seeding = await seed(`create table everything (${columns.join(', ')})`);
    expect(seeding.notSeeded).toEqual([]);
    expect(counts(seeding)).toEqual({ 'public.everything': 12 });
    const [row] = await seeding.database.query('select count(int2) as filled, count(*) as all from everything');
    expect(Number(row?.['filled'])).toBeLessThan(Number(row?.['all']));
  });

  it('satisfies checks of many forms', async () => {
    const seeding = await seed(`
      create domain positive as int check (value > 0);
      create domain short_code as text check (length(value) = 4 and value ~ '^[A-Z]{2}[0-9]{2}$');
      create table checked (
        id int primary key check (id >= 500 and id < 100000),
        a int not null check (a between 10 and 12), b int not null check (b > a),
        state text not null check (state in ('new', 'paid', 'sent')), code short_code not null, amount positive not null,
        mail text not null check (mail ~* '^[^@ ]+@[^@ ]+\\.[a-z]{2,}$'), slug text not null unique check (slug = lower(slug)),
        pin char(4) not null check (pin ~ '^\\d{4}$'), title text not null check (char_length(title) >= 20),
        starts date not null, ends date not null check (ends > starts), since date not null check (since >= '2030-01-01'),
        share numeric(3, 2) not null check (share >= 0 and share <= 1), tags text[] not null check (cardinality(tags) <= 1),
        one int, other int, check (num_nonnulls(one, other) = 1),
        kind text not null, size int, check (kind <> 'box' or size is not null),
        name text not null check (name <> '' and name = btrim(name)), path text not null check (path like '/%'),
        flag boolean not null check (flag), ratio float8 not null check (ratio > 0 and ratio < 1)
      )`);
    expect(seeding.notSeeded).toEqual([]);
    expect(counts(seeding)['public.checked']).toBe(12);
  });

  it('follows keys: composite, to itself, in circles, over unique and partial indexes', async () => {
    const seeding = await seed(`
      create table tenants (id int primary key);
      create table people (tenant int references tenants, id int, boss int not null, primary key (tenant, id),
        foreign key (tenant, boss) references people (tenant, id));
      create table teams (id int generated always as identity primary key, tenant int not null, lead int not null,
        foreign key (tenant, lead) references people (tenant, id));
      create table members (team int references teams, tenant int, person int, primary key (team, tenant, person),
        foreign key (tenant, person) references people (tenant, id));
      create table husbands (id int primary key, wife int not null unique);
      create table wives (id int primary key, husband int not null unique references husbands (id));
      alter table husbands add foreign key (wife) references wives (id);
      create table eggs (id int primary key, hen int);
      create table hens (id int primary key, egg int not null references eggs);
      alter table eggs add foreign key (hen) references hens;
      create table one_each (id serial primary key, tenant int not null unique references tenants on delete cascade);
      create table slots (room int not null, during int4range not null, email text, gone boolean not null,
        exclude using gist (during with &&));
      create unique index on slots (lower(email)) where not gone;
      create unique index on slots (room) nulls not distinct`);
    expect(seeding.notSeeded).toEqual([]);
    expect(counts(seeding)).toMatchObject({
      'public.people': 12,
      'public.members': 12,
      'public.husbands': 12,
      'public.wives': 12,
      'public.one_each': 12,
      'public.slots': 12,
    });
    const [row] = await seeding.database.query('select count(*) as filled from eggs where hen is not null');
    expect(Number(row?.['filled'])).toBeGreaterThan(0);
  });

  it('puts a row into each partition, whatever its bounds', async () => {
    const seeding = await seed(`
      create table events (id int, at timestamptz not null, kind text not null, primary key (id, at, kind)) partition by range (at);
      create table "Events 2020" partition of events for values from ('2020-01-01') to ('2021-01-01');
      create table events_old partition of events for values from (minvalue) to ('2020-01-01') partition by list (kind);
      create table events_old_ab partition of events_old for values in ('a', 'b');
      create table events_old_rest partition of events_old default;
      create table events_rest partition of events default;
      create table hashed (id int not null) partition by hash (id);
      create table hashed_0 partition of hashed for values with (modulus 2, remainder 0);
      create table hashed_1 partition of hashed for values with (modulus 2, remainder 1);
      create table notes (event_id int, at timestamptz, kind text, foreign key (event_id, at, kind) references events);
      create table bare (id int) partition by list (id)`);
    expect(seeding.notSeeded).toEqual([{ table: 'public.bare', reason: 'it has no partition' }]);
    const rows = await seeding.database.query(
      'select tableoid::regclass::text as leaf from events union select tableoid::regclass::text from hashed',
    );
    expect(rows.map((row) => row['leaf']).sort()).toEqual([
      '"Events 2020"',
      'events_old_ab',
      'events_old_rest',
      'events_rest',
      'hashed_0',
      'hashed_1',
    ]);
  });

  it('keeps triggers and row security out of its way, and leaves them as they were', async () => {
    const seeding = await seed(`
      create table guarded (id int primary key, note text);
      create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end';
      create trigger a before insert on guarded for each row execute function refuse();
      create trigger b before insert on guarded for each row execute function refuse();
      create trigger c before insert on guarded for each row execute function refuse();
      alter table guarded enable always trigger b; alter table guarded disable trigger c;
      alter table guarded enable row level security; alter table guarded force row level security;
      create policy nobody on guarded using (false)`);
    expect(seeding.notSeeded).toEqual([]);
    const rows = await seeding.database.query(
      "select tgname || tgenabled::text as trigger from pg_trigger where tgrelid = 'guarded'::regclass order by 1",
    );
    expect(rows.map((row) => row['trigger'])).toEqual(['aO', 'bA', 'cD']);
  });

  it('says why a table stays empty', async () => {
    const seeding = await seed(
      `
      create table never (id int check (false));
      create table below (id int not null references below_nothing (id));`
        .replace('below_nothing', 'never2')
        .replace(
          'create table below',
          'create table never2 (id int primary key check (id > 5 and id < 3)); create table below',
        ),
    );
    expect(seeding.notSeeded.map(({ table }) => table).sort()).toEqual([
      'public.below',
      'public.never',
      'public.never2',
    ]);
    expect(seeding.notSeeded.find(({ table }) => table === 'public.below')?.reason).toBe(
      'a table that it must reference has no rows',
    );
  });

  it.each(testDatabases.filter(({ since }) => since <= 18).map(({ name, script }) => [name, script] as const))(
    'fills the tables of %s, and names those that it cannot',
    async (_, script) => {
      for (const style of ['mixed', 'plain'] as const) {
        const { notSeeded, rows } = await seed(script, style);
        expect(
          notSeeded.filter(({ reason }) => !/no partition|another server|violates partition constraint/.test(reason)),
        ).toEqual([]);
        for (const count of rows.values()) expect(count).toBeGreaterThan(0);
      }
    },
  );
});
