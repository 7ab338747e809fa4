import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOnlyObjection } from './read-only-guard.ts';

const queries = resolve(import.meta.dirname, '../../engine/introspect/postgresql/objects');

describe('the guard of a read-only session', () => {
  it.each(readdirSync(queries).filter((name) => name.endsWith('.sql')))('lets the query in %s pass', (name) => {
    expect(readOnlyObjection(readFileSync(resolve(queries, name), 'utf8'))).toBeNull();
  });

  it.each([
    'select 1',
    '/* a comment; */ select $1 -- ; more\n;',
    'select \'delete; drop\' as "nextval"',
    'with a as (select 1) select * from a',
    'begin transaction isolation level repeatable read read only',
    'start transaction read only',
    'savepoint a',
    'rollback to savepoint a',
    'explain (costs off) select 1',
  ])('lets %s pass', (text) => expect(readOnlyObjection(text)).toBeNull());

  it.each([
    '',
    '-- nothing',
    'select 1; select 2',
    'insert into a values (1)',
    'SET default_transaction_read_only = off',
    'begin',
    'begin read write',
    'explain analyze select 1',
    'copy a to stdout',
    'select nextval($1)',
    'select pg_catalog . "setval" (1, 2)',
    "select dblink('', '')",
    "select set_config('default_transaction_read_only', 'off', true)",
    "select set_config('search_path', '', false)",
    "select set_config('transaction_' || 'read_only', 'off', true)",
    "select set_config('role', 'postgres', true)",
    `select u&"\\006eextval"('a')`,
  ])('refuses %s', (text) => expect(readOnlyObjection(text)).not.toBeNull());
});
