import { describe, expect, it } from 'vitest';
import { plainArguments, splitSignature } from './routine-signature.ts';

describe('the signature of a routine', () => {
  it.each([
    ['f()', 'f', ''],
    ['f(a integer, OUT "Out" text)', 'f', 'a integer, OUT "Out" text'],
    ['f(x)("an arg" integer)', 'f(x)', '"an arg" integer'],
    ['odd" (("a) (" integer, "q""(" text)', 'odd" (', '"a) (" integer, "q""(" text'],
  ])('of %s is cut where its arguments begin', (signature, name, list) => {
    expect(splitSignature(signature)).toEqual({ name, arguments: list });
  });

  it.each([
    ['a integer, b text', 'a integer, b text'],
    ['double precision ORDER BY anyelement', 'double precision, anyelement'],
    ['ORDER BY anyelement', 'anyelement'],
    ['VARIADIC "any" ORDER BY VARIADIC "any"', 'VARIADIC "any"'],
    ['"x ORDER BY y" integer', '"x ORDER BY y" integer'],
  ])('names %s as statements do', (written, plain) => {
    expect(plainArguments(written)).toBe(plain);
  });
});
