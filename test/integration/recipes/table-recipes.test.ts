import { describe, expect, test } from 'vitest';
import type { RecipeStep } from '../../../src/engine/recipes/recipe.ts';
import { changesBetween, trialsOn } from './recipe-trial.ts';

// Recipes for what is no second column: each step taken up, down and up again, then all of it taken back.

type Case = {
  readonly name: string;
  readonly setup: string;
  readonly direct: string;
  readonly made?: string;
  readonly steps: readonly string[];
  /** The step, counted from 0, that fails until the rows are repaired, and the repair. */
  readonly repair?: { readonly step: number; readonly by: string };
  /** Writes of running code, tried after each step from the one of this number on; each must work, or fail. */
  readonly writes?: readonly {
    readonly from: number;
    readonly to?: number;
    readonly sql: string;
    readonly fails?: true;
  }[];
  /** Rows that stay as they are throughout, in every state. */
  readonly same?: string;
  /** True where the down of the last step cannot bring rows back. */
  readonly isFinal?: true;
};

const cases: readonly Case[] = [
  ...['primary key (a, b)', 'constraint "P K" primary key (a, b)'].map((key) => ({
    name: `add ${key}`,
    setup: `create table t (a int not null, b text, c int); insert into t select i, i, i from generate_series(1, 50) i; insert into t values (8, null);`,
    direct: `alter table t add ${key};`,
    made: `delete from t where c is null; alter table t add ${key};`,
    steps: ['require_in_new_rows', 'require_in_all_rows', 'build_unique_index', 'add_primary_key'],
    repair: { step: 1, by: 'delete from t where c is null' },
    writes: [
      { from: 2, sql: "insert into t values (1, '1')", fails: true as const },
      { from: 0, sql: "insert into t values (1, '2')" },
    ],
    same: 'select * from t where c is not null order by a',
  })),
  {
    name: 'a unique constraint with odd names over columns that hold duplicates',
    setup: `create schema "S"; create table "S"."T" ("A" int, "select" text, c int); insert into "S"."T" select i % 40, 'x', i from generate_series(1, 50) i;`,
    direct:
      'alter table "S"."T" add constraint "U q" unique ("A", "select") include (c) deferrable initially deferred;',
    made: 'delete from "S"."T" where c > 40; alter table "S"."T" add constraint "U q" unique ("A", "select") include (c) deferrable initially deferred;',
    steps: ['build_unique_index', 'add_unique_constraint'],
    repair: { step: 0, by: 'delete from "S"."T" where c > 40' },
    same: 'select * from "S"."T" where c <= 40 order by c',
  },
  {
    name: 'a unique constraint without a name',
    setup:
      'create table t (a int, t_a_key int); create index t_a_key on t (t_a_key); insert into t values (1), (null), (null);',
    direct: 'alter table t add unique (a);',
    steps: ['build_unique_index', 'add_unique_constraint'],
    same: 'select * from t order by a',
  },
  {
    name: 'an identity that becomes the primary key',
    setup: 'create table t (n int); insert into t select i from generate_series(1, 50) i;',
    direct: 'alter table t add column id bigint generated always as identity primary key;',
    steps: [
      'add_numbered_column',
      'number_rows',
      'require_number',
      'make_identity',
      'build_unique_index',
      'add_primary_key',
    ],
    writes: [
      { from: 0, sql: 'insert into t (n) values (99)' },
      { from: 4, sql: 'insert into t (n, id) values (99, 5)', fails: true },
    ],
    same: 'select n from t where n <= 50 order by n',
  },
  {
    name: 'a serial column',
    setup: 'create table t (n int); insert into t select i from generate_series(1, 50) i;',
    direct: 'alter table t add column id serial;',
    steps: ['add_numbered_column', 'number_rows', 'require_number'],
    writes: [{ from: 0, sql: 'insert into t (n) values (99)' }],
    same: 'select n from t where n <= 50 order by n',
  },
  ...[
    ['a required column', 'alter table t drop column c;', ['stop_requiring', 'drop_column', 'drop_kept_values']],
    ['a column with a default', 'alter table t drop column d;', ['drop_column', 'drop_kept_values']],
  ].map(([name, direct, steps]) => ({
    name: `drop ${name}`,
    setup: `create table t (a int, b text, c numeric(8,2) not null, d int default 4, primary key (a, b));
      create index t_c on t (c); comment on index t_c is 'c';
      insert into t select i, 'x', i, case when i % 2 = 0 then null else i end from generate_series(1, 100) i;`,
    direct: String(direct),
    steps: steps as readonly string[],
    same: 'select a, b from t order by a',
    isFinal: true as const,
  })),
  {
    name: 'rename a table',
    setup: `do $$ begin create role recipe_writer; exception when duplicate_object then null; end $$;
      create table "Old T" (id int generated always as identity primary key, v text default 'd');
      grant select, insert on "Old T" to recipe_writer; insert into "Old T" (v) values ('one');`,
    direct: 'alter table "Old T" rename to "new t";',
    steps: ['rename_with_view', 'drop_view'],
    writes: [
      {
        from: 0,
        to: 0,
        sql: `set local role recipe_writer; insert into "Old T" default values; insert into "new t" (v) values ('three'); reset role;
          update "Old T" set v = 'ONE' where id = 1; delete from "Old T" where id = 3;
          insert into "Old T" (id, v) overriding system value values (1, 'x') on conflict (id) do update set v = excluded.v;`,
      },
    ],
  },
  {
    name: 'move a table with a serial column to another schema',
    setup: `create schema "New s"; create table t (id serial primary key, v text); create view w as select v from t; insert into t (v) values ('a');`,
    direct: 'alter table t set schema "New s";',
    steps: ['move_with_view', 'drop_view'],
    writes: [
      {
        from: 0,
        to: 0,
        sql: `insert into t (v) values ('b'); insert into "New s".t (v) values ('c'); select * from w`,
      },
    ],
  },
  {
    name: 'a required column',
    setup: `create schema s; create type s.mood as enum ('ok'); create table s.t (id int primary key); insert into s.t values (1);`,
    direct: 'set search_path = s; alter table t add column mood mood not null;',
    made: "alter table s.t add column mood s.mood; update s.t set mood = 'ok'; alter table s.t alter mood set not null",
    steps: ['add_column', 'require_in_new_rows', 'require_in_all_rows'],
    repair: { step: 2, by: "update s.t set mood = 'ok'" },
    writes: [
      { from: 0, to: 0, sql: 'insert into s.t (id) values (2)' },
      { from: 1, sql: 'insert into s.t (id) values (2)', fails: true },
    ],
    same: 'select id from s.t',
  },
  {
    name: 'a stored generated column that is required, of a partitioned table with odd names',
    setup: `create schema "S"; create table "S"."T" (id int, "A b" int, "select" text not null) partition by range (id);
      create table "S".one partition of "S"."T" for values from (0) to (30); create table "S".rest partition of "S"."T" default;
      create function "S".zzz() returns trigger language plpgsql as 'begin new."A b" := coalesce(new."A b", 0) + 1; return new; end';
      create trigger zzz before insert on "S"."T" for each row execute function "S".zzz();
      insert into "S"."T" select i, i, 'x' from generate_series(1, 50) i; insert into "S"."T" values (60, 9, '!');`,
    direct: `alter table "S"."T" add column "Sum" text collate "C" generated always as (nullif("select", '!') || ("A b" * 2)::text) stored not null;`,
    made: `delete from "S"."T" where "select" = '!'; alter table "S"."T" add column "Sum" text collate "C"; update "S"."T" set "Sum" = "select" || ("A b" * 2)::text; alter table "S"."T" alter "Sum" set not null;
      create function "S"."T_Sum_in_step"() returns trigger language plpgsql as $lockstep$
#variable_conflict use_column
BEGIN
  NEW."Sum" := (SELECT nullif("select", '!') || ("A b" * 2)::text FROM (SELECT NEW.*) AS "T");
  RETURN NEW;
END
$lockstep$; create trigger "~~_T_Sum_in_step" before insert or update on "S"."T" for each row execute function "S"."T_Sum_in_step"();`,
    steps: ['add_computed_column', 'fill_computed_column', 'require_in_new_rows', 'require_in_all_rows'],
    repair: { step: 3, by: `delete from "S"."T" where "select" = '!'` },
    writes: [
      { from: 0, to: 1, sql: `insert into "S"."T" values (1, 2, '!')` },
      { from: 2, sql: `insert into "S"."T" values (1, 2, '!')`, fails: true },
      {
        from: 0,
        sql: `insert into "S"."T" values (99, 4, 'n'); update "S"."T" set "A b" = 7, "Sum" = 'mine' where id = 99; update "S"."T" set id = 5 where id = 98;
          do $$ begin if (select "Sum" from "S"."T" where id = 99) <> 'n14' then raise 'not computed'; end if; end $$;`,
      },
      {
        from: 1,
        sql: `do $$ begin if exists (select from "S"."T" where "Sum" is distinct from nullif("select", '!') || ("A b" * 2)::text) then raise 'not filled'; end if; end $$`,
      },
    ],
    same: `select id, "A b", "select" from "S"."T" where "select" <> '!' order by id`,
  },
  {
    name: 'change many rows of a partitioned table with odd names',
    setup: `create schema "S"; create table "S"."T" (id int, "A b" int, c text) partition by range (id);
      create table "S".one partition of "S"."T" for values from (0) to (30); create table "S".rest partition of "S"."T" default;
      insert into "S"."T" select i, i, null from generate_series(1, 50) i;`,
    direct: `update "S"."T" as "set" set c = 'where ' || id, ("A b") = row(length(("set".id + 1)::text)) where "set".id in (select 2 * i from generate_series(1, 50) i);`,
    steps: ['set_in_batches'],
    writes: [
      {
        from: 0,
        sql: `do $$ begin assert (select count(*) from "S"."T" where c like 'where %') = 25; end $$`,
      },
    ],
    same: 'select id from "S"."T" order by id',
  },
  {
    name: 'move columns to another table, written on either side',
    setup: `do $$ begin create role recipe_writer; exception when duplicate_object then null; end $$;
      create table t (a int, b text, x text, y json, primary key (a, b)); insert into t select i, 'b', nullif(i % 5, 0), null from generate_series(1, 50) i; grant select, update on t to recipe_writer;`,
    direct: `create table n (a int, b text, x text, y json, foreign key (a, b) references t, unique (a, b));
      insert into n select a, b, x, y from t; alter table t drop x; alter table t drop y;`,
    steps: ['create_other_table', 'copy_rows', 'drop_moved_columns'],
    writes: [
      {
        from: 0,
        to: 1,
        sql: `do $$ begin
          insert into t values (90, 'b', 'one', '1'), (91, 'b', null, null);
          assert (select x || y::text from n where a = 90) = 'one1' and not exists (select from n where a = 91);
          update n set x = 'two' where a = 90; assert (select x from t where a = 90) = 'two';
          update t set y = '3' where a = 90; assert (select x || y::text from n where a = 90) = 'two3';
          insert into n values (91, 'b', 'four', null); assert (select x from t where a = 91) = 'four';
          update t set x = null, y = null where a = 90; assert (select x is null and y is null from n where a = 90);
          delete from n where a = 91; assert (select x is null from t where a = 91);
          delete from t where a = 90; assert not exists (select from n where a = 90);
          end $$;`,
      },
      {
        from: 1,
        to: 1,
        sql: 'do $$ begin assert (select count(*) from n join t using (a, b) where n.x = t.x) = 40; end $$',
      },
      { from: 0, to: 1, sql: "set local role recipe_writer; update t set x = 'mine' where a = 1" },
      { from: 2, sql: "insert into t values (90, 'b'); insert into n values (90, 'b', 'new', '{}')" },
    ],
    same: 'select a, b from t order by a',
  },
  {
    name: 'a check',
    setup: `create table t ("N" int); insert into t select i from generate_series(1, 20) i;`,
    direct: 'alter table t add constraint "Small" check ("N" < 10 and "N" <> 3);',
    made: 'delete from t where "N" >= 10 or "N" = 3; alter table t add constraint "Small" check ("N" < 10 and "N" <> 3)',
    steps: ['add_not_valid', 'validate_constraint'],
    repair: { step: 1, by: 'delete from t where "N" >= 10 or "N" = 3' },
    writes: [{ from: 0, sql: 'insert into t values (99)', fails: true }],
    same: 'select * from t where "N" < 3',
  },
  {
    name: 'a foreign key',
    setup: `create table us (id int primary key); create table t (n int, u int); create index on t (u);
      insert into us values (1), (2); insert into t select i, 1 from generate_series(1, 20) i; insert into t values (1, 7);`,
    direct: 'alter table t add constraint fk foreign key (u) references us (id) on delete cascade;',
    made: 'delete from t where u = 7; alter table t add constraint fk foreign key (u) references us (id) on delete cascade',
    steps: ['add_not_valid', 'validate_constraint'],
    repair: { step: 1, by: 'delete from t where u not in (select id from us)' },
    writes: [{ from: 0, sql: 'insert into t values (1, 99)', fails: true }],
    same: 'select * from us',
  },
  {
    name: 'make a table with an identity partitioned by range, written on either side',
    setup: `do $$ begin create role recipe_writer; exception when duplicate_object then null; end $$;
      create schema "S"; grant usage on schema "S" to recipe_writer; create table "S"."E v" (id bigint generated always as identity, "D" date not null, v text, up text generated always as (upper(v)) stored, constraint "E k" primary key (id));
      create index "by v" on "S"."E v" (v); grant select, insert, update on "S"."E v" to recipe_writer;
      insert into "S"."E v" ("D", v) select date '2025-12-01' + i, 'v' || i from generate_series(1, 60) i;`,
    direct: `create table "S".fresh (like "S"."E v" including identity including generated, primary key ("D", id)) partition by range ("D");
      create table "S"."one" partition of "S".fresh for values from (minvalue) to ('2026-01-01'); create table "S".rest partition of "S".fresh default;
      create index on "S".fresh (v);
      insert into "S".fresh overriding system value select * from "S"."E v";
      alter table "S"."E v" rename to "E old"; alter table "S".fresh rename to "E v";`,
    // The numbering goes on, and so do the rights.
    made: `create table "S".fresh (like "S"."E v" including identity including generated, primary key ("D", id)) partition by range ("D");
      create table "S"."one" partition of "S".fresh for values from (minvalue) to ('2026-01-01'); create table "S".rest partition of "S".fresh default;
      create index on "S".fresh (v); grant select, insert, update on "S".fresh to recipe_writer;
      alter table "S"."E v" rename to "E old"; alter table "S".fresh rename to "E v";`,
    steps: ['create_partitioned_table', 'copy_rows', 'swap_tables', 'stop_keeping_in_step'],
    writes: [
      {
        from: 0,
        to: 1,
        sql: `do $$ begin
          insert into "S"."E v" ("D", v) values ('2026-02-03', 'n'); assert (select count(*) from "S".fresh where v = 'n') = 1;
          update "S"."E v" set "D" = '2025-01-01', v = 'm' where v = 'n'; assert (select array_agg(v || "D") from "S".fresh where v in ('n', 'm')) = '{m2025-01-01}';
          update "S"."E v" set v = 'x' where id = 7; assert (select v from "S".fresh where id = 7) = 'x';
          delete from "S"."E v" where v in ('m', 'x'); assert not exists (select from "S".fresh where v in ('m', 'x'));
          truncate "S"."E v"; assert not exists (select from "S".fresh);
          end $$;`,
      },
      {
        from: 1,
        to: 1,
        sql: `do $$ begin assert not exists (table "S".fresh except table "S"."E v") and (select count(*) from "S".fresh) = 60; end $$`,
      },
      {
        from: 2,
        to: 2,
        sql: `do $$ begin
          insert into "S"."E v" ("D", v) values ('2026-02-03', 'n'); assert (select max(id) from "S"."E v") = (select max(id) from "S"."E old");
          assert (select id from "S"."E v" where v = 'n') > 60;
          update "S"."E v" set "D" = '2025-01-01', v = 'm' where v = 'n'; assert (select array_agg(v || "D") from "S"."E old" where v in ('n', 'm')) = '{m2025-01-01}';
          delete from "S"."E v" where v = 'm'; assert not exists (select from "S"."E old" where v = 'm');
          truncate "S"."E v"; assert not exists (select from "S"."E old");
          end $$;`,
      },
      {
        from: 0,
        sql: `set local role recipe_writer; update "S"."E v" set v = 'w', "D" = '2020-01-01' where id < 9; insert into "S"."E v" ("D") values ('2030-01-01')`,
      },
    ],
    same: 'select id, "D", v, up from "S"."E v" order by id',
  },
  ...["list (k)|(k, id)|in ('a')", 'hash (id)|(id)|with (modulus 1, remainder 0)'].map((of) => {
    const [by = '', key = '', bound = ''] = of.split('|');
    const rest = by.startsWith('list') ? 'create table rest partition of n default;' : '';
    const make = `create table n (id int not null default nextval('t_id_seq'), k text not null, primary key ${key}) partition by ${by};
      create table p1 partition of n for values ${bound}; ${rest}`;
    const swap = 'alter table t rename to t_old; alter table n rename to t;';
    return {
      name: `make a table with a serial column partitioned by ${by}`,
      setup: `create table t (id serial primary key, k text not null); insert into t (k) select case when i % 2 = 0 then 'a' else 'b' end from generate_series(1, 40) i;`,
      direct: `begin; ${make} insert into n (id, k) select id, k from t; ${swap} commit;`,
      made: `${make} ${swap} alter sequence t_id_seq owned by t.id;`,
      steps: ['create_partitioned_table', 'copy_rows', 'swap_tables', 'stop_keeping_in_step'],
      writes: [
        {
          from: 0,
          sql: "insert into t (k) values ('a'); update t set k = 'z' where id = 3; delete from t where id = 4",
        },
      ],
      same: 'select id, k from t order by id',
    };
  }),
  ...["range (d)|from ('2025-01-01') to ('2026-01-01')", "list (k)|in ('a', 'b''')"].map((of) => {
    const [by = '', bound = ''] = of.split('|');
    return {
      name: `attach a partition by ${by}`,
      setup: `create table p (d date, k text collate "C", n int) partition by ${by}; create table "D d" partition of p default;
        create table c (d date, k text collate "C", n int); insert into c select '2025-02-02', 'a', i from generate_series(1, 50) i;
        insert into c values (null, null, 99); insert into "D d" values ('2020-01-01', 'z', 1), (null, null, 2);`,
      direct: `alter table p attach partition c for values ${bound};`,
      made: `delete from c where n = 99; alter table p attach partition c for values ${bound};`,
      steps: ['check_bound_of_new_rows', 'validate_bound', 'attach_partition'],
      repair: { step: 1, by: 'delete from c where n = 99' },
      writes: [{ from: 0, sql: "insert into c values ('2020-01-01', 'z', 1)", fails: true as const }],
      same: 'select n from c where n < 99 order by n',
    };
  }),
];

