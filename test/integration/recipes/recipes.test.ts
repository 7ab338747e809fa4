import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { Recipe, RecipeStep } from '../../../src/engine/recipes/recipe.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { testClock } from '../../support/test-clock.ts';

beforeAll(loadParser);

let client: EmbeddedClient;

afterEach(() => client.close());

const read = (): Promise<Catalog> => readFrom(client);

const run = async (text: string): Promise<void> => {
  const script = parseScript(text);
  if (!script.ok) throw new Error(`${script.error.message}\n${text}`);
  for (const statement of script.value.statements) await client.query(statement.text);
};

const rowsOf = async (query: string): Promise<unknown[]> => [...(await client.query(query))];

/** The recipe that the validator offers for a migration on the database as it is. */
async function offered(up: string): Promise<Recipe | undefined> {
  const { findings } = validateMigration({ name: 'm', up, down: null }, { catalog: await read() });
  return findings.find(({ recipe }) => recipe !== undefined)?.recipe;
}

/** What is different from an earlier catalog, where columns stand left aside. */
const changesSince = async (before: Catalog): Promise<readonly unknown[]> =>
  compareCatalogs(before, await read(), { ignore: ['column-order'] });

/** Runs a step up; before that it must be free of errors on large and busy tables. */
async function up(step: RecipeStep): Promise<Catalog> {
  const before = await read();
  const { findings } = validateMigration({ name: step.slug, up: step.up, down: step.down }, { catalog: before });
  expect(findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => [rule, message])).toEqual(
    [],
  );
  await run(step.up);
  return before;
}

const readFrom = async (from: EmbeddedClient): Promise<Catalog> => ({
  ...(await introspect(from, { clock: testClock, facts: false })),
  facts: null,
});

type Case = {
  readonly name: string;
  readonly setup: string;
  readonly direct: string;
  /** Writes of old code and of new code, tried after each step; each must leave a row as the others leave it. */
  readonly rows: string;
  readonly oldWrites: readonly string[];
  readonly newWrites: readonly string[];
  readonly oldRead: string;
  readonly newRead: string;
  /** The step (counted from 0) before which the new code is there, and the one before which the old code is gone. */
  readonly newFrom: number;
  readonly oldUntil: number;
};

const columnCases: readonly Case[] = [
  {
    name: 'rename a column with odd names, indexes, constraints, a default and privileges',
    setup: `create schema "S t"; create table "S t".kinds (code text primary key);
      insert into "S t".kinds values ('a'), ('b'), ('n'), ('o');
      create table "S t"."Users" (id int primary key, "First Name" text collate "C" not null default 'a', "select" int,
        constraint short check (length("First Name") < 20), constraint twice unique ("First Name", id),
        constraint kind foreign key ("First Name") references "S t".kinds (code));
      create index "by Name" on "S t"."Users" ("First Name" desc nulls last) where "First Name" <> 'zz';
      create index on "S t"."Users" (lower("First Name"), "select") include (id);
      comment on column "S t"."Users"."First Name" is 'it''s';
      create role somebody; grant update ("First Name") on "S t"."Users" to somebody;
      insert into "S t"."Users" (id, "First Name") select i, case when i % 2 = 0 then 'a' else 'b' end from generate_series(1, 3000) i;`,
    direct: `ALTER TABLE "S t"."Users" RENAME COLUMN "First Name" TO "given ""name""";`,
    rows: '"S t"."Users"',
    oldWrites: [
      `insert into "S t"."Users" (id, "First Name") values (9001, 'o')`,
      `insert into "S t"."Users" (id) values (9002)`,
      `update "S t"."Users" set "First Name" = 'o' where id = 1`,
      `update "S t"."Users" set "select" = 1 where id = 2`,
    ],
    newWrites: [
      `insert into "S t"."Users" (id, "given ""name""") values (9003, 'n')`,
      `update "S t"."Users" set "given ""name""" = 'n' where id = 3`,
      `update "S t"."Users" set "select" = 1 where id = 4`,
    ],
    oldRead: 'select id, "First Name" as v from "S t"."Users" order by id',
    newRead: 'select id, "given ""name""" as v from "S t"."Users" order by id',
    newFrom: 3,
    oldUntil: 3,
  },
  {
    name: 'rename a column that may be NULL and has nothing on it',
    setup: `create table t (id int primary key, a json); insert into t select i, case when i % 3 = 0 then null else '{"a": 1}'::json end from generate_series(1, 500) i;`,
    direct: 'alter table t rename a to b;',
    rows: 't',
    oldWrites: [
      `insert into t values (9001, '[1]')`,
      `update t set a = null where id = 1`,
      `update t set a = '2' where id = 3`,
    ],
    newWrites: [
      `insert into t (id, b) values (9002, '[2]')`,
      'update t set b = null where id = 2',
      'insert into t (id) values (9003)',
    ],
    oldRead: 'select id, a::text as v from t order by id',
    newRead: 'select id, b::text as v from t order by id',
    newFrom: 2,
    oldUntil: 2,
  },
];

