import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase, renderedScript } from '../../support/round-trip.ts';

/** One of each kind of object that a database can hold, and where the catalog must tell of it. */
type Kind = {
  readonly kind: string;
  readonly make: string;
  /** The first version that knows it, where that is not the first of all. */
  readonly since?: number;
} & (
  | { readonly modelled: (catalog: Catalog) => boolean }
  /** The text in `notModelled` that tells of it. */
  | { readonly listed: string | RegExp }
);

const other =
  (kind: string, name: string, more: RegExp = /^/) =>
  (catalog: Catalog): boolean =>
    (catalog.otherObjects ?? []).some(
      (object) =>
        object.kind === kind &&
        object.name === name &&
        more.test([object.definition, ...(object.further ?? [])].join('; ')),
    );

const named = (list: readonly { readonly name: string }[], name: string): boolean =>
  list.some((object) => object.name === name);

const kinds: readonly Kind[] = [
  { kind: 'schema', make: 'create schema k_schema', modelled: ({ schemas }) => named(schemas, 'k_schema') },
  { kind: 'extension', make: 'create extension citext', modelled: ({ extensions }) => named(extensions, 'citext') },
  { kind: 'table', make: 'create table k_table (id integer)', modelled: ({ tables }) => named(tables, 'k_table') },
  {
    kind: 'partitioned table and partition',
    make: 'create table k_parts (id integer) partition by list (id); create table k_part partition of k_parts default',
    modelled: ({ tables }) => named(tables, 'k_parts') && named(tables, 'k_part'),
  },
  { kind: 'view', make: 'create view k_view as select 1 as x', modelled: ({ views }) => named(views, 'k_view') },
  {
    kind: 'materialized view',
    make: 'create materialized view k_matview as select 1 as x',
    modelled: ({ views }) => named(views, 'k_matview'),
  },
  { kind: 'sequence', make: 'create sequence k_sequence', modelled: ({ sequences }) => named(sequences, 'k_sequence') },
  {
    kind: 'index',
    make: 'create index k_index on k_table (id)',
    modelled: ({ tables }) => tables.some(({ indexes }) => named(indexes, 'k_index')),
  },
  {
    kind: 'constraint',
    make: 'alter table k_table add constraint k_check check (id > 0)',
    modelled: ({ tables }) => tables.some(({ constraints }) => named(constraints, 'k_check')),
  },
  { kind: 'enum', make: "create type k_enum as enum ('a')", modelled: ({ types }) => named(types, 'k_enum') },
  { kind: 'domain', make: 'create domain k_domain as integer', modelled: ({ types }) => named(types, 'k_domain') },
  {
    kind: 'composite type',
    make: 'create type k_pair as (a integer)',
    modelled: ({ types }) => named(types, 'k_pair'),
  },
  {
    kind: 'range',
    make: 'create type k_range as range (subtype = integer)',
    modelled: ({ types }) => named(types, 'k_range'),
  },
  { kind: 'shell type', make: 'create type k_shell', modelled: other('shell type', 'k_shell') },
  {
    kind: 'base type',
    make: `create type k_base;
      create function k_in(cstring) returns k_base language internal immutable strict as 'int4in';
      create function k_out(k_base) returns cstring language internal immutable strict as 'int4out';
      create type k_base (input = k_in, output = k_out, like = integer)`,
    modelled: other('base type', 'k_base'),
  },
  {
    kind: 'function',
    make: "create function k_function() returns integer language sql as 'select 1'",
    modelled: ({ routines }) => named(routines, 'k_function'),
  },
  {
    kind: 'procedure',
    make: "create procedure k_procedure() language sql as 'select 1'",
    modelled: ({ routines }) => named(routines, 'k_procedure'),
  },
  {
    kind: 'aggregate',
    make: 'create aggregate k_aggregate(integer) (sfunc = int4pl, stype = integer)',
    modelled: ({ routines }) => named(routines, 'k_aggregate'),
  },
  {
    kind: 'trigger',
    make: `create trigger k_trigger before update on k_table for each row
      execute function suppress_redundant_updates_trigger()`,
    modelled: ({ tables }) => tables.some(({ triggers }) => named(triggers, 'k_trigger')),
  },
  {
    kind: 'policy',
    make: 'create policy k_policy on k_table using (true)',
    modelled: ({ tables }) => tables.some(({ policies }) => named(policies, 'k_policy')),
  },
  {
    kind: 'rule, switched off',
    make: 'create rule k_rule as on delete to k_table do instead nothing; alter table k_table disable rule k_rule',
    modelled: other('rule', 'k_table.k_rule', /DISABLE RULE/),
  },
  {
    kind: 'event trigger',
    make: `create function k_on_ddl() returns event_trigger language plpgsql as 'begin end';
      create event trigger k_event on sql_drop execute function k_on_ddl()`,
    modelled: other('event trigger', 'k_event'),
  },
  {
    kind: 'extended statistics',
    make: 'create table k_two (a integer, b integer); create statistics k_statistics on a, b from k_two',
    modelled: other('statistics', 'k_statistics'),
  },
  {
    kind: 'collation',
    make: "create collation k_collation (locale = 'C')",
    modelled: other('collation', 'k_collation'),
  },
  {
    kind: 'cast',
    make: 'create cast (k_base as integer) without function',
    modelled: other('cast', '(public.k_base AS integer)'),
  },
  {
    kind: 'operator',
    make: 'create operator <~> (function = int4pl, leftarg = integer, rightarg = integer)',
    modelled: other('operator', '<~> (integer, integer)'),
  },
  {
    kind: 'operator family with a loose member',
    make: `create operator family k_family using btree;
      alter operator family k_family using btree add operator 1 < (integer, bigint)`,
    modelled: other('operator family', 'k_family USING btree', /ADD OPERATOR 1/),
  },
  {
    kind: 'operator class',
    make: `create operator class k_class for type integer using btree as operator 1 <, operator 3 =,
      function 1 btint4cmp(integer, integer)`,
    modelled: other('operator class', 'k_class USING btree', /OPERATOR 3 =/),
  },
  {
    kind: 'access method',
    make: 'create access method k_method type index handler bthandler',
    modelled: other('access method', 'k_method'),
  },
  {
    kind: 'language',
    make: 'create trusted language k_language handler plpgsql_call_handler',
    modelled: other('language', 'k_language'),
  },
  {
    kind: 'transform',
    make: 'create transform for integer language sql (from sql with function prsd_lextype(internal))',
    modelled: other('transform', 'FOR integer LANGUAGE sql'),
  },
  {
    kind: 'conversion',
    make: "create conversion k_conversion for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8",
    modelled: other('conversion', 'k_conversion'),
  },
  {
    kind: 'text search parser',
    make: `create text search parser k_parser
      (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)`,
    modelled: other('text search parser', 'k_parser'),
  },
  {
    kind: 'text search template',
    make: 'create text search template k_template (lexize = dsimple_lexize)',
    modelled: other('text search template', 'k_template'),
  },
  {
    kind: 'text search dictionary',
    make: 'create text search dictionary k_dictionary (template = simple)',
    modelled: other('text search dictionary', 'k_dictionary'),
  },
  {
    kind: 'text search configuration',
    make: 'create text search configuration k_configuration (parser = "default")',
    modelled: other('text search configuration', 'k_configuration'),
  },
  {
    kind: 'foreign data wrapper',
    make: 'create foreign data wrapper k_wrapper',
    modelled: other('foreign data wrapper', 'k_wrapper'),
  },
  {
    kind: 'server',
    make: 'create server k_server foreign data wrapper k_wrapper',
    modelled: other('server', 'k_server'),
  },
  {
    kind: 'user mapping',
    make: "create user mapping for postgres server k_server options (\"user\" 'bob', password 'hunter2')",
    modelled: other('user mapping', 'FOR postgres SERVER k_server', /^(?!.*(bob|hunter2)).*password '\*\*\*\*'/),
  },
  {
    kind: 'foreign table',
    make: 'create foreign table k_foreign (id integer) server k_server',
    modelled: ({ tables }) => named(tables, 'k_foreign'),
  },
  {
    kind: 'publication',
    make: 'create publication k_publication for table k_two',
    modelled: other('publication', 'k_publication', /ADD TABLE/),
  },
  {
    kind: 'subscription',
    make: `create subscription k_subscription connection 'host=nowhere password=hunter2' publication p
      with (connect = false, slot_name = none)`,
    modelled: other('subscription', 'k_subscription', /^(?!.*hunter2)/),
  },
  {
    kind: 'default privileges',
    make: 'alter default privileges in schema k_schema grant select on tables to public',
    modelled: other('default privileges', 'on tables of postgres'),
  },
  {
    kind: 'security label',
    // No provider of labels comes with the server: the row is written by hand.
    make: "insert into pg_seclabel values ('k_two'::regclass, 'pg_class'::regclass, 0, 'k_provider', 'secret')",
    modelled: other('security label', 'k_provider ON table public.k_two'),
  },
  {
    kind: 'comment on a constraint of a domain',
    make: `alter domain k_domain add constraint k_domain_check check (value > 0);
      comment on constraint k_domain_check on domain k_domain is 'inside'`,
    modelled: ({ types }) =>
      types.some((type) => type.kind === 'domain' && type.constraints.some(({ comment }) => comment === 'inside')),
  },
  {
    kind: 'comment on an extension',
    make: "comment on extension citext is 'ours'",
    modelled: ({ extensions }) => extensions.some(({ comment }) => comment === 'ours'),
  },
  {
    kind: 'privilege on an object of the system',
    make: 'grant execute on function pg_ls_logdir() to public',
    modelled: ({ grants }) =>
      (grants ?? []).some(({ schema, name }) => schema === 'pg_catalog' && name === 'pg_ls_logdir()'),
  },
  {
    kind: 'privilege on a language',
    make: 'revoke usage on language k_language from public',
    modelled: ({ grants }) => (grants ?? []).some(({ kind, name }) => kind === 'language' && name === 'k_language'),
  },
  {
    kind: 'setting of the database',
    make: `do $$ begin
      execute format('alter database %I set work_mem = %L', current_database(), '8MB');
      execute format('alter role postgres in database %I set lock_timeout = 0', current_database());
    end $$`,
    listed: '2 settings of the database (lock_timeout for postgres, work_mem)',
  },
  {
    kind: 'comment on the database',
    make: "do $$ begin execute format('comment on database %I is %L', current_database(), 'x'); end $$",
    listed: /^1 comment on the database \(lockstep_test_/,
  },
  {
    kind: 'privilege on the database',
    make: `do $$ begin execute format('grant create on database %I to pg_monitor', current_database()); end $$`,
    listed: '1 grantee with privileges on the database (pg_monitor)',
  },
  {
    kind: 'comment on the type of a table',
    make: "comment on type k_table is 'x'",
    listed: '1 comment on a part of something (type public.k_table)',
  },
  {
    kind: 'foreign key that nothing holds',
    make: `create table k_keyed (id integer primary key); create table k_referring (id integer references k_keyed);
      alter table k_referring disable trigger all`,
    listed: '1 constraint with triggers switched by hand (public.k_referring.k_referring_id_fkey)',
  },
  {
    kind: 'partition whose detaching was broken off',
    since: 14,
    make: `create table k_left (id integer) partition by list (id); create table k_leaving partition of k_left default;
      update pg_inherits set inhdetachpending = true where inhrelid = 'k_leaving'::regclass`,
    listed: '1 partition in the middle of being detached (public.k_leaving)',
  },
  {
    kind: 'member of a family that the server made',
    make: `alter operator family float_ops using hash add function 1 (k_base, k_base) hashint4(integer)`,
    listed: /^1 function of access method \(.*float_ops/,
  },
  {
    kind: 'function in a schema of the system',
    make: "create function pg_catalog.k_inside() returns integer language sql as 'select 1'",
    listed: '1 function (pg_catalog.k_inside())',
  },
  {
    kind: 'large objects, more than are named',
    make: 'select lo_create(4711), lo_create(4712), lo_create(4713), lo_create(4714)',
    listed: '4 large objects (4711, 4712, 4713, …)',
  },
  {
    kind: 'the table of an extension',
    make: `create table k_member (id integer primary key); alter extension citext add table k_member`,
    modelled: ({ tables }) => !named(tables, 'k_member'),
  },
  {
    kind: 'column added to the table of an extension',
    make: 'alter table k_member add column late text',
    listed: '1 column changed in the table of an extension (public.k_member.late)',
  },
  {
    kind: 'index added to the table of an extension',
    make: 'create index k_member_index on k_member (id)',
    listed: '1 index added to the table of an extension (public.k_member_index)',
  },
  {
    kind: 'constraint added to the table of an extension',
    make: 'alter table k_member add check (id > 0)',
    listed: '1 constraint added to the table of an extension (public.k_member.k_member_id_check)',
  },
  {
    kind: 'trigger added to the table of an extension',
    make: `create trigger k_trigger before update on k_member for each row
      execute function suppress_redundant_updates_trigger()`,
    listed: '1 trigger added to the table of an extension (public.k_member.k_trigger)',
  },
  {
    kind: 'rule added to the table of an extension',
    make: 'create rule k_rule as on delete to k_member do instead nothing',
    listed: '1 rule added to the table of an extension (public.k_member.k_rule)',
  },
  {
    kind: 'policy on the table of an extension',
    make: 'create policy k_policy on k_member using (true)',
    listed: '1 policy on the table of an extension (public.k_member.k_policy)',
  },
];

describe.each([12, 14, 15, 18] as const)('what PostgreSQL %i can hold', (version) => {
  let server: PostgresServer;
  let catalog: Catalog;
  const known = kinds.filter(({ since = 12 }) => version >= since);
  beforeAll(async () => {
    server = await startPostgresServer({ version, configuration: { allow_system_table_mods: 'on' } });
    const database = await server.createDatabase();
    for (const { make } of known) await server.execute(make, database.database);
    catalog = await readDatabase(database);
  });
  afterAll(() => server.stop());

  it.each(known)('$kind is in the catalog or listed', (kind) => {
    if ('modelled' in kind) expect(kind.modelled(catalog)).toBe(true);
    else
      expect(catalog.notModelled).toContainEqual(
        typeof kind.listed === 'string' ? kind.listed : expect.stringMatching(kind.listed),
      );
  });

  it('tells of nothing else', () => {
    const listed = known.flatMap((kind) => ('listed' in kind ? [kind.listed] : []));
    expect(
      catalog.notModelled.filter(
        (text) => !listed.some((each) => (typeof each === 'string' ? each === text : each.test(text))),
      ),
    ).toEqual([]);
  });

  it('can be made again from its catalog', async () => {
    // A label can only be given while its provider is loaded.
    const labelled = (object: { readonly kind: string }) => object.kind === 'security label';
    const others = (catalog.otherObjects ?? []).filter((object) => !labelled(object));
    const copy = await server.createDatabase(renderedScript({ ...catalog, otherObjects: others }));
    const differences = compareCatalogs(catalog, await readDatabase(copy));
    expect(differences.filter((difference) => !labelled(difference))).toEqual([]);
  });

  it('keeps no secret', () => expect(JSON.stringify(catalog)).not.toContain('hunter2'));
});
