import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { statementReportSchema } from '../validate/report.ts';
import { emptyCatalog } from './empty-catalog.ts';
import { loadParser, parseScript } from './parser.ts';
import { simulate } from './simulate.ts';
import { statementDetails, statementReports } from './statement-report.ts';
import type { TransactionMode } from './transactions.ts';

// The cases below are made while the file is read, before any hook runs.
await loadParser();

function scriptOf(text: string) {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  return script.value;
}

const catalogOf = (text: string): Catalog =>
  scriptOf(text).statements.reduce((catalog, statement) => simulate(catalog, statement).catalog, emptyCatalog);

type Options = { down?: string; catalog?: Catalog; facts?: Facts; transaction?: TransactionMode };

const inputOf = (up: string, options: Options = {}) => ({
  up: scriptOf(up),
  down: options.down === undefined ? null : scriptOf(options.down),
  catalog: options.catalog ?? null,
  facts: options.facts ?? null,
  serverVersion: 180_000,
  transaction: options.transaction ?? ('auto' as const),
});

const reports = (up: string, options: Options = {}) => statementReports(inputOf(up, options));
const details = (up: string, options: Options = {}) => statementDetails(inputOf(up, options));

const facts = (rows: number, bytes: number, name = 't'): Facts => ({
  capturedAt: '2026-03-18T12:00:00Z',
  tables: [{ schema: 'public', name, rows, bytes, columns: [] }],
  indexes: [],
});

describe('statementReports', () => {
  it('follows the contract', () => {
    const [report] = reports('-- why\n  alter table t add column a int;');
    expect(statementReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      direction: 'up',
      index: 0,
      text: 'alter table t add column a int',
      line: 2,
      column: 3,
      kind: 'AlterTable.AddColumn',
      objects: [{ schema: 'public', name: 't' }],
      dataLoss: 'none',
      reversible: 'exact',
    });
  });

  it('sees what earlier statements made, without a catalog too', () => {
    const found = reports(`
      create table t (id int primary key, a int);
      create index i on t (a);
      alter table t rename to u;
      drop index i;
      alter table u alter column a type bigint`);
    expect(found[3]?.effects.locks.map((lock) => lock.relation)).toEqual(['public.u']);
    expect(found[4]?.estimate).toEqual({ duration: 'none', basis: 'public.u: created in this migration' });
  });

  it('starts the down where the up ended', () => {
    const found = reports('alter table t rename column a to b', {
      down: 'alter table t alter column b set not null',
      catalog: catalogOf('create table t (a int not null)'),
    });
    expect(found[1]).toMatchObject({ direction: 'down', index: 0, effects: { scans: [] } });
  });

  it('follows the search path that the script sets', () => {
    const found = reports('set search_path to app; create table t (id int); truncate t');
    expect(found[2]?.objects).toEqual([{ schema: 'app', name: 't' }]);
  });

  it('takes the time zone that the script sets', () => {
    const base = catalogOf('create table t (a timestamp)');
    const catalog = { ...base, server: { ...base.server, timeZone: 'UTC' } };
    const found = reports(
      "alter table t alter a type timestamptz; set timezone to 'Europe/Paris'; alter table t alter a type timestamp",
      { catalog },
    );
    expect(found.map((report) => report.effects.rewrites)).toEqual([[], [], ['public.t']]);
  });

  it('says which locks are still held', () => {
    const found = details('begin; alter table t add a int; update t set a = 1; commit; select 1');
    expect(found[2]?.held).toEqual([{ relation: 'public.t', mode: 'ACCESS EXCLUSIVE', since: 1 }]);
    expect(found[4]?.held).toEqual([]);
  });
});

describe('the estimate', () => {
  it.each([
    [1_000, 100_000, '<1s'],
    [10_000_000, 1024 ** 3, 'minutes'],
    [212_000_000, 48 * 1024 ** 3, 'minutes'],
    [2_000_000_000, 400 * 1024 ** 3, 'hours'],
  ] as const)('for a rewrite of %d rows and %d bytes is %s', (rows, bytes, duration) => {
    const catalog = catalogOf('create table t (a int)');
    const [report] = reports('alter table t alter a type bigint', { catalog, facts: facts(rows, bytes) });
    expect(report?.estimate.duration).toBe(duration);
  });

  it('states its basis', () => {
    const [report] = reports('create index on t (a)', { facts: facts(212_000_000, 48 * 1024 ** 3) });
    expect(report?.estimate.basis).toBe(
      'public.t: 212,000,000 rows, 48 GB, facts of 2026-03-18, read and sorted into an index at 500,000 rows or 100 MB per second (assumed)',
    );
  });

  it('assumes ten million rows without facts, and says so', () => {
    const [report] = reports('create index on t (a)');
    expect(report?.estimate).toMatchObject({
      duration: 'seconds',
      basis: expect.stringContaining('no facts: 10,000,000 rows'),
    });
    const [other] = reports('create index on t (a)', { facts: facts(1, 1, 'another') });
    expect(other?.estimate.basis).toContain('no facts');
  });

  it('is none for what reads no row', () => {
    expect(reports('alter table t add column a int')[0]?.estimate.duration).toBe('none');
    expect(reports('create table t as select 1; create index on t (a)')[1]?.estimate.duration).toBe('none');
  });

  it('counts an update of every row as writing', () => {
    expect(reports('update t set a = 1')[0]?.estimate.duration).toBe('minutes');
  });

  it('does not pretend to know a DO block', () => {
    expect(reports('do $$ begin end $$')[0]?.estimate.basis).toContain('not known');
  });
});

