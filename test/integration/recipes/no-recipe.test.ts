import { describe, expect, test } from 'vitest';
import { findingsOf, trialsOn } from './recipe-trial.ts';

// Where no recipe is offered, and what the finding says instead.

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