/** What the one statement, which no busy table bears, would make of the set-up. */
async function afterDirect({ setup, direct }: Pick<Case, 'setup' | 'direct'>): Promise<Catalog> {
  const other = await openEmbeddedClient();
  try {
    await other.execute(setup);
    await other.execute(direct);
    return await readFrom(other);
  } finally {
    await other.close();
  }
}

describe.each(columnCases)('$name', (of) => {
  const writes = (index: number): readonly string[] => [
    ...(index < of.oldUntil ? of.oldWrites : []),
    ...(index >= of.newFrom - 1 ? of.newWrites : []),
  ];

  test('both names hold the same at every step, and the end is what the one statement makes', async () => {
    client = await openEmbeddedClient();
    await client.execute(of.setup);
    const recipe = await offered(of.direct);
    const steps = recipe?.steps ?? [];
    expect(steps).toHaveLength(of.oldUntil + 1);
    const before = await rowsOf(of.oldRead);
    const wanted = await afterDirect(of);
    for (const [index, step] of steps.entries()) {
      await up(step);
      if (index === steps.length - 1) break;
      await client.execute('begin');
      for (const write of writes(index)) await client.query(write);
      // Until the fill a row that nobody has written since has only its old value.
      if (index > 0) expect(await rowsOf(of.newRead)).toEqual(await rowsOf(of.oldRead));
      await client.execute('rollback');
    }
    expect(await rowsOf(of.newRead)).toEqual(before);
    expect(await changesSince(wanted)).toEqual([]);
  });

  test('each down takes its step back, with the values', async () => {
    client = await openEmbeddedClient();
    await client.execute(of.setup);
    const steps = (await offered(of.direct))?.steps ?? [];
    expect(steps).toHaveLength(of.oldUntil + 1);
    const start = await read();
    const before = await rowsOf(of.oldRead);
    for (const step of steps) {
      const earlier = await up(step);
      await run(step.down);
      expect(await changesSince(earlier)).toEqual([]);
      await up(step);
    }
    for (const step of steps.toReversed()) await run(step.down);
    expect(await changesSince(start)).toEqual([]);
    expect(await rowsOf(of.oldRead)).toEqual(before);
  });
});

