import { beforeAll, describe, expect, it } from 'vitest';
import { parseCheck } from '../../sql/expressions.ts';
import { loadParser } from '../../sql/parser.ts';
import { satisfy } from './satisfy.ts';

beforeAll(loadParser);

const limitsOf = (check: string, wanted = true, choice = 0) => {
  const condition = parseCheck(`CHECK (${check})`);
  if (condition === null) throw new Error('not a check');
  return Object.fromEntries(satisfy(condition, wanted, choice));
};

describe('satisfy', () => {
  it('reads comparisons whichever way they are written', () => {
    expect(limitsOf('price > (0)::numeric AND 10 >= price')).toEqual({
      price: { lower: { text: '0', open: true }, upper: { text: '10', open: false } },
    });
    expect(limitsOf("state = ANY (ARRAY['new'::text, 'paid'::text])")).toEqual({ state: { oneOf: ['new', 'paid'] } });
    expect(limitsOf('(length((name)::text) >= 3)')).toEqual({ name: { minLength: 3 } });
    expect(limitsOf('ends > starts')).toEqual({ ends: { relativeTo: { column: 'starts', is: 'greater' } } });
    expect(limitsOf("POSITION(('@'::text) IN (mail)) > 1")).toEqual({
      mail: { patterns: ['^[a-z]{1,9}\\@[a-z]{3,8}$'] },
    });
    expect(limitsOf('n % 3 = 1')).toEqual({ n: { modulus: { of: 3, rest: 1 } } });
  });

  it('takes one branch of an OR after the other', () => {
    const check = "kind <> 'box' OR size IS NOT NULL";
    expect(limitsOf(check, true, 0)).toEqual({ kind: { noneOf: ['box'] } });
    expect(limitsOf(check, true, 1)).toEqual({ size: { isNull: false } });
  });

  it('turns a condition round', () => {
    expect(limitsOf("kind <> 'box' OR size IS NOT NULL", false)).toEqual({
      kind: { oneOf: ['box'] },
      size: { isNull: true },
    });
    expect(limitsOf('age BETWEEN 18 AND 120', false)).toEqual({ age: { lower: { text: '120', open: true } } });
    expect(limitsOf("kind <> ALL (ARRAY['a'::text])")).toEqual({ kind: { noneOf: ['a'] } });
    expect(limitsOf("kind <> ALL (ARRAY['a'::text])", false)).toEqual({ kind: { oneOf: ['a'] } });
    expect(limitsOf('NOT flag')).toEqual({ flag: { oneOf: ['false'] } });
  });

  it('spreads nulls as num_nonnulls asks', () => {
    expect(limitsOf('num_nonnulls(a, b) = 1', true, 0)).toEqual({ a: { isNull: false }, b: { isNull: true } });
    expect(limitsOf('num_nonnulls(a, b) = 1', true, 1)).toEqual({ a: { isNull: true }, b: { isNull: false } });
  });

  it('leaves what it cannot read to the server', () => {
    expect(limitsOf('f(a) > g(b)')).toEqual({});
  });
});
