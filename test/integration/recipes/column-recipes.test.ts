import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { changesBetween, trialsOn, writing } from './recipe-trial.ts';

// Columns that get another name or type on a server, while code that knows the old one and code that knows the new one
// write all the time. Nothing that was written may be lost, whichever way the steps go.

type Case = {
  readonly name: string;
  readonly setup: string;
  readonly direct: string;
  /** What has the same end, where PostgreSQL refuses the one statement as long as something uses the column. */
  readonly made?: string;
  readonly old: Side;
  readonly fresh: Side;
  /** The slugs of the steps. */
  readonly steps: readonly string[];
  /** The step, counted from 0, from which new code may run, and the one from which old code is gone. */
  readonly newFrom: number;
  readonly oldUntil: number;
  /** Differences from what the one statement makes that are meant. */
  readonly besides?: RegExp;
};

/** How code of one side writes: $1 is the key of a row, $2 the value; `read` gives both as `id` and `v`. */
type Side = { readonly insert: string; readonly update: string; readonly read: string };

const side = (table: string, column: string, cast = 'int', id = 'id'): Side => ({
  insert: `insert into ${table} (${id}, ${column}) values ($1, $2::int::${cast})`,
  update: `update ${table} set ${column} = $2::int::${cast} where ${id} = $1`,
  read: `select ${id} as id, ${column}::text::int as v from ${table}`,
});

const long = 'ä'.repeat(31);

