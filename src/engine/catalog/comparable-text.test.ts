import { describe, expect, it } from 'vitest';
import {
  comparableBody,
  comparableExpression,
  comparableQuery,
  comparableRoutine,
  comparableView,
} from './comparable-text.ts';

describe('an expression for comparing', () => {
  it('casts the members of a list instead of the list', () => {
    const old = "CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[])))";
    const now =
      "CHECK (((kind)::text = ANY (ARRAY[('a'::character varying)::text, ('it''s'::character varying)::text])))";
    expect(comparableExpression(old)).toBe(now);
    expect(comparableExpression(now)).toBe(now);
  });

  it.each([
    ['(ARRAY[0.1, 0.9])::double precision[]', 'ARRAY[(0.1)::double precision, (0.9)::double precision]'],
    [
      '(ARRAY[lower(a), b[1], (c)])::"Odd s"."my T"[]',
      'ARRAY[(lower(a))::"Odd s"."my T", (b[1])::"Odd s"."my T", ((c))::"Odd s"."my T"]',
    ],
    [
      '(ARRAY[ARRAY[1, 2], ARRAY[3, 4]])::numeric(3,1)[]',
      'ARRAY[ARRAY[(1)::numeric(3,1), (2)::numeric(3,1)], ARRAY[(3)::numeric(3,1), (4)::numeric(3,1)]]',
    ],
    ["f((ARRAY['x]'::text])::name[], (ARRAY[1])::bigint[])", "f(ARRAY[('x]'::text)::name], ARRAY[(1)::bigint])"],
  ])('casts the members of %s', (old, now) => {
    expect(comparableExpression(old)).toBe(now);
    expect(comparableExpression(now)).toBe(now);
  });

  it.each(['((ARRAY[a, b])[1])::text', '(ARRAY[1, 2])'])('leaves %s alone', (text) =>
    expect(comparableExpression(text)).toBe(text),
  );

  it('does not care from which version on a name is a keyword, and leaves strings alone', () => {
    expect(comparableExpression(`("json_scalar" || "values" || 'a "json" b')`)).toBe(
      `(json_scalar || "values" || 'a "json" b')`,
    );
  });
});

describe('a query for comparing', () => {
  it.each([
    ['SELECT NULL::unknown', 'unknown'],
    ['SELECT ((a + 1))::bigint', 'int8'],
    ["SELECT 'x'::character varying(3)", '"varchar"'],
    ['SELECT now()::timestamp(3) without time zone', '"timestamp"'],
    ["SELECT '1 day'::interval day to second(2)", '"interval"'],
    ["SELECT '{}'::integer[]", 'int4'],
    ['SELECT \'x\'::odd."my T""x"[]', '"my T""x"'],
    ['SELECT 0::numeric(10,2)', '"numeric"'],
  ])('loses the name that the server read into %s', (query, name) => {
    const rule = (select: string) =>
      `CREATE RULE r AS\n    ON INSERT TO public.v DO INSTEAD  INSERT INTO t (a)  ${select};`;
    expect(comparableQuery(rule(`${query} AS ${name}`))).toBe(rule(query));
    expect(comparableQuery(rule(query))).toBe(rule(query));
  });

  it.each(['SELECT 1::bigint AS int4', 'SELECT a::text AS b', 'SELECT b::app.text AS app'])(
    'keeps the name in %s',
    (query) => expect(comparableQuery(query)).toBe(query),
  );
});

describe('a query over XML for comparing', () => {
  it('does not care whether the default of XMLSERIALIZE is written out', () => {
    const query = (more: string) => ` SELECT XMLSERIALIZE(CONTENT x AS text${more}) AS s\n   FROM public.t;`;
    expect(comparableQuery(query(' NO INDENT'))).toBe(query(''));
    expect(comparableQuery(query(' INDENT'))).toBe(query(' INDENT'));
  });
});

