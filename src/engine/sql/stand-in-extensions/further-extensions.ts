import { quoteIdentifier } from '../quote-identifier.ts';
import type { ExtensionContents } from './extension-contents.ts';

const JOBS = `create table cron.job (jobid bigserial primary key, schedule text not null, command text not null,
  nodename text not null default 'localhost', nodeport integer not null default 5432, database text not null default
  current_database(), username text not null default current_user, active boolean not null default true, jobname text)`;

/** A wrapper for servers elsewhere, and the validator-free function that makes it. */
const wrapper = (name: string): ExtensionContents => ({ after: [`create foreign data wrapper ${name}`] });

/** A procedural language: PL/pgSQL's handler without its validator accepts any body. */
export const languageContents = (name: string): ExtensionContents => ({
  schema: 'pg_catalog',
  after: [`create language ${quoteIdentifier(name)} handler pg_catalog.plpgsql_call_handler`],
});

/** Extensions that bring nothing which migrations use. */
const QUIET: readonly string[] = [
  'pg_stat_kcache',
  'pgaudit',
  'hypopg',
  'pg_wait_sampling',
  'pg_qualstats',
  'pg_stat_monitor',
  'pg_prewarm',
  'pgstattuple',
  'auto_explain',
  'pg_hint_plan',
  'pg_repack',
  'pg_squeeze',
  'pgrowlocks',
  'sslinfo',
  'adminpack',
  'old_snapshot',
  'plpgsql_check',
  'pg_failover_slots',
  'pg_logicalinspect',
  'set_user',
  'pg_tde',
  'pgextwlist',
  'pg_profile',
  'powa',
  'wal2json',
  'decoderbufs',
  'pglogical',
  'supautils',
  'pg_proctab',
  'jsonb_plperl',
  'jsonb_plpython3u',
  'hstore_plperl',
  'hstore_plpython3u',
  'ltree_plpython3u',
  'bool_plperl',
];

