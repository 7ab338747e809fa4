import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedShadowDatabases } from '../../../src/adapters/pglite/embedded-shadow.ts';
import { loadSchemaText } from '../../../src/adapters/pglite/load-schema-text.ts';
import { connectShadowServer, type ShadowServer } from '../../../src/adapters/postgresql/shadow-server.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowRunReport } from '../../../src/engine/shadow/report.ts';
import { type ChainMigration, shadowChain } from '../../../src/engine/shadow/shadow-chain.ts';
import { shadowRun } from '../../../src/engine/shadow/shadow-run.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { knownExtensions } from '../../../src/engine/sql/stand-in-extensions/known-extensions.ts';
import { makeExtension } from '../../../src/engine/sql/stand-in-extensions/make-extension.ts';
import type { LockstepError } from '../../../src/shared/errors.ts';
import type { Result } from '../../../src/shared/result.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { clock, testShadows } from './shadows.ts';

let server: PostgresServer;
let places: { readonly embedded: EmbeddedShadowDatabases; readonly server: ShadowServer };

function unwrap<T>(result: Result<T, LockstepError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** What the embedded PostgreSQL has of these is kept from it: a stand-in is what is tried here. */
const kept: ReadonlySet<string> = new Set(['pgmq', 'vector']);

function shadowsWithoutThem(): EmbeddedShadowDatabases {
  const shadows = testShadows();
  const others = (names: readonly string[]): readonly string[] => names.filter((name) => !kept.has(name));
  return {
    ...shadows,
    availableExtensions: others(shadows.availableExtensions),
    open: (options) => shadows.open({ ...options, extensions: others(options.extensions) }),
  };
}

beforeAll(async () => {
  await loadParser();
  server = await startPostgresServer({ version: 15 });
  places = {
    embedded: shadowsWithoutThem(),
    server: unwrap(await connectShadowServer(server.settings, server.password)),
  };
});
afterAll(async () => {
  expect(await places.server.close()).toEqual([]);
  await server.stop();
});

/** What an application does with the extensions that most servers for tests lack. */
const migrations: readonly ChainMigration[] = [
  {
    name: 'vectors',
    up: `create extension if not exists vector;
      create table items (id bigint primary key, embedding vector(3) not null, small halfvec(3), rare sparsevec(5));
      insert into items values (1, '[1,2,3]', '[1,2,3]', '{1:1}/5');
      create index items_hnsw on items using hnsw (embedding vector_cosine_ops) with (m = 16, ef_construction = 64);
      create index on items using ivfflat (embedding) with (lists = 100);
      create index on items using hnsw ((embedding::halfvec(3)) halfvec_l2_ops);
      create function near(q vector) returns setof bigint language sql stable as
        'select id from items order by embedding <=> q limit 5'`,
    down: 'drop function near; drop table items; drop extension vector',
  },
  {
    name: 'wider vectors',
    up: 'alter table items alter embedding type vector(4) using embedding::vector(4)',
    down: 'alter table items alter embedding type vector(5)',
  },
  {
    name: 'another index',
    up: 'drop index items_hnsw; create index concurrently items_hnsw on items using hnsw (embedding vector_l2_ops) with (m=8)',
    down: 'drop index items_hnsw; create index items_hnsw on items using hnsw (embedding vector_cosine_ops) with (m = 12)',
  },
  {
    name: 'places',
    up: `create schema gis; create extension postgis with schema gis version '3.4.2'; set search_path = public, gis;
      create table places (id serial primary key, at geometry(Point, 4326) not null, area geography(MultiPolygon),
        lon double precision, lat double precision,
        made geometry(Point,4326) generated always as (st_setsrid(st_makepoint(lon, lat), 4326)) stored,
        constraint known check (st_srid(at) = 4326));
      create index places_at on places using gist (at);
      create index on places using gist (area);
      create index on places using gist (st_transform(at, 3857));
      insert into places (at, lon, lat) values (st_geomfromtext('POINT(1 1)', 4326), 1, 1), ('SRID=4326;POINT(2 2)', 2, 2);
      create view near_places as select p.id, st_distance(p.at, q.at) as far from places p join places q
        on st_dwithin(p.at::geography, q.at::geography, 100)`,
    down: 'set search_path = public, gis; drop view near_places; drop table places; drop extension postgis; drop schema gis',
  },
  {
    name: 'another reference system',
    up: 'set search_path = public, gis; drop view near_places; alter table places drop constraint known, alter at type geometry(Point, 3857) using st_transform(at, 3857)',
    down: 'set search_path = public, gis; alter table places alter at type geometry(Point) using st_transform(at, 4326), add constraint known check (st_srid(at) = 4326); create view near_places as select p.id, st_distance(p.at, q.at) as far from places p join places q on st_dwithin(p.at::geography, q.at::geography, 100)',
  },
  {
    name: 'time series, in code',
    up: `do $$ begin create extension if not exists timescaledb cascade; end $$;
      create table conditions (time timestamptz, device integer, value double precision);
      select create_hypertable('conditions', 'time', chunk_time_interval => interval '1 day');
      select add_retention_policy('conditions', interval '30 days')`,
    down: 'drop table conditions; drop extension timescaledb cascade',
  },
  {
    name: 'jobs and queues',
    up: `create extension pg_cron; create extension pgmq; select cron.schedule('nightly', '0 3 * * *', 'vacuum');
      select pgmq.create('mail')`,
    down: `select cron.unschedule('nightly'); select pgmq.drop_queue('mail'); drop extension pg_cron;
      drop extension pgmq cascade; drop schema pgmq`,
  },
  {
    name: 'one that nobody knows and nothing uses',
    up: 'create extension "Acme Ürsprung"; comment on extension "Acme Ürsprung" is \'ours\'',
    down: 'drop extension if exists "Acme Ürsprung"',
  },
  { name: 'not dropped again', up: 'create extension hypopg', down: '' },
  {
    name: 'one that nobody knows and something uses',
    up: 'create extension acme;\ncreate table priced (price acme_money)',
    down: 'drop table priced; drop extension acme',
  },
  { name: 'one that builds on it', up: 'create index on priced (price)', down: 'drop index priced_price_idx' },
];

/** What a run shows, in short: whether it restored, else what differs and whether the computed down does. */
const shown = ({ restored, differences, computedDown, unproved, steps }: ShadowRunReport) => {
  const error = steps.find((step) => step.error !== undefined)?.error?.message;
  if (unproved !== undefined) return unproved;
  if (error !== undefined) return error;
  const texts = differences.map(({ object, before, after }) => `${object}: ${before} -> ${after}`);
  return restored ? 'restored' : [...texts, `computed down restores: ${computedDown?.restored}`];
};

const expected = {
  vectors: 'restored',
  'wider vectors': ['public.items.embedding: public.vector(3) -> public.vector(5)', 'computed down restores: true'],
  'another index': [
    "public.items_hnsw: WITH (m='16', ef_construction='64') -> WITH (m='12')",
    'computed down restores: true',
  ],
  places: 'restored',
  'another reference system': [
    'public.places.at: gis.geometry(Point,4326) -> gis.geometry(Point)',
    'computed down restores: true',
  ],
  'time series, in code': 'restored',
  'jobs and queues': 'restored',
  'one that nobody knows and nothing uses': 'restored',
  'not dropped again': ['hypopg: null -> schema: public, version: stand-in', 'computed down restores: true'],
  'one that nobody knows and something uses':
    'Up stops at line 2: type "acme_money" does not exist. The shadow database does not have the extensions Acme Ürsprung, ' +
    'acme, and what stands in lacks this: only a server that has all of it can prove the migration.',
  'one that builds on it':
    'Up stops at line 1: relation "priced" does not exist. What could not be proved before it is not there: one that nobody ' +
    'knows and something uses.',
};

it.each(['embedded', 'server'] as const)('are stood in for, on the %s shadow', async (place) => {
  const links = unwrap(
    await shadowChain({
      catalog: null,
      migrations,
      databases: places[place],
      clock,
      serverVersion: 150_000,
      continueAfterFailure: true,
    }),
  );
  expect(Object.fromEntries(links.map(({ name, result }) => [name, shown(result)]))).toEqual(expected);
  expect(links.flatMap(({ result }) => result.clone.stubbed)).toEqual(
    ['vector', 'postgis', 'timescaledb', 'pg_cron', 'pgmq', 'Acme Ürsprung', 'hypopg', 'acme'].map(
      (name) => `extension ${name}`,
    ),
  );
  // The rows of items hold vectors, and go through all changes of them.
  expect(links[1]?.result.data).toMatchObject({ rowsSeeded: 12, stoppedAt: null });
  // What is not the extensions' own is locked, rewritten and read as predicted.
  const mispredicted = links.flatMap(({ result }) => result.statements.flatMap((one) => one.mispredicted ?? []));
  expect(mispredicted.filter(({ relation }) => relation.startsWith('public.'))).toEqual([]);
});

describe('a copy of a database with extensions that the shadow lacks', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    const text = `create extension vector; create schema gis; create extension postgis with schema gis;
      create table "Odd ""places" (id integer primary key, at gis.geometry(PointZ, 4326), near vector(3));
      create index at_gist on "Odd ""places" using gist (at);
      create index near_hnsw on "Odd ""places" using hnsw (near vector_l2_ops) with (m = 24);
      create view far as select id, near <-> '[1,2,3]' as distance, gis.st_astext(at) from "Odd ""places";`;
    const { client, stubbed } = unwrap(await loadSchemaText({ text, path: 'dump.sql', databases: places.embedded }));
    catalog = await introspect(client, { clock });
    await client.close();
    expect(stubbed).toEqual(['extension postgis', 'extension vector']);
    const [table] = catalog.tables;
    expect(table?.columns.map(({ type }) => type)).toEqual([
      'integer',
      'gis.geometry(PointZ,4326)',
      'public.vector(3)',
    ]);
  });

  it.each(['embedded', 'server'] as const)('is exact on the %s shadow', async (place) => {
    const run = unwrap(
      await shadowRun({
        catalog,
        up: 'alter table "Odd ""places" add area gis.geometry(Polygon,4326); create index on "Odd ""places" using gist (area)',
        down: 'alter table "Odd ""places" drop area',
        databases: places[place],
        clock,
      }),
    );
    expect(run.clone).toMatchObject({ fidelity: 'exact', differences: [] });
    expect(run).toMatchObject({ restored: true, data: { rowsSeeded: 12, lost: [], stoppedAt: null } });
  });
});

