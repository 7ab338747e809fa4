import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import { introspect, introspectAgain, type Reading } from '../../../src/engine/introspect/introspect.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { testClock } from '../../support/test-clock.ts';

const schema = `
  create role again_reader; create role again_owner;
  create schema "Other";
  create type mood as enum ('sad', 'ok');
  create domain price as numeric check (value >= 0);
  create type pair as (a integer, b text);
  create sequence numbers;
  create function twice(n integer) returns integer language sql immutable as 'select n * 2';
  create function touch() returns trigger language plpgsql as 'begin return new; end';
  create table parent (id integer primary key, name text not null, mood mood default 'ok', cost price, note pair,
    number integer default nextval('numbers'), doubled integer generated always as (id * 2) stored, check (twice(id) > 0));
  create index on parent (lower(name)) where mood = 'ok';
  create table "Other".child (id integer generated always as identity primary key, parent integer references parent (id),
    code text unique);
  create table parts (id integer not null, day date not null, primary key (id, day)) partition by range (day);
  create table parts_1 partition of parts for values from ('2024-01-01') to ('2025-01-01');
  create table heir (extra text) inherits (parent);
  create table alone (id integer, label text);
  create view names as select p.id, p.name, c.code from parent p left join "Other".child c on c.parent = p.id;
  create view names_of_names as select name from names;
  create materialized view kept as select mood, count(*) as counted from parent group by mood;
  create unique index on kept (mood);
  create trigger touch before update on parent for each row when (old.name is distinct from new.name) execute function touch();
  create policy own on parent using (name = current_user);
  create rule quiet as on delete to alone do instead nothing;
  create statistics together on id, name from parent;
  create table filler_1 (id integer); create table filler_2 (id integer); create table filler_3 (id integer);
  create table filler_4 (id integer); create table filler_5 (id integer); create table filler_6 (id integer);
`;

/** What people do to a database, each able to be undone or done again in any order; some fail in some states. */
const changes: readonly string[] = [
  'alter table parent rename to parents',
  'alter table parents rename to parent',
  'alter table "Other".child rename column parent to "Parent Id"',
  'alter table "Other".child rename column "Parent Id" to parent',
  'alter table parent rename column name to "full name"',
  'alter table parent rename column "full name" to name',
  'alter table parent rename constraint parent_pkey to "parent key"',
  'alter index "Other".child_code_key rename to "code is unique"',
  'alter type mood rename to feeling',
  'alter type feeling rename to mood',
  `alter type mood rename value 'sad' to 'blue'`,
  `alter type mood rename value 'blue' to 'sad'`,
  `alter type mood add value if not exists 'merry'`,
  'alter domain price rename to amount',
  'alter domain amount rename to price',
  'alter domain price drop constraint if exists price_check',
  `alter domain price set default 1`,
  'alter type pair add attribute c integer',
  'alter type pair drop attribute if exists c',
  'alter function twice(integer) rename to double_of',
  'alter function double_of(integer) rename to twice',
  `create or replace function touch() returns trigger language plpgsql as 'begin new.name := 1; return new; end'`,
  'alter function touch() cost 5',
  'alter sequence numbers rename to "Numbers"',
  'alter sequence "Numbers" rename to numbers',
  'alter sequence numbers owned by parent.number',
  'alter sequence numbers owned by none',
  'alter sequence numbers increment by 3',
  'alter schema "Other" rename to elsewhere',
  'alter schema elsewhere rename to "Other"',
  'alter table alone set schema "Other"',
  'alter table "Other".alone set schema public',
  'alter table alone add column more text default now()::text',
  'alter table alone drop column if exists more',
  'alter table alone alter column label type varchar(20)',
  'alter table alone alter column label type text',
  `alter table alone alter column label set default 'x'`,
  'alter table alone alter column label drop default',
  'alter table alone alter column label set not null',
  'alter table alone alter column label drop not null',
  'alter table alone add constraint short check (length(label) < 9)',
  'alter table alone drop constraint if exists short',
  'create index if not exists alone_label on alone (label)',
  'drop index if exists alone_label',
  'alter table alone add constraint to_parent foreign key (id) references parent',
  'alter table alone drop constraint if exists to_parent',
  'alter table alone owner to again_owner',
  'alter table alone owner to postgres',
  'grant select on alone to again_reader',
  'revoke all on alone from again_reader',
  'grant update (label) on alone to again_reader',
  'revoke update (label) on alone from again_reader',
  'alter table alone set (fillfactor = 50)',
  'alter table alone reset (fillfactor)',
  'alter table alone enable row level security',
  'alter table alone disable row level security',
  'alter table alone set unlogged',
  'alter table alone set logged',
  'alter table alone replica identity full',
  'alter table alone replica identity default',
  `comment on table alone is 'by itself'`,
  'comment on table alone is null',
  `comment on column alone.label is 'what it is called'`,
  'comment on column alone.label is null',
  `comment on index parent_pkey is 'the key'`,
  'comment on index parent_pkey is null',
  `comment on trigger touch on parent is 'touches'`,
  'comment on trigger touch on parent is null',
  `comment on policy own on parent is 'one own'`,
  'comment on policy own on parent is null',
  `comment on function touch() is 'touches'`,
  'comment on function touch() is null',
  `comment on type mood is 'how it is'`,
  `comment on view names is 'all names'`,
  `comment on column pair.b is 'the second'`,
  'comment on column pair.b is null',
  `comment on constraint price_check on domain price is 'never less'`,
  `comment on constraint parent_pkey on parent is 'one of each'`,
  'comment on constraint parent_pkey on parent is null',
  `comment on sequence numbers is 'counts'`,
  `comment on rule quiet on alone is 'does nothing'`,
  `comment on statistics together is 'of both'`,
  `comment on schema "Other" is 'another'`,
  'drop table if exists alone',
  'create table if not exists alone (id integer, label text)',
  'create table extra (id integer primary key, parent integer references parent)',
  'drop table if exists extra',
  'drop view if exists names_of_names',
  'create or replace view names_of_names as select name from names',
  'create or replace view names_of_names as select name, id from names',
  'alter view names rename column code to "the code"',
  `alter view names alter column code set default 'x'`,
  'refresh materialized view kept',
  'alter trigger touch on parent rename to touched',
  'alter trigger touched on parent rename to touch',
  'alter table parent disable trigger touch',
  'alter table parent enable trigger touch',
  'drop trigger if exists touch on parent',
  `create or replace trigger touch before update on parent for each row when (new.name <> '') execute function touch()`,
  'drop policy if exists own on parent',
  'create policy own on parent using (name = current_user)',
  'alter policy own on parent to again_reader',
  'drop rule if exists quiet on alone',
  'create or replace rule quiet as on delete to alone do instead nothing',
  'drop statistics if exists together',
  'create statistics if not exists together on id, name from parent',
  'alter table heir no inherit parent',
  'alter table heir inherit parent',
  `create table if not exists parts_2 partition of parts for values from ('2025-01-01') to ('2026-01-01')`,
  'alter table parts detach partition parts_2',
  'drop table if exists parts_2',
  'alter table parts add column if not exists note text',
  'create index if not exists parts_day on parts (day)',
  'drop index if exists parts_day',
  'alter table filler_1 cluster on missing',
  'alter index parent_lower_idx alter column 1 set statistics 77',
  'truncate alone',
  'vacuum analyze parent',
  'vacuum full pg_catalog.pg_class',
  'create temporary table passing (id integer)',
  'alter role again_owner rename to again_master',
  'alter role again_master rename to again_owner',
  'create extension if not exists citext',
  'drop extension if exists citext',
  'create schema if not exists fresh',
  'drop schema if exists fresh',
  'create type shape as (a integer)',
  'create type shell',
  'create table if not exists shell (id integer)',
  'alter table "Other".child disable trigger all',
  'select lo_create(0)',
  `do $$ begin execute format('comment on database %I is %L', current_database(), clock_timestamp()); end $$`,
  `do $$ begin execute format('alter database %I set work_mem = %L', current_database(), '8MB'); end $$`,
];

