import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, parsePlpgsql, parseScript, type Script } from './parser.ts';

beforeAll(loadParser);

function scriptOf(text: string): Script {
  const result = parseScript(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const textsOf = (text: string) => scriptOf(text).statements.map((statement) => statement.text);
const kindsOf = (text: string) => scriptOf(text).statements.map((statement) => statement.kind);

describe('parseScript', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t'],
    ['only comments', '-- a\n/* b /* nested */ */'],
    ['only semicolons', ';; ;'],
  ])('reads %s as an empty script', (_name, text) => {
    expect(textsOf(text)).toEqual([]);
  });

  it('leaves out surrounding comments, white space and semicolons', () => {
    expect(textsOf('\n-- first\nselect 1 /* why */ ;\n;/* x */ select 2 -- tail')).toEqual(['select 1', 'select 2']);
  });

  it('keeps comments inside a statement and quotes that look like comments', () => {
    expect(textsOf("select 1 -- one\n + 2; select '-- no', '/*'")).toEqual([
      'select 1 -- one\n + 2',
      "select '-- no', '/*'",
    ]);
    expect(textsOf('select $a$ -- ; $a$ -- end')).toEqual(['select $a$ -- ; $a$']);
  });

  it('counts positions in UTF-16 units after characters of 2, 3 and 4 bytes', () => {
    const text = "-- é漢😀\nselect 'é'; select '漢' ;\n  select '😀'\n;select 4";
    const script = scriptOf(text);
    for (const statement of script.statements) {
      expect(text.slice(statement.start, statement.end)).toBe(statement.text);
    }
    expect(script.statements.map(({ text: sql, line, column }) => [sql, line, column])).toEqual([
      ["select 'é'", 2, 1],
      ["select '漢'", 2, 13],
      ["select '😀'", 3, 3],
      ['select 4', 4, 2],
    ]);
  });

  it('keeps a function body with semicolons in one statement', () => {
    expect(
      textsOf('create function f() returns int begin atomic select 1; select 2; end; select 3').map((sql) =>
        sql.slice(0, 15),
      ),
    ).toEqual(['create function', 'select 3']);
  });

  it('reports a syntax error in the words and at the place of PostgreSQL', () => {
    expect(parseScript('select 1;\n-- 😀\ncreate é funcion f()')).toEqual({
      ok: false,
      error: { message: 'syntax error at or near "é"', position: 23, line: 3, column: 8 },
    });
    expect(parseScript('create table')).toMatchObject({
      error: { message: 'syntax error at end of input', position: 12, line: 1, column: 13 },
    });
    expect(parseScript("select 'abc")).toMatchObject({ error: { position: 7 } });
  });

  it('says that a psql command is not SQL', () => {
    expect(parseScript('select 1;\n  \\connect other\nselect 2')).toMatchObject({
      error: { message: expect.stringContaining('"\\connect" is a command of psql'), line: 2, column: 3 },
    });
  });

  it('refuses a NUL, which would hide the rest of the text', () => {
    expect(parseScript('select 1;\0 drop table users')).toMatchObject({ ok: false, error: { position: 9 } });
  });

  it('refuses bottomless nesting instead of failing', () => {
    expect(parseScript(`select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`).ok).toBe(false);
    expect(parseScript(`select ${'1+'.repeat(20_000)}1`).ok).toBe(false);
    expect(textsOf('select 1')).toEqual(['select 1']);
  });

  it('names statements by what they do', () => {
    expect(
      kindsOf(`alter table a add b int, drop column c; create index on a (b); drop table a; update a set b = 1;
        begin; rollback to x; savepoint x; commit; set local lock_timeout = 1; reset all; alter table a rename to b;
        alter table a rename column b to c; alter index i rename to j; alter index i attach partition j;
        drop materialized view m; alter type t add value 'x'; alter domain d set not null; vacuum full a; analyze a;
        create table a as select 1; create materialized view m as select 1; alter table a set schema s;
        alter view v rename column a to b; alter table a rename constraint b to c; do $$begin end$$; grant select on a to b`),
    ).toEqual([
      'AlterTable.AddColumn+DropColumn',
      'CreateIndex',
      'DropTable',
      'Update',
      'Transaction.Begin',
      'Transaction.RollbackTo',
      'Transaction.Savepoint',
      'Transaction.Commit',
      'SetLocal',
      'Reset',
      'AlterTable.Rename',
      'AlterTable.RenameColumn',
      'AlterIndex.Rename',
      'AlterIndex.AttachPartition',
      'DropMaterializedView',
      'AlterEnum.AddValue',
      'AlterDomain.SetNotNull',
      'Vacuum',
      'Analyze',
      'CreateTableAs',
      'CreateMaterializedView',
      'AlterTable.SetSchema',
      'AlterView.RenameColumn',
      'AlterTable.RenameConstraint',
      'Do',
      'Grant',
    ]);
  });

  it('never throws on damaged SQL and keeps every position inside the text', () => {
    const pieces = [
      'select',
      ' ',
      '\n',
      ';',
      '(',
      ')',
      "'",
      '"',
      '--',
      '/*',
      '*/',
      '$$',
      '$a$',
      'é',
      '😀',
      '漢',
      'create table a (b int)',
      'alter table a add column b int',
      ',',
      "E'\\",
      'begin',
      '\\d',
      '1',
      '.',
      '\ud800',
      "U&'",
      '::',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        const result = parseScript(text);
        if (!result.ok) {
          expect(result.error.position).toBeGreaterThanOrEqual(0);
          expect(result.error.position).toBeLessThanOrEqual(text.length);
          return;
        }
        let last = 0;
        for (const statement of result.value.statements) {
          expect(statement.start).toBeGreaterThanOrEqual(last);
          expect(statement.end).toBeGreaterThan(statement.start);
          expect(statement.end).toBeLessThanOrEqual(text.length);
          expect(statement.text).toBe(text.slice(statement.start, statement.end));
          last = statement.end;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('parsePlpgsql', () => {
  const body = "'begin null; end'";

  it.each([
    ['a routine', `create function f() returns void as ${body} language plpgsql`],
    ['a body behind a comment', `create function f() returns void language plpgsql AS /* it */ ${body}`],
    ['a block', `do ${body}`],
  ])('reads %s', (_name, definition) => {
    expect(parsePlpgsql(definition)).toHaveProperty('plpgsql_funcs.0.PLpgSQL_function');
  });

  it.each([
    ['without a body', 'create function f() returns int language plpgsql'],
    ['with a body in SQL', 'create function f() returns int language plpgsql begin atomic select 1 as a; end'],
    ['with a damaged body', "create function f() returns int as 'begin' language plpgsql"],
  ])('gives nothing of a routine %s, and still reads the next', (_name, definition) => {
    expect(parsePlpgsql(definition)).toBeNull();
    expect(parsePlpgsql(`do ${body}`)).not.toBeNull();
  });
});

describe('parseScript of a text that was another before', () => {
  const first = "create table a (n int); -- one\nselect 'é', 2; update a set n = 1;\nselect 3";
  const changes = [
    `-- in front\n${first}`,
    `${first}; select 4`,
    first.replace('select 3', ''),
    first.replace('update', '-- update'),
    first.replace('update', '/* update'),
    first.replace("'é'", "'é"),
    first.replace("'é'", "'😀é', $$;$$"),
    first.replace('select', 'create function f() returns int begin atomic select'),
    first.replace(' -- one', ';; ; -- one'),
    first.replaceAll(';', ''),
    first.replace(' update', 'select 3; update'),
  ];

  it.each(changes)('gives what it gives anew: %s', (text) => {
    const places = (result: ReturnType<typeof parseScript>) =>
      result.ok
        ? result.value.statements.map(({ node: _node, byteStart: _byteStart, ...place }) => place)
        : result.error;
    expect(places(parseScript(text, scriptOf(first)))).toEqual(places(parseScript(text)));
  });

  it('keeps the trees of statements that only move', () => {
    const earlier = scriptOf(first);
    const moved = parseScript(`-- in front\n${first}`, earlier);
    const trees = moved.ok ? moved.value.statements.map(({ node }) => node) : [];
    expect(trees).toHaveLength(4);
    for (const [index, tree] of trees.entries()) expect(tree).toBe(earlier.statements[index]?.node);
  });
});