it('is left out where only a role without rights is at work, and what needs it is not proved', async () => {
  await server.execute("create role plain login createdb password 'x'");
  const databases = unwrap(await connectShadowServer({ ...server.settings, user: 'plain' }, server.password));
  const up = 'create extension vector;\ncreate table t (e vector(3))';
  const run = unwrap(await shadowRun({ catalog: null, up, down: 'drop extension vector', databases, clock }));
  const block = 'do $$begin create extension vector; end$$';
  const inCode = unwrap(await shadowRun({ catalog: null, up: block, down: '', databases, clock }));
  expect(await databases.close()).toEqual([]);
  // What the block says is the server's to refuse, not a stand-in that may not be made.
  expect(inCode.steps.at(-1)?.error).toMatchObject({ message: 'extension "vector" is not available' });
  expect(run.clone.stubbed).toEqual(['extension vector']);
  expect(run.unproved).toMatch(/^Up stops at line 2: type "vector" does not exist\. .* the extension vector,/);
});

it('are taken in the version that is there where the shadow has them in another', async () => {
  const up = "create extension if not exists vector version '0.4.1' schema public;\ncreate table t (e vector(3))";
  const down = 'drop table t; drop extension vector';
  const run = unwrap(await shadowRun({ catalog: null, up, down, databases: testShadows(), clock, rows: 0 }));
  expect(run).toMatchObject({ restored: true, clone: { stubbed: ['version 0.4.1 of extension vector'] } });
});

