import { describe, expect, test } from 'vitest';
import type { RecipeStep } from '../../../src/engine/recipes/recipe.ts';
import { changesBetween, findingsOf, trialsOn } from './recipe-trial.ts';

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

describe('no recipe', () => {
  const openTrial = trialsOn();

  test('no table is made partitioned that something would go on using under its old name', async () => {
    const trial = await openTrial(
      `create table seen (id int primary key, d date not null); create view v as select d from seen;
      create table keyed (id int primary key, d date not null); create table child (k int references keyed);
      create table empty (id int primary key, d date);
      create table bare (id int, d date not null);
      create table safe (id int primary key, d date not null); alter table safe enable row level security;
      create table watched (id int primary key, d date not null); create function f() returns trigger language plpgsql as 'begin return new; end';
      create trigger g before insert on watched for each row execute function f();
      create table told (id int primary key, d date not null); create publication p for table told;
      create table counted (id serial primary key, d date not null);`,
    );
    const catalog = await trial.read();
    const partition = (table: string, { columns = 'id int, d date', copy = '*', more = '' } = {}): string =>
      `create table n (${columns}, primary key (id, d)) partition by range (d); create table n1 partition of n default;
      insert into n select ${copy} from ${table}; ${more} alter table ${table} rename to old; alter table n rename to ${table};`;
    const reasons = [
      ...['seen', 'keyed', 'empty', 'bare', 'safe', 'watched', 'told', 'counted'].map((table) => partition(table)),
      partition('counted', { columns: 'id bigint, d date' }),
      partition('counted', { copy: 'id, now()' }),
      partition('counted', { more: 'delete from child;' }),
      `set search_path = public; ${partition('counted')}`,
    ].map((up) => {
      const found = findingsOf(up, catalog);
      expect(found.filter(({ recipe }) => recipe !== undefined).map(() => up)).toEqual([]);
      return found.map(({ noRecipe }) => noRecipe).find((each) => each !== undefined) ?? 'nothing is said';
    });
    expect(reasons).toMatchInlineSnapshot(`
      [
        "the view public.v uses public.seen, and would go on using the old table: drop it, and make it again behind the last step",
        "the foreign key child_k_fkey refers to public.keyed, and would go on referring to the old table: a partitioned one has no key without the partition key",
        "d may be NULL in public.empty and belongs to the primary key of public.n: require it first",
        "public.bare has no primary key by which its rows could be found",
        "public.safe has row security, which would stay with the old table",
        "the trigger g of public.watched would stay with the old table",
        "publication p publishes public.told, and subscribers would have to be told of the partitions",
        "id numbers the rows of public.counted, and nothing does in public.n: add INCLUDING IDENTITY, or the default",
        "id is integer in public.counted and bigint in public.n",
        "nothing in the file copies all rows of public.counted into public.n, each column into the one of its name",
        "the file does more than that in line 2: put it into a migration of its own",
        "the file sets a search path, under which its names mean something else than in a file of their own",
      ]
    `);
  });

  test('is offered where there can be none, and the finding says why', async () => {
    const trial = await openTrial(
      `create function f() returns trigger language plpgsql as 'begin new.a := 1; return new; end';
      create table watched (id int, a int); create trigger g after update of a on watched for each row execute function f();
      create table early (id int, a int); create trigger g before insert on early for each row execute function f();
      create table computed (id int, a int generated always as (id * 2) stored, b int);
      create table parent (id int, a int); create table child () inherits (parent);
      create table parted (id int, a int) partition by range (id); create table leaf partition of parted default; create index on parted (a);
      create table seen (id int primary key, a int, b int); create materialized view mv as select a from seen;
      create function own(int) returns int language sql immutable as 'select 1'; create function atomic() returns bigint begin atomic select b from seen; end;
      create table listed (id int primary key, a int, b int); create publication p for table listed (id, a);
      create table keyed (id int primary key, a int unique deferrable, e int, t text); create table referring (x int references keyed, p text);
      alter table keyed add constraint ex exclude using btree (e with =);
      create table hashed (a int, b int) partition by hash (a); create table ranged (a int, b int) partition by range (a, b); create table part (a int, b int);
      create table counting (a int, b int) partition by list (b); create table counted (a int generated always as identity, b int);
      create table keyless (a int); create table taken (a int, b int); create extension postgres_fdw; create server s foreign data wrapper postgres_fdw;
      create foreign table far (a int) server s;`,
    );
    const catalog = await trial.read();
    const reasons = [
      'alter table watched rename a to b',
      'alter table early rename a to b',
      'alter table computed rename a to c',
      'alter table child rename a to b',
      'alter table parent rename a to b',
      'alter table parted rename a to b',
      'alter table leaf rename a to b',
      'alter table far rename a to b',
      'alter table taken rename a to b',
      'alter table seen alter a type bigint',
      'alter table seen alter b type bigint',
      'alter table listed alter a type bigint',
      'alter table keyed alter a type bigint',
      'alter table keyed alter e type bigint',
      'alter table keyed alter id type text',
      'alter table keyed alter t type int using length(t)',
      'alter table parted alter a type bigint',
      'alter table keyless drop column a',
      'alter table keyed drop column id',
      'alter table watched drop column a',
      'alter table seen drop column b',
      'alter table keyed add exclude using btree (a with =)',
      'alter table keyed add primary key (a)',
      'alter table parted add unique (id, a)',
      'alter table leaf set schema pg_catalog',
      'alter table keyed rename to taken',
      'alter table parted add constraint fk foreign key (a) references keyed',
      'alter table hashed attach partition part for values with (modulus 2, remainder 0)',
      'alter table ranged attach partition part for values from (0, 0) to (10, 10)',
      'update taken set a = a + 1',
      'update parted set id = 3',
      'update parent set a = 3',
      'alter table taken rename to taken_old; create table taken (a int, b int)',
      'alter table counting attach partition counted for values in (1)',
      'alter table taken add column c int generated always as (own(a)) stored',
      'alter table taken add column c int generated always as (taken.a) stored',
      'alter table taken add column c int generated always as (a) stored unique',
      'alter table child add column c int generated always as (a) stored',
    ].map((up) => {
      const found = findingsOf(`${up};`, catalog);
      expect(found.filter(({ recipe }) => recipe !== undefined).map(() => up)).toEqual([]);
      return `${up}: ${found.map(({ noRecipe }) => noRecipe).find((each) => each !== undefined) ?? 'nothing is said'}`;
    });
    expect(reasons).toMatchInlineSnapshot(`
      [
        "alter table watched rename a to b: the trigger g names a, and would not fire where code writes the new name",
        "alter table early rename a to b: the trigger g reads or changes a before a row is written, and would miss what code writes under the new name",
        "alter table computed rename a to c: a is generated: add another generated column and drop this one",
        "alter table child rename a to b: public.child inherits from another table",
        "alter table parent rename a to b: public.parent has children by inheritance, which no trigger of it sees",
        "alter table parted rename a to b: public.parted is partitioned, and no index over a can be built beside it",
        "alter table leaf rename a to b: public.leaf is a partition; its columns are those of public.parted",
        "alter table far rename a to b: public.far is a foreign table: its rows are changed where they are",
        "alter table taken rename a to b: public.taken has a column b already",
        "alter table seen alter a type bigint: the materialized view public.mv reads it, and would have to be filled again while nobody can read it",
        "alter table seen alter b type bigint: routine public.atomic() uses b and cannot follow",
        "alter table listed alter a type bigint: the column list of publication p uses a and cannot follow",
        "alter table keyed alter a type bigint: the constraint keyed_a_key over it is deferrable, which its copy beside it could not be",
        "alter table keyed alter e type bigint: PostgreSQL builds the exclusion constraint ex over it only while nobody reads or writes",
        "alter table keyed alter id type text: the foreign key referring_x_fkey compares id with a column of another type than text",
        "alter table keyed alter t type int using length(t): USING says more than a cast of t, and nothing says how to turn new values back",
        "alter table parted alter a type bigint: public.parted is partitioned, and the indexes of its partitions cannot be exchanged all at once",
        "alter table keyless drop column a: public.keyless has no primary key by which the values could be put aside",
        "alter table keyed drop column id: id is part of the primary key of public.keyed",
        "alter table watched drop column a: public.watched has no primary key by which the values could be put aside",
        "alter table seen drop column b: routine public.atomic() uses b; change or drop that first",
        "alter table keyed add exclude using btree (a with =): PostgreSQL builds the index of an exclusion constraint only while nobody reads or writes the table, and takes no index that was built before: it needs a maintenance window, or a new table beside this one",
        "alter table keyed add primary key (a): public.keyed has a primary key already",
        "alter table parted add unique (id, a): public.parted is partitioned: its index is built partition by partition, and attached to one of the parent",
        "alter table leaf set schema pg_catalog: public.leaf is a partition: code names its parent, and what names the partition can be changed first",
        "alter table keyed rename to taken: public.taken exists already",
        "alter table parted add constraint fk foreign key (a) references keyed: a foreign key of a partitioned table can only be NOT VALID in each of its partitions",
        "alter table hashed attach partition part for values with (modulus 2, remainder 0): no check that people can write proves the remainder of a hash",
        "alter table ranged attach partition part for values from (0, 0) to (10, 10): public.ranged is partitioned by more than one column, or by an expression",
        "update taken set a = a + 1: it computes a from a itself: a run that is repeated after a failure would change rows twice",
        "update parted set id = 3: it changes what public.parted is partitioned by, and rows move between partitions",
        "update parent set a = 3: public.parent has children by inheritance, whose rows it changes too",
        "alter table taken rename to taken_old; create table taken (a int, b int): another table takes the name taken in the same migration, where a view with it would stand",
        "alter table counting attach partition counted for values in (1): a of public.counted is an identity column, and no table that is attached may have one: drop its identity first",
        "alter table taken add column c int generated always as (own(a)) stored: its expression calls own, which a trigger would look up by the search path of whoever writes: write it with its schema",
        "alter table taken add column c int generated always as (taken.a) stored: its expression names columns with their table",
        "alter table taken add column c int generated always as (a) stored unique: the column has more than an expression and NOT NULL; add the rest in a migration of its own",
        "alter table child add column c int generated always as (a) stored: public.child inherits from another table",
      ]
    `);
  });
});