const cases: readonly Case[] = [
  {
    name: 'rename a column with odd names on which everything stands that can stand on one',
    setup: `create schema "S t"; create table "S t".kinds (code text primary key);
      insert into "S t".kinds select i::text from generate_series(0, 20000) i;
      create table "S t"."Users" (id int generated always as identity primary key, "First Name" text collate "C" not null default '1', "select" int,
        short int generated always as (length("First Name")) stored,
        constraint short check (length("First Name") < 20), constraint once unique ("First Name", id), constraint later unique (id, "First Name") deferrable,
        constraint kind foreign key ("First Name") references "S t".kinds (code) on update cascade,
        exclude using btree (id with =, "First Name" with =));
      create table "S t".refs (u int, n text, foreign key (n, u) references "S t"."Users" ("First Name", id) on update cascade);
      create index "by Name" on "S t"."Users" ("First Name" desc nulls last) where "First Name" <> 'zz';
      create index on "S t"."Users" (lower("First Name"), "select") include (id);
      create view "S t".v as select id, upper("First Name") as "First Name" from "S t"."Users" where "First Name" <> '';
      create materialized view "S t".m as select "First Name" from "S t"."Users";
      create policy p on "S t"."Users" using ("First Name" <> 'q') with check ("First Name" <> 'q');
      create function "S t".zz() returns trigger language plpgsql as 'begin return new; end';
      create trigger zzz before insert on "S t"."Users" for each row execute function "S t".zz();
      create trigger late after update on "S t"."Users" for each row when (old.* is distinct from new.*) execute function "S t".zz();
      create statistics "S t".st on "First Name", "select" from "S t"."Users";
      comment on column "S t"."Users"."First Name" is 'it''s';
      do $$ begin create role recipe_reader; exception when duplicate_object then null; end $$; grant update ("First Name") on "S t"."Users" to recipe_reader;
      insert into "S t"."Users" ("First Name") select (i % 50)::text from generate_series(1, 300) i;`,
    direct: `ALTER TABLE "S t"."Users" RENAME COLUMN "First Name" TO "given ""name""";`,
    old: {
      ...side('"S t"."Users"', '"First Name"', 'text'),
      insert: 'insert into "S t"."Users" (id, "First Name") overriding system value values ($1, $2::int::text)',
    },
    fresh: {
      ...side('"S t"."Users"', '"given ""name"""', 'text'),
      insert: 'insert into "S t"."Users" (id, "given ""name""") overriding system value values ($1, $2::int::text)',
    },
    steps: ['add_second_column', 'fill_second_column', 'index_second_column', 'rename_column'],
    newFrom: 2,
    oldUntil: 3,
  },
  {
    name: 'rename the primary key of a table with names of 63 bytes to another one',
    setup: `create table "${long}" (id int, "${long}" int primary key, up int references "${long}");
      create function "${'ä'.repeat(27)}_in_step"() returns int language sql as 'select 1';
      insert into "${long}" select i, i, i from generate_series(1, 300) i;`,
    direct: `alter table "${long}" rename "${long}" to "${long}x";`,
    old: side(`"${long}"`, 'id', 'int', `"${long}"`),
    fresh: side(`"${long}"`, 'id', 'int', `"${long}x"`),
    steps: ['add_second_column', 'fill_second_column', 'index_second_column', 'rename_column'],
    newFrom: 2,
    oldUntil: 3,
  },
  {
    name: 'rename a column of a partitioned table that may be NULL',
    setup: `create table t (id int primary key, a json) partition by range (id);
      create table t1 partition of t for values from (0) to (200); create table t2 partition of t default;
      insert into t select i, case when i % 3 = 0 then null else i::text::json end from generate_series(1, 500) i;`,
    direct: 'alter table t rename a to b;',
    old: side('t', 'a', 'text::json'),
    fresh: side('t', 'b', 'text::json'),
    steps: ['add_second_column', 'fill_second_column', 'rename_column'],
    newFrom: 2,
    oldUntil: 2,
  },
  {
    name: 'widen an identity that is the primary key and on which everything stands',
    setup: `create table t (id int generated by default as identity primary key, up int references t, n int not null default 7, note text, unique (id, n));
      create table child (c int primary key, t_id int not null, constraint fk foreign key (t_id) references t (id) on delete cascade);
      alter table t replica identity using index t_pkey; alter table t cluster on t_pkey;
      comment on constraint t_pkey on t is 'key'; comment on index t_pkey is 'index';
      create view v as select id, n from t where id > 0; create view w with (security_barrier) as select id from v; grant select on w to public;
      create policy p on t for select using (id > 0); comment on policy p on t is 'p';
      create table log (x bigint); create function f() returns trigger language plpgsql as 'begin insert into log values (new.id); return new; end';
      create trigger g after update of id on t for each row when (new.id > 0) execute function f();
      create statistics st (dependencies) on id, n from t; create index on t (id desc) where id > 10; comment on column t.id is 'c';
      insert into t (up, n) select null, i from generate_series(1, 300) i; insert into child select i, i from generate_series(1, 300) i;`,
    direct: 'ALTER TABLE t ALTER COLUMN id TYPE bigint;',
    made: `drop view w, v; drop policy p on t; drop trigger g on t;
      alter table t alter column id type bigint;
      create view v as select id, n from t where id > 0; create view w with (security_barrier) as select id from v; grant select on w to public;
      create policy p on t for select using (id > 0); comment on policy p on t is 'p';
      create trigger g after update of id on t for each row when (new.id > 0) execute function f();`,
    old: side('t', 'n'),
    fresh: side('t', 'n'),
    steps: ['add_second_column', 'fill_second_column', 'constrain_second_column', 'switch_columns', 'drop_old_column'],
    newFrom: 0,
    oldUntil: 5,
    // The columns of statistics are listed as they stand in the table.
    besides: /"kind":"statistics"/,
  },
  {
    name: 'widen a serial column, which has other names than its own taken',
    setup: `create table t (id serial primary key, n int not null default 7, id_new int, id_old int, constraint few check (id < 1000000));
      create index t_pkey_new on t (n); insert into t (n) select i from generate_series(1, 300) i;`,
    direct: 'ALTER TABLE t ALTER COLUMN id TYPE bigint;',
    old: side('t', 'n'),
    fresh: side('t', 'n'),
    steps: ['add_second_column', 'fill_second_column', 'constrain_second_column', 'switch_columns', 'drop_old_column'],
    newFrom: 0,
    oldUntil: 5,
    besides: /t_id_seq/,
  },
  {
    name: 'widen a column that refers to another table',
    setup: `create table us (id bigint primary key); insert into us select i from generate_series(1, 9) i;
      create table t (id int primary key, u int not null constraint fk references us on delete cascade, n int, constraint ck check (u > 0)); create index t_u on t (u);
      insert into t select i, 1 + i % 9, i from generate_series(1, 300) i; alter table t alter u set default 1;`,
    direct: 'ALTER TABLE t ALTER COLUMN u TYPE bigint;',
    old: side('t', 'n'),
    fresh: side('t', 'n'),
    steps: ['add_second_column', 'fill_second_column', 'constrain_second_column', 'switch_columns', 'drop_old_column'],
    newFrom: 0,
    oldUntil: 5,
  },
  {
    name: 'move columns with odd names, of which one is required, to another table',
    setup: `create schema "S"; create table "S"."Users" (id int primary key, "First Name" text not null, "select" int, note text);
      create index "by Name" on "S"."Users" (lower("First Name"));
      insert into "S"."Users" select i, i::text, case when i % 3 = 0 then null else i end from generate_series(1, 300) i;`,
    direct: `create table "S".names (u int primary key references "S"."Users" on delete cascade, "N" text not null, s int, seen boolean not null default false);
      create index on "S".names (s); insert into "S".names (u, "N", s) select id, "First Name", "select" from "S"."Users";
      alter table "S"."Users" drop column "First Name", drop column "select";`,
    old: side('"S"."Users"', '"First Name"', 'text'),
    fresh: {
      insert:
        'with u as (insert into "S"."Users" (id) values ($1) returning id) insert into "S".names (u, "N") select id, $2::int::text from u',
      update: 'update "S".names set "N" = $2::int::text where u = $1',
      read: 'select u as id, "N"::int as v from "S".names',
    },
    steps: ['stop_requiring', 'create_other_table', 'copy_rows', 'drop_moved_columns'],
    newFrom: 2,
    oldUntil: 3,
  },
  {
    name: 'change an enum for one without a label, by way of text',
    setup: `create schema s; create type s.mood as enum ('1001', '1002', 'gone'); create type s.mood2 as enum ('1001', '1002');
      create table t (id int primary key, a s.mood default '1001', note int, unique nulls not distinct (id, a)); create index on t (a) where a is not null;
      insert into t select i, '1001' from generate_series(1, 300) i;`,
    direct: 'alter table t alter a type s.mood2 using a::text::s.mood2;',
    made: "alter table t alter a drop default, alter a type s.mood2 using a::text::s.mood2; alter table t alter a set default '1001'",
    besides: /default/,
    old: side('t', 'note'),
    fresh: side('t', 'note'),
    steps: [],
    newFrom: 0,
    oldUntil: 5,
  },
  {
    name: 'a table becomes partitioned, and its rows take more than one batch to copy',
    setup: `create table t (id int primary key, n int, c text);
      insert into t select i, i, repeat('x', 300) from generate_series(1, 26000) i;`,
    direct: `create table f (like t, primary key (id)) partition by hash (id);
      create table f0 partition of f for values with (modulus 2, remainder 0); create table f1 partition of f for values with (modulus 2, remainder 1);
      insert into f select * from t; alter table t rename to t_old; alter table f rename to t;`,
    old: side('t', 'n'),
    fresh: side('t', 'n'),
    steps: ['create_partitioned_table', 'copy_rows', 'swap_tables', 'stop_keeping_in_step'],
    newFrom: 0,
    oldUntil: 4,
  },
  {
    name: 'json becomes jsonb',
    setup: `create table t (id int primary key, a json not null default '{"a" : 1}', constraint c check ((a->>'x') is null));
      insert into t select i, i::text::json from generate_series(1, 300) i;`,
    direct: 'alter table t alter a type jsonb;',
    old: side('t', 'a', 'text::json'),
    fresh: side('t', 'a', 'text::json'),
    steps: ['add_second_column', 'fill_second_column', 'constrain_second_column', 'switch_columns', 'drop_old_column'],
    newFrom: 0,
    oldUntil: 5,
    besides: /default/,
  },
  {
    name: 'a text gets another collation, and its rows take more than one batch to fill',
    setup: `create table t (id int primary key, a text not null default '5', c text);
      create index t_a on t (a); alter table t add constraint positive check (a > '0');
      insert into t (id, a, c) select i, i, repeat('x', 200) from generate_series(1, 38000) i;`,
    direct: 'alter table t alter column a type text collate "C";',
    old: side('t', 'a', 'text'),
    fresh: side('t', 'a', 'text'),
    steps: ['add_second_column', 'fill_second_column', 'constrain_second_column', 'switch_columns', 'drop_old_column'],
    newFrom: 0,
    oldUntil: 5,
  },
];

