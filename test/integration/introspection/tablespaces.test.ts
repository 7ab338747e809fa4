import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { changeCatalog } from '../../../src/engine/catalog/change/change-catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { portableFingerprint } from '../../../src/engine/catalog/fingerprint.ts';
import { renderCatalog } from '../../../src/engine/catalog/render.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase, renderedScript } from '../../support/round-trip.ts';

const tables = (place: string): string => `
  create table kept (id integer primary key, name text) ${place};
  create index by_name on kept (name) ${place};
  create table parts (id integer) partition by range (id) ${place};
  create table part partition of parts for values from (0) to (9);
  create materialized view totals ${place} as select count(*) from kept;
  create index on totals (count) ${place};
  create table elsewhere (id integer primary key);`;

describe('a database with tablespaces', () => {
  let server: PostgresServer;
  let plain: Catalog;
  let spread: Catalog;
  beforeAll(async () => {
    server = await startPostgresServer({ own: true, configuration: { allow_in_place_tablespaces: 'on' } });
    await server.execute(`create tablespace "Fast ""one""" location ''`);
    plain = await readDatabase(await server.createDatabase(tables('')));
    spread = await readDatabase(await server.createDatabase(tables('tablespace "Fast ""one"""')));
  });
  afterAll(() => server.stop());

  it('is read with the place of every table, index and materialized view', () => {
    const place = (name: string) => spread.tables.find((table) => table.name === name);
    expect(place('kept')).toMatchObject({ tablespace: 'Fast "one"' });
    expect(place('kept')?.indexes.map(({ name, tablespace }) => [name, tablespace])).toEqual([
      ['by_name', 'Fast "one"'],
      ['kept_pkey', undefined],
    ]);
    expect(place('part')).toMatchObject({ tablespace: 'Fast "one"' });
    expect(place('elsewhere')).not.toHaveProperty('tablespace');
    expect(spread.views[0]).toMatchObject({ tablespace: 'Fast "one"', indexes: [{ tablespace: 'Fast "one"' }] });
    expect(spread.notModelled).toEqual([]);
  });

  it('differs from one without them in nothing else, which can be left out', () => {
    const differences = compareCatalogs(plain, spread);
    expect(differences.map(({ object }) => object).sort()).toEqual([
      'public.by_name',
      'public.kept',
      'public.part',
      'public.parts',
      'public.totals',
      'public.totals_count_idx',
    ]);
    expect(compareCatalogs(plain, spread, { ignore: ['tablespaces'] })).toEqual([]);
    expect(spread.fingerprint).not.toBe(plain.fingerprint);
    expect(portableFingerprint(spread)).toBe(portableFingerprint(plain));
  });

  it('is rendered with them, or without for a copy', async () => {
    const copy = await readDatabase(await server.createDatabase(renderedScript(spread)));
    expect(compareCatalogs(spread, copy)).toEqual([]);
    expect(renderCatalog(spread, { tablespaces: false })).toEqual(renderCatalog(plain));
  });

  it.each(['there', 'back'])('can be made from the other, %s', async (way) => {
    const [from, to, script] = way === 'there' ? [plain, spread, ''] : [spread, plain, 'tablespace "Fast ""one"""'];
    const settings = await server.createDatabase(tables(script));
    for (const { sql } of changeCatalog(from, to, { form: 'transaction' }).statements) {
      await server.execute(sql, settings.database);
    }
    expect(compareCatalogs(to, await readDatabase(settings))).toEqual([]);
  });
});
