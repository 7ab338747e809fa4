import { beforeAll, expect, it } from 'vitest';
import { type ChainLink, shadowChain } from '../../../src/engine/shadow/shadow-chain.ts';
import { clock, testShadows } from './shadows.ts';

type Pair = {
  readonly name: string;
  readonly before: string;
  readonly up: string;
  readonly down: string;
  /** Whether `pg_dump` of PostgreSQL 15 says the same before up and after down. */
  readonly restored: boolean;
};

/** Each in a schema of its own, `S` here. */
const PAIRS: readonly Pair[] = [
  {
    name: 'a primary key that leaves NOT NULL behind',
    before: 'create table S.t (id int)',
    up: 'alter table S.t add primary key (id)',
    down: 'alter table S.t drop constraint t_pkey',
    restored: false,
  },
  {
    name: 'NOT NULL dropped, if it is there, by the name that 18 gives it',
    before: 'create table S.t (x int)',
    up: 'alter table S.t alter x set not null',
    down: 'alter table S.t drop constraint if exists t_x_not_null',
    restored: false,
  },
  {
    name: 'NOT NULL renamed there and back',
    before: 'create table S.t (x int not null)',
    up: 'alter table S.t add y int',
    down: 'alter table S.t rename constraint t_x_not_null to z; alter table S.t rename constraint z to t_x_not_null; alter table S.t drop y',
    restored: false,
  },
  {
    name: 'a check that has the name that 18 gives to the NOT NULL beside it',
    before: 'create table S.t (x int not null)',
    up: 'alter table S.t add constraint t_x_not_null check (x is not null)',
    down: 'alter table S.t drop constraint t_x_not_null',
    restored: true,
  },
  {
    name: 'a named NOT NULL that comes back without its name',
    before: 'create table S.t (x int constraint given not null)',
    up: 'alter table S.t alter x drop not null',
    down: 'alter table S.t alter x set not null',
    restored: true,
  },
  {
    name: 'all privileges granted and each revoked that 15 has',
    before: 'create role app_S; create table S.t (x int)',
    up: 'grant all on S.t to app_S; alter default privileges in schema S grant all on tables to app_S',
    down: `revoke select, insert, update, delete, truncate, references, trigger on S.t from app_S;
      alter default privileges in schema S
        revoke select, insert, update, delete, truncate, references, trigger on tables from app_S`,
    restored: true,
  },
  {
    name: 'NOT NULL of a table that was renamed, which does not come back',
    before: 'create table S.was (x int not null); alter table S.was rename to t',
    up: 'alter table S.t alter x drop not null',
    down: 'select 1',
    restored: false,
  },
  {
    name: 'an owner that is not given back',
    before: 'create role app_S; create table S.t (x int)',
    up: 'alter table S.t owner to app_S',
    down: 'select 1',
    restored: false,
  },
  {
    name: 'a view that holds the moment at which it was made',
    before: "create table S.t (x timestamp); create view S.v as select x from S.t where x < 'now'::timestamp",
    up: 'drop view S.v',
    down: "create view S.v as select x from S.t where x < 'now'::timestamp",
    restored: true,
  },
  {
    name: 'a moment that somebody wrote, and another one',
    before: "create view S.v as select timestamp '2020-01-01 10:00:00.5' as x",
    up: 'drop view S.v',
    down: "create view S.v as select timestamp '2020-01-01 10:00:00.6' as x",
    restored: false,
  },
  {
    name: 'a function of 18',
    before: 'create table S.t (id uuid default gen_random_uuid())',
    up: 'alter table S.t alter id drop default',
    down: 'alter table S.t alter id set default uuidv7(); alter table S.t alter id set default gen_random_uuid()',
    restored: false,
  },
  {
    name: 'a function that only has the name of one of 16',
    before:
      'create function S.array_shuffle(int[]) returns int[] language sql as $$ select $1 $$; create table S.t (a int[])',
    up: 'alter table S.t add b int',
    down: 'set search_path = S; update t set a = array_shuffle(a); alter table t drop b',
    restored: true,
  },
  {
    name: 'a block with a clause of 18 that it never comes to',
    before: 'create table S.t (a int)',
    up: 'alter table S.t add b int',
    down: 'do $$ begin if false then alter table S.t add constraint n not null a; end if; end $$; alter table S.t drop b',
    restored: false,
  },
];

let links: readonly ChainLink[];
beforeAll(async () => {
  const result = await shadowChain({
    catalog: null,
    databases: testShadows(),
    clock,
    serverVersion: 150_000,
    rows: 0,
    continueAfterFailure: true,
    migrations: PAIRS.flatMap(({ name, ...texts }, index) => {
      const own = (text: string): string => text.replaceAll(/\bS\b|(?<=app_)S\b/g, `s${index}`);
      return [
        { name: `before ${name}`, up: own(`create schema S; ${texts.before}`), down: '' },
        { name, up: own(texts.up), down: own(texts.down) },
      ];
    }),
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  links = result.value;
}, 300_000);

it.each(PAIRS)('judges on the newest engine as PostgreSQL 15 does: $name', ({ name, restored }) => {
  const link = links.find((one) => one.name === name);
  expect(link?.result.steps[1]).not.toHaveProperty('error');
  expect(links.find((one) => one.name === `before ${name}`)?.result.steps[1]).not.toHaveProperty('error');
  expect(link?.result.restored, JSON.stringify(link?.result.differences)).toBe(restored);
  if (!restored) expect(link?.result.computedDown).toMatchObject({ restored: true });
});
