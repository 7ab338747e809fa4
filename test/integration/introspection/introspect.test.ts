import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgresql } from '../../../src/adapters/postgresql/connect.ts';
import type { PgSession } from '../../../src/adapters/postgresql/pg-session.ts';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { catalogSchema } from '../../../src/engine/catalog/catalog.ts';
import { fingerprintCatalog } from '../../../src/engine/catalog/fingerprint.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { IntrospectionProgress } from '../../../src/engine/introspect/postgresql/catalog-reader.ts';
import { openEmbeddedClient } from '../../support/embedded-client.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase } from '../../support/round-trip.ts';
import { testClock } from '../../support/test-clock.ts';

const script = `
  create schema "Shop";
  create type "Shop".state as enum ('new', 'paid');
  create table "Shop".customers (id bigint primary key, email varchar(80) not null, vip boolean);
  create table "Shop"."order lines" (order_id bigint, position integer, customer bigint not null references "Shop".customers,
    state "Shop".state not null default 'new', total numeric(10, 2) check (total >= 0), primary key (order_id, position));
  create index on "Shop"."order lines" (customer);
  create view "Shop".vips as select id, email from "Shop".customers where vip;
  create function "Shop".total(line "Shop"."order lines") returns numeric language sql stable begin atomic select (line).total; end;
  create policy own on "Shop".customers using (email = current_user);
  create publication sent for table "Shop".customers (id, email) where (vip);
  create function "Shop".touch() returns trigger language plpgsql as 'begin return new; end';
  create trigger touch before update of total on "Shop"."order lines" for each row when (new.total > 1) execute function "Shop".touch();
  create table counted (id integer primary key, grp integer, nothing text);
  insert into counted select n, n % 10 from generate_series(1, 5000) n;
  analyze counted;
  create table uncounted (id integer, filler text);
  insert into uncounted select n, repeat('x', 90) from generate_series(1, 1000) n;
  create table days (day date, note text) partition by range (day);
  create table days_1 partition of days for values from ('2024-01-01') to ('2025-01-01');
  create table days_2 partition of days for values from ('2025-01-01') to ('2026-01-01');
  insert into days select date '2024-01-01' + n % 700, 'note' from generate_series(1, 3000) n;
  analyze days_1; analyze days_2;
  select lo_create(4711);
`;