describe.each([14, 18] as const)('on PostgreSQL %i', (version) => {
  const openTrial = trialsOn(version);

  const possible = cases.filter(({ setup }) => version > 14 || !setup.includes('nulls not distinct'));

  test.concurrent.each(possible)('$name', async (of) => {
    const opened = await openTrial(of.setup);
    const { steps, wanted } = await opened.offer(of.direct, of.made);
    if (of.steps.length > 0) expect(steps.map(({ slug }) => slug)).toEqual(of.steps);
    const start = await opened.read();
    const before = new Map((await opened.rows(of.old.read)).map(({ id, v }) => [Number(id), v]));
    const [one, two] = [await opened.connect(), await opened.connect()];
    const expected = new Map<number, unknown>(before);
    const code = (sides: readonly ('old' | 'fresh')[], from: number) => {
      const ends = sides.map((which) =>
        writing(which === 'old' ? one : two, of[which], from + (which === 'old' ? 0 : 50)),
      );
      return async () => {
        for (const end of ends) for (const [id, value] of await end()) expected.set(id, value);
      };
    };
    const during = (index: number) => {
      // A step is taken back before the code that needs it is there.
      const isOver = index >= of.oldUntil;
      const isThere = index > of.newFrom;
      return code([...(isOver ? [] : ['old' as const]), ...(isThere ? ['fresh' as const] : [])], 100_000 + index * 100);
    };
    await opened.climb(steps, { downs: version === 18, during });
    const found = async (read: string) => new Map((await opened.rows(read)).map(({ id, v }) => [Number(id), v]));
    const lost = (rows: ReadonlyMap<number, unknown>) => [...expected].filter(([id, value]) => rows.get(id) !== value);
    expect(lost(await found(of.fresh.read))).toEqual([]);
    const strange = async (than: Catalog) =>
      changesBetween(than, await opened.read()).filter((one) => of.besides?.test(one) !== true);
    expect(await strange(wanted)).toEqual([]);
    for (const [index, step] of [...steps.entries()].toReversed()) {
      const end = code([index >= of.newFrom ? 'fresh' : 'old'], 200_000 + index * 100);
      await opened.run(step.down);
      await end();
    }
    expect(lost(await found(of.old.read))).toEqual([]);
    expect(await strange(start)).toEqual([]);
  });
});
