import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { changeCatalog } from '../../../src/engine/catalog/change/change-catalog.ts';
import { scriptText } from '../../../src/engine/catalog/change/change-script.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { testClock } from '../../support/test-clock.ts';

let database: EmbeddedClient;
beforeAll(async () => {
  database = await openEmbeddedClient();
});
afterAll(() => database.close());

const read = (): Promise<Catalog> => introspect(database, { clock: testClock, facts: false, schemas: ['shop'] });
const differences = (one: Catalog, other: Catalog) => compareCatalogs(one, other, { ignore: ['column-order'] });

const table = fc.constantFrom('t', 'u', '"T w"');
const column = fc.constantFrom('a', 'b', '"C d"');
const type = fc.constantFrom(
  'int',
  'bigint',
  'text',
  'varchar(9)',
  'numeric(8,2)',
  'boolean',
  'date',
  'mood',
  'mood[]',
  'd',
);
const label = fc.constantFrom('x', 'y', 'z');
const action = fc.constantFrom('', ' not null', " default '1'", ' unique', ' check (true)');
const name = fc.constantFrom('k', 'l', '"M n"');

const say =
  (...parts: readonly fc.Arbitrary<string>[]) =>
  (words: (...values: string[]) => string) =>
    fc.tuple(...parts).map((values) => words(...values));

/** A statement that may change anything, or be refused. */
const statement: fc.Arbitrary<string> = fc.oneof(
  say(table, column, type)((t, c, y) => `create table ${t} (id serial primary key, ${c} ${y})`),
  say(table)((t) => `create table ${t} (id int generated always as identity, a int, b text, primary key (id))`),
  say(table)((t) => `drop table ${t} cascade`),
  say(table, column, type, action)((t, c, y, o) => `alter table ${t} add ${c} ${y}${o}`),
  say(table, column)((t, c) => `alter table ${t} drop ${c} cascade`),
  say(table, column, type)((t, c, y) => `alter table ${t} alter ${c} type ${y} using ${c}::text::${y}`),
  say(table, column)((t, c) => `alter table ${t} alter ${c} set not null`),
  say(table, column)((t, c) => `alter table ${t} alter ${c} set default null`),
  say(table, column, column)((t, c, e) => `alter table ${t} rename ${c} to ${e}`),
  say(table, table)((t, u) => `alter table ${t} rename to ${u}`),
  say(table, name, column)((t, k, c) => `alter table ${t} add constraint ${k} unique (${c})`),
  say(table, name, column)((t, k, c) => `alter table ${t} add constraint ${k} check (${c} is not null) not valid`),
  say(
    table,
    name,
    column,
    table,
  )((t, k, c, u) => `alter table ${t} add constraint ${k} foreign key (${c}) references ${u} on delete cascade`),
  say(table, name)((t, k) => `alter table ${t} drop constraint ${k} cascade`),
  say(table, name, column)((t, k, c) => `create index ${k} on ${t} (${c}) where ${c} is not null`),
  say(table, name, column)((t, k, c) => `create unique index ${k} on ${t} (${c}, (id + 1))`),
  say(name)((k) => `drop index ${k}`),
  say(name, table, column)((k, t, c) => `create or replace view ${k} as select id, ${c} from ${t}`),
  say(name, name)((k, l) => `create view ${k} as select * from ${l} where id > 1`),
  say(name, table)((k, t) => `create materialized view ${k} as select count(*) from ${t}`),
  say(name)((k) => `drop view ${k} cascade`),
  say(label, label)((x, y) => `create type mood as enum ('${x}', '${y}')`),
  say(label, label)((x, y) => `alter type mood add value '${x}' before '${y}'`),
  say(label, label)((x, y) => `alter type mood rename value '${x}' to '${y}2'`),
  fc.constant('drop type mood cascade'),
  say(type)((y) => `create domain d as ${y} check (value is not null)`),
  fc.constant('drop domain d cascade'),
  say(
    type,
    label,
  )((y, x) => `create or replace function f(p ${y}) returns ${y} language sql immutable as 'select p /* ${x} */'`),
  fc.constant('drop function f cascade'),
  say(table, column)((t, c) => `alter table ${t} add g text generated always as (${c}::text) stored`),
  say(table, column)((t, c) => `alter table ${t} alter ${c} set default f(null)`),
  say(table)(
    (t) =>
      `create trigger tr before update of a on ${t} for each row when (old.a is distinct from new.a) execute function suppress_redundant_updates_trigger()`,
  ),
  say(table, column)((t, c) => `create policy p on ${t} using (${c} is null)`),
  say(table, column, label)((t, c, x) => `comment on column ${t}.${c} is '${x}'`),
  say(table)((t) => `grant select (a) on ${t} to public`),
  say(table, table)((t, u) => `create table ${u}_child () inherits (${t})`),
  say(table)((t) => `create table ${t} (id int not null, a int, b text) partition by range (id)`),
  say(table)((t) => `create table part partition of ${t} for values from (1) to (9)`),
  say(table)((t) => `alter table ${t} detach partition part`),
  fc.constant('drop table part'),
);

/** Runs what the server takes. */
async function run(statements: readonly string[]): Promise<void> {
  for (const each of statements) {
    await database.execute(each).catch((cause: unknown) => {
      if (!(cause instanceof SqlFailure)) throw cause;
    });
  }
}

async function change(from: Catalog, to: Catalog): Promise<void> {
  const text = scriptText(changeCatalog(from, to));
  try {
    await database.execute(`begin; ${text} commit;`);
  } catch (cause) {
    await database.execute('rollback');
    throw new Error(`${String(cause)}\n${text}`);
  }
  expect(differences(to, await read()), text).toEqual([]);
}

describe('any two states that a database went through', () => {
  it('can be turned into each other', { timeout: 600_000 }, async () => {
    const script = fc.array(statement, { minLength: 4, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(script, script, async (first, second) => {
        await database.execute('drop schema if exists shop cascade; create schema shop; set search_path = shop');
        await run(first);
        const before = await read();
        await run(second);
        const after = await read();
        await change(after, before);
        await change(await read(), after);
      }),
      {
        numRuns: Number(process.env['LOCKSTEP_PROPERTY_RUNS'] ?? 25),
        seed: Number(process.env['LOCKSTEP_PROPERTY_SEED'] ?? 20260318),
      },
    );
  });
});
