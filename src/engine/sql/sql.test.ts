import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser, parseScript } from './parser.ts';
import { quoteIdentifier } from './quote-identifier.ts';
import { identifier, joinSql, literal, qualified, rendered, sql, toText } from './sql.ts';

beforeAll(loadParser);

const awkward = [
  'select',
  'Users',
  'a b',
  'a"b',
  'a.b',
  '1a',
  'é',
  '😀',
  "o'clock",
  'a$b',
  '-- x',
  ';',
  'user',
  'order',
  'x\ny',
];

describe('sql', () => {
  it('does not take a plain string in a hole', () => {
    // @ts-expect-error: a plain string might be anything
    sql`select ${'1; drop table users'}`;
    expect(toText(sql`select ${literal('x')}`)).toBe("select 'x'");
  });

  it.each(awkward)('writes the name %j so that PostgreSQL reads it back', (name) => {
    const text = toText(sql`alter table ${qualified({ schema: name, name })} drop column ${identifier(name)}`);
    const script = parseScript(text);
    expect(script).toMatchObject({
      ok: true,
      value: {
        statements: [
          {
            node: {
              AlterTableStmt: { relation: { schemaname: name, relname: name }, cmds: [{ AlterTableCmd: { name } }] },
            },
          },
        ],
      },
    });
  });

  it('quotes a name only when it must', () => {
    expect(['users', '_x9', 'name', 'abort'].map(quoteIdentifier)).toEqual(['users', '_x9', 'name', 'abort']);
    expect(quoteIdentifier('Users')).toBe('"Users"');
    expect(quoteIdentifier('between')).toBe('"between"');
    expect(() => quoteIdentifier('')).toThrow();
    expect(() => quoteIdentifier('a\0b')).toThrow();
  });

  it.each([...awkward, '', '\\', "\\'; drop table users; --", "E'\\"])(
    'writes the text %j as one constant',
    (value) => {
      const script = parseScript(toText(sql`select ${literal(value)}`));
      expect(script).toMatchObject({
        ok: true,
        value: {
          statements: [{ node: { SelectStmt: { targetList: [{ ResTarget: { val: { A_Const: { sval: {} } } } }] } } }],
        },
      });
      expect(JSON.stringify(script)).toContain(`"sval":{"sval":${JSON.stringify(value)}}`);
    },
  );

  it('keeps a negative number from becoming a comment', () => {
    expect(toText(sql`select 1 -${literal(-5)}`)).toBe('select 1 - -5');
    expect(() => literal(Number.NaN)).toThrow();
  });

  it('writes numbers, booleans and null', () => {
    expect(toText(joinSql([literal(1.5), literal(12n), literal(true), literal(null)]))).toBe('1.5, 12, TRUE, NULL');
  });

  it.each(["'a'::text", 'numeric(10,2)', '"a;b"', "nextval('s'::regclass)", 'CHECK ((a > 0) AND (b[1] = 2))', "'--'"])(
    'takes the fragment %j of PostgreSQL as it is',
    (fragment) => {
      expect(toText(rendered(fragment))).toBe(fragment);
    },
  );

  it.each(['1; drop table users', "'open", '"open', '(1', '1)', '1 -- rest', '/* x', '$$ open'])(
    'refuses %j',
    (fragment) => {
      expect(() => rendered(fragment)).toThrow();
    },
  );
});