describe('reading a catalog again', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    // Roles belong to the whole server.
    server = await startPostgresServer({ own: true });
  });
  afterAll(() => server.stop());

  const open = async (settings: ConnectionSettings): Promise<PgSession> => {
    const connected = await connectPostgresql(settings, server.password);
    if (!connected.ok) throw new Error(JSON.stringify(connected.error));
    return connected.value;
  };
  const inDatabase = async (script: string, use: (session: PgSession, database: string) => Promise<void>) => {
    const settings = await server.createDatabase(script);
    const session = await open(settings);
    try {
      await use(session, settings.database);
    } finally {
      await session.close();
    }
  };
  const options = { clock: testClock, facts: false };

  it('gives the same as reading everything, whatever people do in between', async () => {
    await inDatabase(schema, async (session, database) => {
      let reading: Reading = await introspectAgain(session, null, options);
      const reads: Reading['read'][] = [];
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(...changes), { minLength: 1, maxLength: 4 }), async (done) => {
          for (const change of done) await server.execute(change, database).catch(() => undefined);
          reading = await introspectAgain(session, reading, options);
          reads.push(reading.read);
          expect(reading.catalog).toEqual(await introspect(session, options));
        }),
        { numRuns: 60, endOnFailure: true },
      );
      // Chance decides how many are found relation by relation, about every second; with none the test shows nothing.
      expect(reads.filter((read) => typeof read === 'number').length).toBeGreaterThan(10);
    });
  });

  it('sees every change by itself', async () => {
    await inDatabase(schema.replace(/create role \w+;/g, ''), async (session, database) => {
      let reading = await introspectAgain(session, null, options);
      const overlooked: string[] = [];
      for (const change of changes) {
        await server.execute(change, database).catch(() => undefined);
        reading = await introspectAgain(session, reading, options);
        const everything = await introspect(session, options);
        if (JSON.stringify(reading.catalog) !== JSON.stringify(everything)) {
          overlooked.push(`${change} (${reading.read})`);
          reading = await introspectAgain(session, null, options);
        }
      }
      expect(overlooked).toEqual([]);
    });
  });
});