/** Refused as the server itself would refuse them. */
it.each([
  ['again', 'create extension vector; create extension vector', '42710', 'extension "vector" already exists'],
  ['in no schema', 'create extension vector schema nowhere', '3F000', 'schema "nowhere" does not exist'],
  ['without what it needs', 'create extension h3_postgis', '42704', 'required extension "h3" is not installed'],
])('made %s is refused', async (_how, up, sqlstate, message) => {
  const run = unwrap(await shadowRun({ catalog: null, up, down: '', databases: places.embedded, clock, rows: 0 }));
  expect(run.steps.at(-1)?.error).toMatchObject({ sqlstate, message });
});

it.each(['embedded', 'server'] as const)(
  'of every known kind can be made and dropped on the %s shadow',
  async (place) => {
    const database = await places[place].open({ extensions: [] });
    const members = `select count(*)::int4 as n from pg_catalog.pg_depend
    where refclassid = 'pg_catalog.pg_extension'::regclass and deptype = 'e'`;
    try {
      const before = await database.query(members);
      for (const name of knownExtensions) {
        const request = { name, schema: null, version: null, ifNotExists: false, cascade: true };
        await database.execute(
          `begin; ${makeExtension(request, [])}; drop extension ${quoteIdentifier(name)}; rollback`,
        );
      }
      const all = knownExtensions.filter((name) => !['citext', 'ulid', 'pgx_ulid', 'bloom', 'ltree'].includes(name));
      await database.execute('begin');
      for (const name of all) {
        await database.execute(
          makeExtension({ name, schema: null, version: null, ifNotExists: true, cascade: true }, []),
        );
      }
      expect(await database.query(members)).not.toEqual(before);
      await database.execute(`drop extension ${all.map(quoteIdentifier).join(', ')}`);
      expect(await database.query(members)).toEqual(before);
      await database.execute('rollback');
    } finally {
      await database.close();
    }
  },
);
