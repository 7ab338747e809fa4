import { describe, expect, it } from 'vitest';
import { withoutUnusedAliases } from './without-unused-aliases.ts';

describe('a query over a function whose row type grew', () => {
  it.each([
    [
      'one relation',
      ' SELECT a,\n    b\n   FROM public.f() r(a, b, c, "D d");',
      ' SELECT a,\n    b\n   FROM public.f() r(a, b);',
    ],
    [
      'a join with something that has columns of these names',
      " SELECT r.a, t.c, 1 AS d FROM (public.t JOIN LATERAL s.f(t.b, 'x)') r(a, b, c, d) ON ((r.b = t.d)))",
      " SELECT r.a, t.c, 1 AS d FROM (public.t JOIN LATERAL s.f(t.b, 'x)') r(a, b) ON ((r.b = t.d)))",
    ],
    ['a function of which nothing is used', 'SELECT 1 FROM f() r(a, b)', 'SELECT 1 FROM f() r(a)'],
    [
      'two functions',
      'SELECT r.a, q.y FROM f() r(a, b), g(1) q(x, y, z)',
      'SELECT r.a, q.y FROM f() r(a), g(1) q(x, y)',
    ],
  ])('loses the names that nobody uses: %s', (_what, query, expected) => {
    expect(withoutUnusedAliases(query)).toBe(expected);
    expect(withoutUnusedAliases(expected)).toBe(expected);
  });

  it.each([
    ['columns that are made with types', 'SELECT a FROM f() r(a integer, b text)'],
    ['a query with names', 'SELECT s.a FROM ( SELECT 1, 2) s(a, b)'],
    ['rows with numbers', 'SELECT r.a FROM f() WITH ORDINALITY r(a, b, ordinality)'],
  ])('keeps the names of %s', (_what, query) => expect(withoutUnusedAliases(query)).toBe(query));
});
