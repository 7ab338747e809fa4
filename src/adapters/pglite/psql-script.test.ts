import { describe, expect, it } from 'vitest';
import { splitPsqlScript } from './psql-script.ts';

const statements = (script: string) => splitPsqlScript(script).map((part) => ('text' in part ? part.text : part.copy));

describe('splitting a psql script', () => {
  it('cuts at semicolons and says where each statement begins', () => {
    expect(splitPsqlScript('-- first\ncreate table a (b int);\n\n  select 1\n;;\nselect 2')).toEqual([
      { kind: 'statement', text: 'create table a (b int)', line: 2 },
      { kind: 'statement', text: 'select 1', line: 4 },
      { kind: 'statement', text: 'select 2', line: 6 },
    ]);
  });

  it.each([
    ["select 'a;b'"],
    ["select 'it''s;'"],
    ["select E'it\\';'"],
    ['select 1 as ";"'],
    ['select $$;$$'],
    ['select $tag$ $$ ; $tag$'],
    ['select 1 /* ; /* ; */ ; */ + 1'],
    ['select 1 -- ;\n + 1'],
    ['create rule r as on insert to t do (select 1; select 2)'],
    ['create function f() returns int begin atomic select case when true then 1 else 2 end; select 2; end'],
    ["create function f() returns text language sql return 'begin;'"],
  ])('keeps %s whole', (statement) => {
    expect(statements(`${statement};select 2`)).toEqual([statement, 'select 2']);
  });

  it('does not take a transaction for a routine body', () => {
    expect(statements('begin; select 1; end;')).toEqual(['begin', 'select 1', 'end']);
  });

  it('counts the rows of COPY and leaves them out', () => {
    const script = 'COPY public.t (a, b) FROM stdin;\n1\tx;\n2\t\\N\n\\.\n\nselect 1;';
    expect(splitPsqlScript(script)).toEqual([
      { kind: 'rows', copy: 'COPY public.t (a, b) FROM stdin', count: 2, line: 1 },
      { kind: 'statement', text: 'select 1', line: 6 },
    ]);
  });

  it('finds backslash commands', () => {
    expect(splitPsqlScript('\ufeff\\restrict abc\n\\connect shop\nselect 1')).toEqual([
      { kind: 'command', text: '\\restrict abc', line: 1 },
      { kind: 'command', text: '\\connect shop', line: 2 },
      { kind: 'statement', text: 'select 1', line: 3 },
    ]);
  });
});