describe('change the type of a column', () => {
  const setup = `create table t (id int primary key, n int not null default 7, constraint few check (n < 1000000));
    create index t_n on t (n, id); create unique index t_u on t (n) where n > 5000;
    insert into t select i, i from generate_series(1, 3000) i;`;
  const direct = 'ALTER TABLE t ALTER COLUMN n TYPE bigint;';

  test('the code reads and writes one name throughout, and the end is what the one statement makes', async () => {
    client = await openEmbeddedClient();
    await client.execute(setup);
    const steps = (await offered(direct))?.steps ?? [];
    expect(steps.map(({ slug }) => slug)).toEqual([
      'add_second_column',
      'fill_second_column',
      'constrain_second_column',
      'switch_columns',
      'drop_old_column',
    ]);
    const wanted = await afterDirect({ setup, direct });
    for (const [index, step] of steps.entries()) {
      await up(step);
      await client.query(`insert into t (id, n) values (${9000 + index}, ${5000 + index})`);
      await client.query(`insert into t (id) values (${9100 + index})`);
      await client.query(`update t set n = n + 100 where id = ${10 + index}`);
    }
    expect(await rowsOf('select id, n::int as n from t where id > 3000 or id between 10 and 14 order by id')).toEqual([
      ...[10, 11, 12, 13, 14].map((id) => ({ id, n: id + 100 })),
      ...[0, 1, 2, 3, 4].map((i) => ({ id: 9000 + i, n: 5000 + i })),
      ...[0, 1, 2, 3, 4].map((i) => ({ id: 9100 + i, n: 7 })),
    ]);
    expect(await rowsOf('select count(*)::int as rows from t where id < 3000 and id > 14 and n = id')).toEqual([
      { rows: 2985 },
    ]);
    expect(await changesSince(wanted)).toEqual([]);
  });

  test('each down takes its step back, with what was written since', async () => {
    client = await openEmbeddedClient();
    await client.execute(setup);
    const steps = (await offered(direct))?.steps ?? [];
    expect(steps).toHaveLength(5);
    const start = await read();
    for (const [index, step] of steps.entries()) {
      const earlier = await up(step);
      await client.query(`update t set n = n + 100 where id = ${10 + index}`);
      await run(step.down);
      expect(await changesSince(earlier)).toEqual([]);
      await up(step);
    }
    for (const step of steps.toReversed()) await run(step.down);
    expect(await changesSince(start)).toEqual([]);
    expect(await rowsOf('select id, n from t where id between 9 and 15 order by id')).toEqual(
      [9, 10, 11, 12, 13, 14, 15].map((id) => ({ id, n: id > 9 && id < 15 ? id + 100 : id })),
    );
  });
});

describe('drop a column', () => {
  const setup = `create table t (a int, b text, c numeric(8,2) not null, d int default 4, primary key (a, b));
    create index t_c on t (c);
    insert into t select i, 'x', i, case when i % 2 = 0 then null else i end from generate_series(1, 2000) i;`;

  test.each([
    ['a required column', 'alter table t drop column c;', 'c', 3],
    ['a column with a default', 'alter table t drop column d;', 'd', 2],
  ])('%s: its values come back until they are dropped for good', async (_, direct, column, count) => {
    client = await openEmbeddedClient();
    await client.execute(setup);
    const steps = (await offered(direct))?.steps ?? [];
    expect(steps).toHaveLength(count);
    const start = await read();
    const before = await rowsOf(`select a, ${column} from t order by a`);
    for (const step of steps.slice(0, -1)) await up(step);
    for (const step of steps.slice(0, -1).toReversed()) await run(step.down);
    expect(await rowsOf(`select a, ${column} from t order by a`)).toEqual(before);
    expect(await changesSince(start)).toEqual([]);
    for (const step of steps) await up(step);
    expect(await changesSince(await afterDirect({ setup, direct }))).toEqual([]);
  });
});

describe('rename a table', () => {
  test('old code goes on through a view, with its privileges, and the down takes it back', async () => {
    const setup = `create role reader_r; create table "Old T" (id int generated always as identity primary key, v text default 'd');
      grant select, insert on "Old T" to reader_r; insert into "Old T" (v) values ('one');`;
    const direct = 'alter table "Old T" rename to "new t";';
    client = await openEmbeddedClient();
    await client.execute(setup);
    const [first, second, ...rest] = (await offered(direct))?.steps ?? [];
    if (first === undefined || second === undefined) throw new Error('no recipe');
    expect(rest).toEqual([]);
    const start = await read();
    await up(first);
    await client.execute(`set role reader_r; insert into "Old T" default values; insert into "new t" (v) values ('three'); reset role;
      update "Old T" set v = 'ONE' where id = 1; delete from "Old T" where id = 3;
      insert into "Old T" (id, v) overriding system value values (1, 'x') on conflict (id) do update set v = excluded.v;`);
    expect(await rowsOf('select * from "new t" order by id')).toEqual([
      { id: 1, v: 'x' },
      { id: 2, v: 'd' },
    ]);
    const between = await up(second);
    expect(await changesSince(await afterDirect({ setup, direct }))).toEqual([]);
    await run(second.down);
    expect(await changesSince(between)).toEqual([]);
    await run(first.down);
    expect(await changesSince(start)).toEqual([]);
  });
});