describe('data loss and the way back', () => {
  const catalog = catalogOf(`
    create table t (a int, b bigint, c text, d varchar(10), e numeric(10,2), f char(5), g timestamptz);
    create type mood as enum ('x')`);

  it.each([
    ['alter table t drop column a', 'certain', 'structure-only'],
    ['alter table t drop column a, add column z int', 'certain', 'structure-only'],
    ['drop table t', 'certain', 'structure-only'],
    ['truncate t', 'certain', 'none'],
    ['delete from t', 'certain', 'none'],
    ['update t set a = 1', 'possible', 'none'],
    ['insert into t values (1)', 'none', 'exact'],
    ['insert into t values (1) on conflict do nothing', 'none', 'exact'],
    ['insert into t values (1) on conflict (a) do update set a = 2', 'possible', 'none'],
    ['alter table t alter a type bigint', 'none', 'exact'],
    ['alter table t alter a type numeric', 'none', 'exact'],
    ['alter table t alter b type int', 'possible', 'structure-only'],
    ['alter table t alter c type varchar(5)', 'possible', 'structure-only'],
    ['alter table t alter d type varchar(20)', 'none', 'exact'],
    ['alter table t alter d type varchar(5)', 'possible', 'structure-only'],
    ['alter table t alter e type numeric(12,4)', 'none', 'exact'],
    ['alter table t alter e type numeric(12,1)', 'possible', 'structure-only'],
    ['alter table t alter f type text', 'possible', 'structure-only'],
    ['alter table t alter g type timestamp', 'none', 'exact'],
    ['alter table t alter a type bigint using a * 2', 'possible', 'structure-only'],
    ["alter type mood add value 'y'", 'none', 'none'],
    ["alter type mood rename value 'x' to 'y'", 'none', 'exact'],
    ['drop schema s cascade', 'certain', 'structure-only'],
    ['drop index i', 'none', 'exact'],
    ['drop view v', 'none', 'exact'],
    ['create index on t (a)', 'none', 'exact'],
    ['alter table t set unlogged', 'possible', 'exact'],
  ])('%s: %s, %s', (text, dataLoss, reversible) => {
    expect(reports(text, { catalog })[0]).toMatchObject({ dataLoss, reversible });
  });

  it('fears for the values when the old type is not known', () => {
    expect(reports('alter table t alter a type bigint')[0]?.dataLoss).toBe('possible');
  });
});

describe('the objects of a statement', () => {
  it.each([
    ['alter table app."T" add foreign key (a) references other (b)', ['app.T', 'public.other']],
    ['drop table a, b.c', ['public.a', 'b.c']],
    ['drop trigger x on s.t', ['s.t']],
    ['comment on column s.t.c is $$x$$', ['s.t']],
    ['create view v as select * from a join b using (id)', ['public.v', 'public.a', 'public.b']],
    ['with c as (select * from a) insert into b select * from c', ['public.a', 'public.b']],
    ['with c as (select 1) select * from s.c', ['s.c']],
    ["alter type app.mood add value 'x'", ['app.mood']],
    ['create function app.f() returns int language sql as $$ select 1 $$', ['app.f']],
    ['create table p1 partition of p for values in (1)', ['public.p1', 'public.p']],
    ['truncate a, b', ['public.a', 'public.b']],
    ['alter index i rename to j', ['public.i']],
    ['begin', []],
    ['set lock_timeout = 1', []],
  ])('%s', (text, expected) => {
    const found = reports(text)[0]?.objects.map(({ schema, name }) => `${schema}.${name}`);
    expect([...(found ?? [])].sort()).toEqual([...expected].sort());
  });
});

describe('any statements at all', () => {
  const pieces = [
    'create table t (id int primary key, a int references u, b serial, check (a > 0), exclude using gist (a with =))',
    'create table u (like t including all)',
    'create table p (k int) partition by range (k)',
    'create table p1 partition of p for values from (1) to (2)',
    'alter table p detach partition p1',
    'alter table p attach partition p1 default',
    'alter table t add column c text default x(), drop column a cascade',
    'alter table t alter column b type bigint using b::int',
    'alter table t rename to "T T"',
    'alter table "T T" rename to t',
    'alter table t rename column b to c',
    'alter table t set schema s',
    'create schema s',
    'drop schema s cascade',
    'create index on t (a, lower(c)) where c is not null',
    'drop index t_a_lower_idx',
    'create view v as select * from t',
    'create or replace view v as select * from w',
    'create or replace view w as select * from v',
    'drop view v cascade',
    'create materialized view m as select a as x, count(*) from v group by a',
    'drop table t cascade',
    'drop table if exists u, p',
    'alter table t add constraint k unique using index i',
    'alter table t inherit u',
    'alter table u inherit t',
    'truncate t cascade',
    "create type mood as enum ('a')",
    "alter type mood add value 'b' before 'z'",
    'create domain d as mood check (value is not null)',
    'alter domain d set not null',
    'create function f() returns int language sql as $$ select f() $$',
    'drop function f cascade',
    'begin',
    'commit',
    'set local search_path to s, public',
    'lock table v',
    'reindex table t',
    'refresh materialized view m',
    'vacuum full',
    'cluster',
    'do $$ begin end $$',
    'insert into t select * from v',
    'delete from p',
  ];

  it('never fail and always give a report each', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 16 }), fc.boolean(), (statements, partial) => {
        const input = inputOf(statements.join(';\n'), partial ? {} : { catalog: emptyCatalog });
        const found = statementReports({ ...input, down: input.up });
        expect(found).toHaveLength(statements.length * 2);
        for (const report of found) statementReportSchema.parse(report);
      }),
      { numRuns: 300 },
    );
  });
});