describe.each([14, 18] as const)('on PostgreSQL %i', (version) => {
  const openTrial = trialsOn(version);

  test.concurrent.each(cases)('$name', async (of) => {
    const trial = await openTrial(of.setup);
    const { steps, wanted } = await trial.offer(of.direct, of.made);
    expect(steps.map(({ slug }) => slug)).toEqual(of.steps);
    const start = await trial.read();
    const rows = of.same === undefined ? [] : await trial.rows(of.same);
    const repair = async (step: RecipeStep, index: number): Promise<void> => {
      if (of.repair?.step !== index) return;
      await expect(trial.run(step.up)).rejects.toThrow(
        /violated by some row|could not create unique|violates foreign key/,
      );
      // A build that fails leaves an invalid index, which the down takes away; what validates leaves nothing.
      if (step.up.includes('CREATE UNIQUE INDEX')) await trial.run(step.down);
      await trial.run(of.repair.by);
    };
    const write = async (step: RecipeStep, index: number): Promise<void> => {
      for (const { from, to = steps.length, sql, fails } of of.writes ?? []) {
        if (index < from || index > to) continue;
        await trial.run('begin');
        const outcome = await trial.rows(sql).then(
          () => 'works',
          (error: unknown) => String(error),
        );
        await trial.run('rollback');
        if (fails === true) expect(`${step.slug}: ${outcome}`).not.toContain('works');
        else expect(`${step.slug}: ${outcome}`).toBe(`${step.slug}: works`);
      }
      if (of.same !== undefined) expect(await trial.rows(of.same)).toEqual(rows);
    };
    await trial.climb(steps, { downs: version === 18, before: repair, after: write });
    expect(changesBetween(wanted, await trial.read())).toEqual([]);
    if (of.isFinal === true) return;
    for (const step of steps.toReversed()) await trial.run(step.down);
    expect(changesBetween(start, await trial.read())).toEqual([]);
    if (of.same !== undefined) expect(await trial.rows(of.same)).toEqual(rows);
  });

  test('the values of a dropped column come back as long as they are kept', async () => {
    const trial = await openTrial(
      `create table t (a int primary key, c numeric(8,2) not null, d int default 4);
      insert into t select i, i, case when i % 2 = 0 then null else i end from generate_series(1, 100) i;`,
    );
    const before = await trial.rows('select * from t order by a');
    const start = await trial.read();
    for (const column of ['c', 'd']) {
      const { steps } = await trial.offer(`alter table t drop column ${column};`);
      const kept = steps.slice(0, -1);
      for (const step of kept) await trial.run(step.up);
      for (const step of kept.toReversed()) await trial.run(step.down);
      expect(changesBetween(start, await trial.read())).toEqual([]);
      const again = await trial.rows('select a, c, d from t order by a');
      expect(again).toEqual(before);
    }
  });
});