describe('reading a catalog', () => {
  let server: PostgresServer;
  let session: PgSession;
  let catalog: Catalog;
  const progress: IntrospectionProgress[] = [];
  beforeAll(async () => {
    server = await startPostgresServer();
    const settings = await server.createDatabase(script);
    const connected = await connectPostgresql(settings, server.password);
    if (!connected.ok) throw new Error(JSON.stringify(connected.error));
    session = connected.value;
    catalog = await introspect(session, { clock: testClock, onProgress: (step) => progress.push(step) });
  });
  afterAll(async () => {
    await session.close();
    await server.stop();
  });

  const tableNamed = (name: string) => catalog.tables.find((table) => table.name === name);

  it('gives what the schema of catalogs accepts, unchanged', () => {
    expect(catalogSchema.parse(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
  });

  it('knows types, defaults and keys as the server writes them', () => {
    const lines = tableNamed('order lines');
    expect(lines?.columns.map(({ name, type, notNull, default: value }) => [name, type, notNull, value])).toEqual([
      ['order_id', 'bigint', true, null],
      ['position', 'integer', true, null],
      ['customer', 'bigint', true, null],
      ['state', '"Shop".state', true, `'new'::"Shop".state`],
      ['total', 'numeric(10,2)', false, null],
    ]);
    expect(lines?.constraints.map(({ kind, columns, references }) => [kind, columns, references?.table.name])).toEqual([
      ['foreign key', ['customer'], 'customers'],
      ['primary key', ['order_id', 'position'], undefined],
      ['check', ['total'], undefined],
    ]);
  });

  it('carries a fingerprint of itself', () => {
    expect(catalog.fingerprint).toBe(fingerprintCatalog(catalog));
    expect(catalog.capturedAt).toBe(testClock.now());
    expect(catalog.server.searchPath).toEqual(['public']);
  });

  it('knows what depends on which column', () => {
    const dependents = (table: string, column: string) =>
      catalog.dependencies
        .filter(({ on }) => on.name === table && on.column === column)
        .map(({ dependent }) => `${dependent.kind} ${dependent.name}`)
        .sort();
    expect(dependents('customers', 'email')).toEqual(['policy customers.own', 'publication sent', 'view vips']);
    expect(dependents('customers', 'vip')).toEqual(['publication sent', 'view vips']);
    expect(dependents('order lines', 'total')).toEqual([
      'constraint "order lines"."order lines_total_check"',
      'routine total(line "Shop"."order lines")',
      'trigger "order lines".touch',
    ]);
    expect(dependents('order lines', 'customer')).toContain('constraint "order lines"."order lines_customer_fkey"');
  });

  it('knows who uses a schema, a member of an extension, and a partition that a foreign key points at', async () => {
    const database = await server.createDatabase(`
      create schema fed; create publication of_schemas for tables in schema fed, public; create extension citext schema fed;
      create table named (name fed.citext, names fed.citext[]);
      create table kept (id integer primary key) partition by list (id);
      create table kept_1 partition of kept for values in (1) partition by list (id);
      create table kept_1_1 partition of kept_1 for values in (1);
      create table keeps (id integer constraint "to kept" references kept);
    `);
    const { dependencies } = await readDatabase(database);
    const dependents = (kind: string, name: string) =>
      dependencies.flatMap(({ dependent, on }) =>
        on.kind === kind && on.name === name ? [`${dependent.kind} ${dependent.name}`] : [],
      );
    expect(dependents('schema', 'fed')).toEqual(['extension citext', 'publication of_schemas']);
    expect(dependents('schema', 'public')).toEqual(['publication of_schemas']);
    expect(dependents('extension', 'citext')).toEqual(['column named.name', 'column named.names']);
    expect(dependents('table', 'kept_1_1')).toContain('constraint keeps."to kept"');
  });

  it('names what it has no place for', () => expect(catalog.notModelled).toEqual(['1 large object (4711)']));

  it('reports each step on the way', () => {
    expect(progress[0]?.done).toBe(0);
    expect(progress.at(-1)).toMatchObject({ reads: 'done', done: progress[0]?.total });
    const steps = progress.map(({ done }) => done);
    expect(steps).toEqual([...steps].sort((left, right) => left - right));
  });

  describe('with facts', () => {
    const factsOf = (name: string) => catalog.facts?.tables.find((table) => table.name === name);

    it('takes the rows of the last ANALYZE, and fractions without values', () => {
      expect(factsOf('counted')).toMatchObject({ rows: 5000, rowsBasis: 'analyzed' });
      expect(factsOf('counted')?.bytes).toBeGreaterThan(100_000);
      expect(factsOf('counted')?.indexBytes).toBeGreaterThan(50_000);
      expect(factsOf('counted')?.columns).toMatchObject([
        { name: 'grp', nullFraction: 0, distinct: 10 },
        { name: 'id', nullFraction: 0, distinct: -1 },
        { name: 'nothing', nullFraction: 1, distinct: 0 },
      ]);
    });

    it('says when the number of rows is a guess', () => {
      const { rows = 0, rowsBasis } = factsOf('uncounted') ?? {};
      expect(['counters', 'size']).toContain(rowsBasis);
      expect(rows).toBeGreaterThan(500);
      expect(rows).toBeLessThan(2000);
    });

    it('adds up partitions', () => expect(factsOf('days')).toMatchObject({ rows: 3000, rowsBasis: 'analyzed' }));

    it('leaves them out when asked to', async () => {
      expect((await introspect(session, { clock: testClock, facts: false })).facts).toBeNull();
    });
  });

  it('reads only the schemas that are asked for, and says so', async () => {
    const part = await introspect(session, { clock: testClock, schemas: ['Shop'] });
    expect(part.tables.map(({ name }) => name)).toEqual(['customers', 'order lines']);
    expect(part.schemas.map(({ name }) => name)).toEqual(['Shop']);
    expect(part.facts?.tables.map(({ name }) => name)).toEqual(['customers', 'order lines']);
    expect(part.notModelled).toEqual(['schemas other than Shop']);
  });

  it('can read inside a transaction and leaves it open', async () => {
    const embedded = await openEmbeddedClient();
    try {
      await embedded.execute('begin; create table inside (id integer)');
      const seen = await introspect(embedded, { clock: testClock, insideTransaction: true });
      expect(seen.tables.map(({ name }) => name)).toEqual(['inside']);
      await embedded.execute('insert into inside values (1); rollback');
      expect((await introspect(embedded, { clock: testClock })).tables).toEqual([]);
    } finally {
      await embedded.close();
    }
  });
});