describe('a routine for comparing', () => {
  const list = "(ARRAY['a'::character varying])::text[]";
  const members = "ARRAY[('a'::character varying)::text]";
  const header = (fallback: string) =>
    `CREATE OR REPLACE FUNCTION public.f(x text[] DEFAULT ${fallback})\n RETURNS text\n LANGUAGE sql\n`;

  it('has its defaults and a body that the server wrote as they are read back', () => {
    const body = (kind: string, name: string) =>
      `BEGIN ATOMIC\n SELECT t.a FROM t WHERE (t.a = ANY (${kind}))\n UNION\n  SELECT 1::text${name};\nEND\n`;
    expect(comparableRoutine({ definition: header(list) + body(list, ' AS text') })).toBe(
      header(members) + body(members, ''),
    );
  });

  it('has a body that people wrote as they wrote it', () => {
    const body = `AS $function$ select ${list}, 1::int AS int $function$\n`;
    expect(comparableRoutine({ definition: header(list) + body })).toBe(header(members) + body);
  });
});

describe("a view's query for comparing", () => {
  it.each([
    [
      'a table',
      ' SELECT t.id,\n    t.a\n   FROM public.t\n  WHERE (t.a > 1);',
      ' SELECT id,\n    a\n   FROM public.t\n  WHERE (a > 1);',
    ],
    ['an alias', ' SELECT x.id FROM public.t x ORDER BY x.id;', ' SELECT id FROM public.t x ORDER BY id;'],
    ['a quoted name', ' SELECT "from"."where" FROM "select"."from";', ' SELECT "where" FROM "select"."from";'],
    ['a subquery', ' SELECT q.a FROM ( SELECT t.a FROM public.t) q;', ' SELECT a FROM ( SELECT t.a FROM public.t) q;'],
    ['a function', ' SELECT g.n FROM generate_series(1, 3) g(n);', ' SELECT n FROM generate_series(1, 3) g(n);'],
    [
      'a sample',
      ' SELECT t.id,\n    (t.*)::text AS whole\n   FROM ONLY public.t TABLESAMPLE system (10);',
      ' SELECT id,\n    (*)::text AS whole\n   FROM ONLY public.t TABLESAMPLE system (10);',
    ],
    [
      'extract',
      ' SELECT EXTRACT(year FROM t.at) AS y FROM public.t;',
      ' SELECT EXTRACT(year FROM at) AS y FROM public.t;',
    ],
  ])('loses the prefix of %s', (_what, before, after) => {
    expect(comparableView(before)).toBe(after);
    expect(comparableView(after)).toBe(after);
  });

  it('does not care for names that the server gave to constants', () => {
    const first = ' SELECT q.a FROM ( SELECT x.a FROM public.x UNION ALL SELECT NULL::integer AS int4) q;';
    const second = ' SELECT a FROM ( SELECT x.a FROM public.x UNION ALL SELECT NULL::integer) q;';
    expect(comparableView(first)).toBe(comparableView(second));
  });

  it.each([
    ['two relations', ' SELECT a.id FROM public.a, public.b;'],
    ['a join', ' SELECT a.id FROM (public.a JOIN public.b ON ((a.id = b.id)));'],
    ['a union', ' SELECT a.id FROM public.a UNION SELECT b.id FROM public.b;'],
    ['a subquery of an expression', ' SELECT ( SELECT max(t.a) AS max FROM public.t b) AS m FROM public.t;'],
    ['no relation', ' SELECT 1 AS a;'],
    ['the name of a schema', ' SELECT public.f(1) AS f FROM x.public;'],
  ])('keeps what %s needs', (_what, text) => {
    expect(comparableView(text)).toBe(text);
  });
});

describe('the body of a routine for comparing', () => {
  const body = (language: string, text: string) =>
    comparableBody({
      language,
      definition: `CREATE OR REPLACE FUNCTION public.f()\n RETURNS text\n LANGUAGE ${language}\nAS $function$${text}$function$\n`,
    });

  it('is the same with other line breaks, comments and spelling of keywords', () => {
    expect(body('plpgsql', "\nbegin\n  return 'a  b'; -- done\nend\n")).toBe(
      body('plpgsql', "BEGIN return 'a  b' ; end"),
    );
  });

  it('is another with another constant, spaces inside it included', () => {
    expect(body('sql', "select 'a  b'")).not.toBe(body('sql', "select 'a b'"));
  });

  it('keeps its layout in languages in which that has a meaning', () => {
    expect(body('plpython3u', 'if a:\n  b')).not.toBe(body('plpython3u', 'if a:\n    b'));
  });
});