/** All others that are known, by their names. */
export const furtherExtensions: Readonly<Record<string, ExtensionContents>> = {
  ...Object.fromEntries(QUIET.map((name) => [name, {}])),
  pg_cron: {
    schema: 'pg_catalog',
    before: ['create schema cron'],
    after: [
      JOBS,
      `create table cron.job_run_details (jobid bigint, runid bigserial primary key, status text, return_message text,
         start_time timestamptz, end_time timestamptz)`,
      `create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as
         'insert into cron.job (jobname, schedule, command) values ($1, $2, $3) returning jobid'`,
      `create function cron.schedule(schedule text, command text) returns bigint language sql as
         'insert into cron.job (schedule, command) values ($1, $2) returning jobid'`,
      `create function cron.schedule_in_database(job_name text, schedule text, command text, database text)
         returns bigint language sql as
         'insert into cron.job (jobname, schedule, command, database) values ($1, $2, $3, $4) returning jobid'`,
      `create function cron.unschedule(job_name text) returns boolean language sql as
         'delete from cron.job where jobname = $1; select true'`,
      `create function cron.unschedule(job_id bigint) returns boolean language sql as
         'delete from cron.job where jobid = $1; select true'`,
    ],
  },
  pgmq: {
    schema: 'pgmq',
    before: [
      `create type message_record as (msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz,
         message jsonb)`,
    ],
    functions: [
      'send(queue_name text, msg jsonb, delay integer default 0) returns setof bigint',
      'read(queue_name text, vt integer, qty integer) returns setof message_record',
      'pop(queue_name text) returns setof message_record',
      'archive(queue_name text, msg_id bigint) returns boolean',
      'delete(queue_name text, msg_id bigint) returns boolean',
    ],
    after: [
      `create table meta (queue_name varchar unique not null, is_partitioned boolean not null default false,
         is_unlogged boolean not null default false, created_at timestamptz not null default now())`,
      ...['create', 'create_non_partitioned', 'create_unlogged'].map(
        (name) => `create function "${name}"(queue_name text) returns void language plpgsql as $body$ begin
          execute format('create table pgmq.%I (msg_id bigint primary key generated always as identity, read_ct integer not
            null default 0, enqueued_at timestamptz not null default now(), vt timestamptz not null, message jsonb)',
            'q_' || queue_name);
          execute format('create table pgmq.%I (like pgmq.%I, archived_at timestamptz not null default now())',
            'a_' || queue_name, 'q_' || queue_name);
          insert into pgmq.meta (queue_name) values (queue_name); end $body$`,
      ),
      `create function drop_queue(queue_name text) returns boolean language plpgsql as $body$ begin
        execute format('drop table if exists pgmq.%I, pgmq.%I', 'q_' || queue_name, 'a_' || queue_name);
        delete from pgmq.meta m where m.queue_name = drop_queue.queue_name; return true; end $body$`,
    ],
  },
  rum: {
    indexMethods: ['rum'],
    operators: ['<=> (tsvector, tsquery) returns real'],
    operatorClasses: [
      'rum rum_tsvector_ops tsvector default',
      'rum rum_tsvector_hash_ops tsvector',
      'rum rum_tsvector_addon_ops tsvector',
      'rum rum_tsquery_ops tsquery default',
      'rum rum_anyarray_ops text[] default',
      'rum rum_timestamp_ops timestamp default',
      'rum rum_timestamptz_ops timestamptz default',
      'rum rum_int4_ops integer default',
      'rum rum_int8_ops bigint default',
      'rum rum_text_ops text default',
    ],
  },
  bloom: {
    indexMethods: ['bloom'],
    operatorClasses: ['bloom int4_ops integer default', 'bloom text_ops text default'],
  },
  age: {
    schema: 'ag_catalog',
    types: { agtype: 'nothing', graphid: 'nothing' },
    functions: [
      'create_graph(graph_name name) returns void',
      'drop_graph(graph_name name, "cascade" boolean default false) returns void',
    ],
  },
  zombodb: {
    before: ['create schema zdb'],
    types: { zdbquery: 'nothing' },
    indexMethods: ['zombodb'],
    operators: ['==> (anyelement, zdbquery) returns boolean'],
  },
  pg_search: {
    before: ['create schema paradedb'],
    indexMethods: ['bm25'],
    operators: ['@@@ (anyelement, text) returns boolean'],
    operatorClasses: [
      'bm25 anyelement_bm25_ops text default',
      'bm25 integer_bm25_ops integer default',
      'bm25 bigint_bm25_ops bigint default',
      'bm25 uuid_bm25_ops uuid default',
      'bm25 jsonb_bm25_ops jsonb default',
      'bm25 timestamp_bm25_ops timestamp default',
      'bm25 timestamptz_bm25_ops timestamptz default',
    ],
  },
  pgroonga: {
    indexMethods: ['pgroonga'],
    operators: ['&@ (text, text) returns boolean', '&@~ (text, text) returns boolean'],
    operatorClasses: [
      'pgroonga pgroonga_text_full_text_search_ops_v2 text default',
      'pgroonga pgroonga_varchar_full_text_search_ops_v2 varchar default',
      'pgroonga pgroonga_jsonb_ops_v2 jsonb default',
      'pgroonga pgroonga_text_array_full_text_search_ops_v2 text[] default',
    ],
  },
  pg_bigm: {
    functions: [
      'show_bigm(text) returns text[]',
      'bigm_similarity(text, text) returns real',
      'likequery(text) returns text := $1',
    ],
    operators: ['=% (text, text) returns boolean'],
  },
  pg_uuidv7: {
    functions: [
      'uuid_generate_v7() returns uuid := gen_random_uuid()',
      'uuid_v7_to_timestamptz(uuid) returns timestamptz := now()',
      'uuid_timestamptz_to_v7(timestamptz) returns uuid := gen_random_uuid()',
    ],
  },
  pgx_ulid: {
    types: { ulid: 'nothing' },
    functions: [
      'gen_ulid() returns ulid := gen_random_uuid()::text',
      'gen_monotonic_ulid() returns ulid := gen_random_uuid()::text',
    ],
    after: ['create cast (ulid as uuid) with inout as implicit', 'create cast (uuid as ulid) with inout as implicit'],
  },
  ulid: {
    types: { ulid: 'nothing' },
    functions: ['gen_ulid() returns ulid := gen_random_uuid()::text'],
    after: ['create cast (ulid as uuid) with inout as implicit', 'create cast (uuid as ulid) with inout as implicit'],
  },
  pg_idkit: {
    functions: [
      'idkit_uuidv7_generate() returns text := gen_random_uuid()::text',
      'idkit_ulid_generate() returns text := gen_random_uuid()::text',
      'idkit_cuid2_generate() returns text := gen_random_uuid()::text',
      'idkit_ksuid_generate() returns text := gen_random_uuid()::text',
      'idkit_nanoid_generate() returns text := gen_random_uuid()::text',
    ],
  },
  pg_hashids: {
    functions: [
      'id_encode(bigint) returns text := $1::text',
      'id_encode(bigint, text) returns text := $1::text',
      'id_encode(bigint, text, integer) returns text := $1::text',
      'id_decode_once(text) returns bigint',
    ],
  },
  semver: {
    types: { semver: 'nothing' },
    functions: [
      'to_semver(text) returns semver := $1',
      'get_semver_major(semver) returns integer',
      'is_semver(text) returns boolean',
    ],
    after: [
      'create cast (text as semver) with inout as assignment',
      'create cast (semver as text) with inout as assignment',
    ],
  },
  debversion: { types: { debversion: 'nothing' } },
  prefix: {
    types: { prefix_range: 'nothing' },
    operators: [
      '&& (prefix_range, prefix_range) returns boolean',
      '@> (prefix_range, prefix_range) returns boolean',
      '@> (prefix_range, text) returns boolean',
    ],
    operatorClasses: ['gist gist_prefix_range_ops prefix_range default with &&'],
  },
  ip4r: {
    types: {
      ip4: 'nothing',
      ip4r: 'nothing',
      ip6: 'nothing',
      ip6r: 'nothing',
      ipaddress: 'nothing',
      iprange: 'nothing',
    },
    operators: ['ip4r', 'ip6r', 'iprange'].flatMap((type) =>
      ['&&', '>>=', '<<=', '>>', '<<'].map((name) => `${name} (${type}, ${type}) returns boolean`),
    ),
    operatorClasses: ['ip4r', 'ip6r', 'iprange'].map((type) => `gist gist_${type}_ops ${type} default with &&`),
  },
  hll: {
    types: { hll: 'nothing', hll_hashval: 'nothing' },
    functions: [
      'hll_empty() returns hll',
      'hll_add(hll, hll_hashval) returns hll := $1',
      'hll_cardinality(hll) returns double precision',
      'hll_union(hll, hll) returns hll := $1',
      ...['integer', 'bigint', 'text', 'bytea'].map(
        (type) => `hll_hash_${type}(${type}, integer default 0) returns hll_hashval`,
      ),
    ],
    aggregates: ['hll_add_agg(hll_hashval) returns hll', 'hll_union_agg(hll) returns hll'],
    operators: ['|| (hll, hll) returns hll', '|| (hll, hll_hashval) returns hll'],
  },
  roaringbitmap: {
    types: { roaringbitmap: 'nothing', roaringbitmap64: 'nothing' },
    functions: ['rb_build(integer[]) returns roaringbitmap', 'rb_cardinality(roaringbitmap) returns bigint'],
    operators: ['|', '&', '-', '#'].map((name) => `${name} (roaringbitmap, roaringbitmap) returns roaringbitmap`),
  },
  periods: { schema: 'periods' },
  temporal_tables: {
    after: ['create function versioning() returns trigger language plpgsql as $body$ begin return new; end $body$'],
  },
  pg_ivm: { functions: ['create_immv(text, text) returns bigint', 'refresh_immv(text, boolean) returns bigint'] },
  pg_jsonschema: {
    functions: [
      'json_matches_schema(schema json, instance json) returns boolean := true',
      'jsonb_matches_schema(schema json, instance jsonb) returns boolean := true',
    ],
  },
  pgjwt: {
    functions: [
      "sign(payload json, secret text, algorithm text default 'HS256') returns text",
      'url_encode(bytea) returns text',
      'url_decode(text) returns bytea',
    ],
  },
  pgsodium: {
    schema: 'pgsodium',
    functions: [
      "create_key(key_type text default 'aead-det', name text default null) returns uuid := gen_random_uuid()",
    ],
  },
  pg_net: {
    before: ['create schema if not exists net'],
    after: [
      `create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}',
         headers jsonb default '{}', timeout_milliseconds integer default 2000) returns bigint language sql as 'select 1::bigint'`,
      `create function net.http_get(url text, params jsonb default '{}', headers jsonb default '{}',
         timeout_milliseconds integer default 2000) returns bigint language sql as 'select 1::bigint'`,
    ],
  },
  http: {
    before: [
      'create type http_header as (field varchar, value varchar)',
      'create type http_response as (status integer, content_type varchar, headers http_header[], content varchar)',
    ],
    functions: [
      'http_get(uri varchar) returns http_response := null',
      'http_post(uri varchar, content varchar, content_type varchar) returns http_response := null',
      'http_header(field varchar, value varchar) returns http_header := null',
    ],
  },
  pg_graphql: { schema: 'graphql', functions: ["resolve(query text, variables jsonb default '{}') returns jsonb"] },
  supabase_vault: {
    schema: 'vault',
    functions: [
      "create_secret(new_secret text, new_name text default null, new_description text default '') returns uuid := gen_random_uuid()",
    ],
    after: [
      'create table secrets (id uuid primary key default gen_random_uuid(), name text, description text, secret text not null)',
    ],
  },
  anon: {
    schema: 'anon',
    functions: [
      'init() returns boolean',
      'fake_first_name() returns text',
      'fake_last_name() returns text',
      'fake_email() returns text',
    ],
  },
  xml2: { functions: ['xml_valid(text) returns boolean', 'xpath_string(text, text) returns text'] },
  intagg: {},
  jsquery: { types: { jsquery: 'nothing' }, operators: ['@@ (jsonb, jsquery) returns boolean'] },
  ltree: {
    types: { ltree: 'nothing', lquery: 'nothing', ltxtquery: 'nothing' },
    functions: [
      'nlevel(ltree) returns integer',
      'subpath(ltree, integer, integer) returns ltree',
      'subpath(ltree, integer) returns ltree',
      'text2ltree(text) returns ltree := $1',
      'ltree2text(ltree) returns text',
    ],
    operators: [
      '@> (ltree, ltree) returns boolean',
      '<@ (ltree, ltree) returns boolean',
      '~ (ltree, lquery) returns boolean',
      '|| (ltree, ltree) returns ltree',
      '|| (ltree, text) returns ltree',
    ],
    operatorClasses: ['gist gist_ltree_ops ltree default'],
  },
  citext: {
    types: { citext: 'nothing' },
    operators: ['~~', '~', '~*', '~~*', '!~~'].map((name) => `${name} (citext, citext) returns boolean`),
    after: [
      'create cast (citext as text) without function as implicit',
      'create cast (citext as varchar) without function as implicit',
      'create cast (text as citext) without function as assignment',
      'create cast (varchar as citext) without function as assignment',
    ],
  },
  'uuid-ossp': {
    functions: [
      'uuid_generate_v1() returns uuid := gen_random_uuid()',
      'uuid_generate_v1mc() returns uuid := gen_random_uuid()',
      'uuid_generate_v4() returns uuid := gen_random_uuid()',
      'uuid_generate_v5(namespace uuid, name text) returns uuid := gen_random_uuid()',
      'uuid_nil() returns uuid := gen_random_uuid()',
      'uuid_ns_dns() returns uuid := gen_random_uuid()',
      'uuid_ns_url() returns uuid := gen_random_uuid()',
    ],
  },
  postgres_fdw: wrapper('postgres_fdw'),
  oracle_fdw: wrapper('oracle_fdw'),
  mysql_fdw: wrapper('mysql_fdw'),
  tds_fdw: wrapper('tds_fdw'),
  mongo_fdw: wrapper('mongo_fdw'),
  clickhouse_fdw: wrapper('clickhouse_fdw'),
  sqlite_fdw: wrapper('sqlite_fdw'),
  file_fdw: wrapper('file_fdw'),
  parquet_s3_fdw: wrapper('parquet_s3_fdw'),
  multicorn: wrapper('multicorn'),
  wrappers: {},
  dblink: {
    functions: [
      'dblink(text, text) returns setof record',
      'dblink(text) returns setof record',
      ...[
        'dblink_connect(text)',
        'dblink_connect(text, text)',
        'dblink_exec(text, text)',
        'dblink_disconnect(text)',
      ].map((signature) => `${signature} returns text`),
    ],
    after: ['create foreign data wrapper dblink_fdw'],
  },
};