test('a required column is added, filled by the code and then required', async () => {
  client = await openEmbeddedClient();
  await client.execute(`create schema s; create type s.mood as enum ('ok'); create table s.t (id int primary key);
    insert into s.t values (1); set search_path = s, public`);
  const [first, second] =
    (await offered('set search_path = s; alter table t add column mood mood not null;'))?.steps ?? [];
  if (first === undefined || second === undefined) throw new Error('no recipe');
  const start = await up(first);
  await client.query("update s.t set mood = 'ok'");
  const filled = await up(second);
  await expect(client.query('insert into s.t (id) values (2)')).rejects.toThrow();
  await run(second.down);
  expect(await changesSince(filled)).toEqual([]);
  await run(first.down);
  expect(await changesSince(start)).toEqual([]);
});

test.each([
  [
    'a check',
    `alter table t add constraint "Small" check ("N" < 10 and "N" <> 3);`,
    'delete from t where "N" >= 10 or "N" = 3',
    'insert into t values (99, 1)',
  ],
  [
    'a foreign key',
    'alter table t add constraint fk foreign key (u) references us (id) on delete cascade;',
    'delete from t where u not in (select id from us)',
    'insert into t values (1, 99)',
  ],
])('%s is added for new rows, and validated once the others are repaired', async (_, direct, repair, violation) => {
  client = await openEmbeddedClient();
  await client.execute(`create table us (id int primary key); create table t ("N" int, u int);
    insert into us values (1), (2); insert into t select i, 1 from generate_series(1, 20) i; insert into t values (1, 7);`);
  const [first, second] = (await offered(direct))?.steps ?? [];
  if (first === undefined || second === undefined) throw new Error('no recipe');
  const start = await up(first);
  await expect(client.query(violation)).rejects.toThrow();
  await expect(client.query(second.up)).rejects.toThrow();
  await client.query(repair);
  const unvalidated = await up(second);
  await run(second.down);
  expect(await changesSince(unvalidated)).toEqual([]);
  await run(first.down);
  expect(await changesSince(start)).toEqual([]);
});

test('no recipe is offered where something uses the column that would not follow', async () => {
  client = await openEmbeddedClient();
  await client.execute(`create table viewed (id int primary key, a int); create view v as select a from viewed;
    create table watched (id int, a int);
    create function f() returns trigger language plpgsql as 'begin return new; end';
    create trigger g after update of a on watched for each row execute function f();
    create table referred (id int primary key, a int unique); create table referring (a int references referred (a));
    create table keyed (id int, a int, primary key (id, a));
    create table parted (id int, a int) partition by range (id);
    create table computed (id int, a int generated always as (id * 2) stored);
    create table numbered (id int, a int generated always as identity);
    create table parent (id int, a int); create table child () inherits (parent);
    create table guarded (id int, a int); create policy p on guarded using (a > 0);
    create table plain (id int, a int);`);
  const catalog = await read();
  const without = catalog.tables.filter(({ name, columns }) => {
    if (!columns.some((column) => column.name === 'a')) return false;
    const { findings } = validateMigration(
      { name: 'm', up: `alter table ${name} rename a to b;`, down: null },
      { catalog },
    );
    return findings.every(({ recipe }) => recipe === undefined);
  });
  expect(without.map(({ name }) => name).toSorted()).toEqual([
    'child',
    'computed',
    'guarded',
    'keyed',
    'numbered',
    'parent',
    'parted',
    'referred',
    'viewed',
    'watched',
  ]);
});
