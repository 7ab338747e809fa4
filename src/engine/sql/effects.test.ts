import { describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import { type EffectsContext, effectsOf, type StatementEffects } from './effects.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript } from './parser.ts';
import { simulate } from './simulate.ts';

// The cases below are made while the file is read, before any hook runs.
await loadParser();

function statementsOf(text: string) {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  return script.value.statements;
}

/** The catalog that a script leaves behind. */
const catalogOf = (script: string): Catalog =>
  statementsOf(script).reduce((catalog, statement) => simulate(catalog, statement).catalog, emptyCatalog);

function effects(text: string, context: Partial<EffectsContext> = {}): StatementEffects {
  const [statement] = statementsOf(text);
  if (statement === undefined) throw new Error('no statement');
  return effectsOf(statement, { catalog: null, serverVersion: 180_000, ...context });
}

const locks = (found: StatementEffects) => found.locks.map(({ relation, mode }) => `${relation}: ${mode}`);

describe('effectsOf without a catalog', () => {
  it('says what a lock blocks', () => {
    expect(effects('alter table users add column x int')).toMatchObject({
      locks: [{ relation: 'public.users', mode: 'ACCESS EXCLUSIVE', blocks: 'reads and writes' }],
      rewrites: [],
      scans: [],
      transaction: 'allowed',
    });
    expect(effects('create index on "Users" (a)').locks).toEqual([
      { relation: 'public."Users"', mode: 'SHARE', blocks: 'writes' },
    ]);
  });

  it('fears a rewrite when the old type is not known, and says so', () => {
    const found = effects('alter table users alter column name type text');
    expect(found.rewrites).toEqual(['public.users']);
    expect(found.unsure).toEqual(['the present type of column name is not known']);
  });

  it('takes a function that it does not know for volatile, and says so', () => {
    const found = effects('alter table users add column x text default nanoid()');
    expect(found.rewrites).toEqual(['public.users']);
    expect(found.unsure).toHaveLength(1);
    expect(effects('alter table users add column x timestamptz default now()').rewrites).toEqual([]);
  });

  it('reads both tables for a foreign key, none when it is not validated', () => {
    const both = effects('alter table orders add foreign key (user_id) references app.users (id)');
    expect(locks(both)).toEqual(['public.orders: SHARE ROW EXCLUSIVE', 'app.users: SHARE ROW EXCLUSIVE']);
    expect(both.scans).toEqual(['public.orders', 'app.users']);
    expect(effects('alter table orders add foreign key (a) references b (c) not valid').scans).toEqual([]);
  });

  it('says what it cannot know', () => {
    expect(effects('drop index i').unsure).toHaveLength(1);
    expect(effects('alter domain d set not null').unsure).toHaveLength(1);
    expect(effects('do $$ begin end $$').unsure).toHaveLength(1);
    expect(effects('drop table t').unsure).toHaveLength(1);
  });

  it('finds an unqualified name by the search path', () => {
    const catalog = catalogOf('create schema a; create schema b; create table b.t (id int)');
    const found = effects('truncate t', { catalog, searchPath: ['a', 'b', 'public'] });
    expect(locks(found)).toEqual(['b.t: ACCESS EXCLUSIVE']);
  });
});

describe('effectsOf: the need of a transaction', () => {
  it.each([
    ['create index concurrently i on t (a)', 'forbidden'],
    ['drop index concurrently i', 'forbidden'],
    ['reindex table concurrently t', 'forbidden'],
    ['reindex (concurrently) index i', 'forbidden'],
    ['reindex schema s', 'forbidden'],
    ['vacuum full t', 'forbidden'],
    ['vacuum t', 'forbidden'],
    ['cluster', 'forbidden'],
    ['alter table p detach partition c concurrently', 'forbidden'],
    ['create database d', 'forbidden'],
    ['drop database d', 'forbidden'],
    ['alter system set work_mem = 1', 'forbidden'],
    ['create tablespace s location $$/x$$', 'forbidden'],
    ['alter database d set tablespace s', 'forbidden'],
    ["create subscription s connection 'x' publication p", 'forbidden'],
    ["create subscription s connection 'x' publication p with (create_slot = false)", 'allowed'],
    ['discard all', 'forbidden'],
    ['lock table t', 'required'],
    ['savepoint s', 'required'],
    ['create index i on t (a)', 'allowed'],
    ['analyze t', 'allowed'],
    ['refresh materialized view concurrently m', 'allowed'],
    ['alter type t add value $$x$$', 'allowed'],
  ] as const)('%s: %s', (text, need) => {
    expect(effects(text).transaction).toBe(need);
  });

  it('is forbidden for a new label of an enum before 12 only', () => {
    expect(effects("alter type t add value 'x'", { serverVersion: 110_000 }).transaction).toBe('forbidden');
    expect(effects("alter type t add value 'x'", { serverVersion: 120_000 }).transaction).toBe('allowed');
  });
});

describe('effectsOf by server version', () => {
  it('believes a check for SET NOT NULL since 12', () => {
    const catalog = catalogOf('create table t (a int, check (a is not null))');
    const text = 'alter table t alter column a set not null';
    expect(effects(text, { catalog, serverVersion: 120_000 }).scans).toEqual([]);
    expect(effects(text, { catalog, serverVersion: 110_000 }).scans).toEqual(['public.t']);
  });

  it('recurses to partitions for an identity since 17', () => {
    const catalog = catalogOf(
      'create table t (a int not null) partition by range (a); create table t1 partition of t for values from (1) to (2)',
    );
    const text = 'alter table t alter column a add generated always as identity';
    expect(locks(effects(text, { catalog, serverVersion: 170_000 }))).toHaveLength(2);
    expect(locks(effects(text, { catalog, serverVersion: 160_000 }))).toHaveLength(1);
  });

  it('locks partitions and children for new constraints less before 18', () => {
    const catalog = catalogOf(`
      create table p (a int not null) partition by range (a); create table p1 partition of p for values from (1) to (2);
      create table n (a int) partition by range (a); create table n1 partition of n for values from (1) to (2);
      create table i (a int); create table j () inherits (i); create table r (id int primary key)`);
    const at = (text: string, serverVersion: number) => locks(effects(text, { catalog, serverVersion }));
    expect(at('alter table p add unique (a)', 180_000)).toContain('public.p1: ACCESS EXCLUSIVE');
    expect(at('alter table p add unique (a)', 150_000)).toContain('public.p1: SHARE');
    expect(at('alter table p add primary key (a)', 150_000)).toContain('public.p1: SHARE');
    expect(at('alter table n add primary key (a)', 150_000)).toContain('public.n1: ACCESS EXCLUSIVE');
    expect(at('alter table i add foreign key (a) references r', 180_000)).toContain('public.j: SHARE ROW EXCLUSIVE');
    expect(at('alter table i add foreign key (a) references r', 150_000)).toHaveLength(2);
    expect(at('analyze i', 180_000)).toHaveLength(2);
    expect(at('analyze i', 150_000)).toHaveLength(1);
    expect(at('analyze p', 150_000)).toHaveLength(2);
  });

  it('locks what a body in SQL writes when the routine is made, and nothing for one in PL/pgSQL', () => {
    const catalog = catalogOf('create table t (a int); create schema s; create table s.t (a int)');
    const at = (text: string) => locks(effects(text, { catalog }));
    expect(
      at("create function f() returns void language sql as 'insert into t values (1); select a from s.t'"),
    ).toEqual(['public.t: ROW EXCLUSIVE']);
    expect(at('create procedure f() language sql begin atomic update s.t set a = 1; end')).toEqual([
      's.t: ROW EXCLUSIVE',
    ]);
    expect(at("create function f() returns void language plpgsql as 'begin delete from t; end'")).toEqual([]);
    expect(at('create rule r as on delete to t do instead update s.t set a = 0')).toEqual([
      'public.t: ACCESS EXCLUSIVE',
      's.t: ROW EXCLUSIVE',
    ]);
  });

  it('does not know what a routine does that somebody wrote, unless it cannot change anything', () => {
    const catalog = catalogOf(`create function make() returns void language plpgsql as 'begin drop table t; end';
      create function twice(int) returns int language sql immutable as 'select $1 * 2'`);
    const at = (text: string) => effects(text, { catalog }).unsure;
    expect(at('select make()')).toEqual(['what make() does is only known when it runs']);
    expect(at('select twice(2), now()')).toEqual([]);
    expect(at("create function f() returns void language sql as 'select make()'")).toEqual([]);
  });

  it('locks a referenced table in full where an attached partition has the foreign key already', () => {
    const catalog = catalogOf(`create table r (id int primary key);
      create table p (a int, r_id int references r) partition by range (a);
      create table with_key (a int, r_id int references r); create table without (a int, r_id int)`);
    const at = (table: string) =>
      locks(effects(`alter table p attach partition ${table} for values from (1) to (2)`, { catalog }));
    expect(at('with_key')).toContain('public.r: ACCESS EXCLUSIVE');
    expect(at('without')).toContain('public.r: SHARE ROW EXCLUSIVE');
  });

  it('keeps the bytes of timestamps since 12, and only in UTC', () => {
    const catalog = {
      ...catalogOf('create table t (a timestamp)'),
      server: { ...emptyCatalog.server, timeZone: 'Etc/UTC' },
    };
    const text = 'alter table t alter column a type timestamptz';
    expect(effects(text, { catalog, serverVersion: 120_000 }).rewrites).toEqual([]);
    expect(effects(text, { catalog, serverVersion: 120_000, timeZone: 'Europe/Paris' }).rewrites).toEqual(['public.t']);
    expect(effects(text, { catalog, serverVersion: 110_000 }).rewrites).toEqual(['public.t']);
  });
});

describe('effectsOf what runs concurrently, which one session cannot observe', () => {
  const catalog = catalogOf(`
    create table t (a int); create index i on t (a);
    create table p (a int) partition by range (a);
    create table p1 partition of p for values from (1) to (2);
    create table pd partition of p default`);

  it.each([
    ['create index concurrently j on t (a)', ['public.t: SHARE UPDATE EXCLUSIVE'], ['public.t']],
    ['drop index concurrently i', ['public.t: SHARE UPDATE EXCLUSIVE'], []],
    ['reindex index concurrently i', ['public.t: SHARE UPDATE EXCLUSIVE'], ['public.t']],
    [
      'alter table p detach partition p1 concurrently',
      ['public.p: SHARE UPDATE EXCLUSIVE', 'public.p1: ACCESS EXCLUSIVE'],
      [],
    ],
    ['vacuum t', ['public.t: SHARE UPDATE EXCLUSIVE'], ['public.t']],
  ])('%s', (text, expected, scans) => {
    const found = effects(text, { catalog });
    expect(locks(found)).toEqual(expected);
    expect(found.scans).toEqual(scans);
  });

  it('rewrites everything for VACUUM FULL', () => {
    expect(effects('vacuum full t', { catalog })).toMatchObject({ rewrites: ['public.t'], transaction: 'forbidden' });
  });
});
