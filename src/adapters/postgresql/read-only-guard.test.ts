import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../engine/sql/parser.ts';
import { readOnlyVerdict } from './read-only-guard.ts';

const folder = resolve(import.meta.dirname, '../../engine/introspect/postgresql/objects');
const queries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'));

describe('the guard of a read-only session', () => {
  beforeAll(() => loadParser());

  it.each(queries)('lets the query in %s pass', (name) => {
    expect(readOnlyVerdict(readFileSync(resolve(folder, name), 'utf8'))).toEqual({ kind: 'reads' });
  });

  it.each([
    'select 1',
    '/* a comment; */ select $1 -- ; more\n;',
    'select \'delete; drop\' as "nextval", $$insert; commit$$',
    'with a as (select 1) select * from a',
    'select * from a join lateral (select count(*) from b) c on true union values (1)',
    'table pg_catalog.pg_class',
    'show server_version',
    'savepoint a',
    'release a',
    'rollback to savepoint a',
    'explain (costs off) select 1',
    "select set_config('search_path', $1, true)",
    "select set_config('lock_timeout', '250', true)",
    "select set_config('standard_conforming_strings', 'on', true)",
  ])('lets %s pass', (text) => expect(readOnlyVerdict(text)).toEqual({ kind: 'reads' }));

  it.each([
    ['/* first */ begin transaction isolation level repeatable read read only', 'opens transaction'],
    ['start transaction read only, deferrable', 'opens transaction'],
    ['-- done\nrollback', 'closes transaction'],
    ['commit work', 'closes transaction'],
  ])('knows what %s does to the transaction', (text, kind) => expect(readOnlyVerdict(text)).toEqual({ kind }));

  it.each([
    ['', 'it is empty'],
    ['-- nothing', 'it is empty'],
    ['selec 1', 'it is not SQL: syntax error at or near "selec"'],
    ['select 1; select 2', 'it holds more than one statement'],
    ['begin', 'a transaction of this session must be read only'],
    ['begin read only, read write', 'a transaction of this session must be read only'],
    ['commit and chain', 'AND CHAIN opens another transaction'],
    ["prepare transaction 'a'", 'a prepared transaction outlives its session'],
    ['select 1 into a', 'SELECT INTO makes a table'],
    ['select (select 1 from a for share)', 'it locks rows'],
    ['with gone as (delete from a returning *) select 1', 'DELETE does more than read'],
    ['explain insert into a values (1)', 'INSERT does more than read'],
    ['create temp table a ()', 'CREATE does more than read'],
    ['select nextval($1)', 'nextval() is not known to only read'],
    ['select a.count(1)', 'a.count() is not a function of the server'],
    ['select 1 operator(a.+) 1', 'OPERATOR(a.+) is not an operator of the server'],
    ["select set_config('search_path', '', false)", 'set_config() may only change settings until the transaction ends'],
    ["select set_config('role', 'postgres', true)", 'set_config() may only change harmless settings'],
    ["select set_config('statement_timeout', '0', true)", 'set_config() may only change harmless settings'],
    ["select set_config('standard_conforming_strings', 'off', true)", 'set_config() may only change harmless settings'],
  ])('refuses “%s” and says why', (text, why) => expect(readOnlyVerdict(text)).toEqual({ kind: 'refused', why }));
});
