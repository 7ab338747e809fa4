import { beforeAll, describe, expect, it } from 'vitest';
import { catalogLookup } from './catalog-lookup.ts';
import { emptyCatalog } from './empty-catalog.ts';
import {
  expressionVolatility,
  isConstant,
  isNullConstant,
  mentionsColumn,
  parseCheck,
  parseExpression,
  provesNotNull,
} from './expressions.ts';
import { loadParser, parseScript } from './parser.ts';
import { simulate } from './simulate.ts';

beforeAll(loadParser);

function expression(text: string) {
  const parsed = parseExpression(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

function volatility(text: string) {
  const script = parseScript(`
    create function steady() returns int language plpgsql stable as 'begin return 1; end';
    create function wild() returns int language plpgsql as 'begin return 1; end';
    create function one() returns int language sql as 'select 1';
    create function shuffled() returns float language sql as 'select random()';
    create function pinned() returns int language sql set search_path = '' as 'select 1';
    create function now_again() returns timestamptz language sql return now();
    create function endless() returns int language sql as 'select endless()'`);
  if (!script.ok) throw new Error(script.error.message);
  const catalog = script.value.statements.reduce(
    (before, statement) => simulate(before, statement).catalog,
    emptyCatalog,
  );
  return expressionVolatility(expression(text), { lookup: catalogLookup(catalog), searchPath: ['public'] });
}

describe('expressionVolatility', () => {
  it.each([
    ["'a' || lower('B')", 'immutable'],
    ['1 + 2', 'immutable'],
    ['now()', 'stable'],
    ['current_timestamp', 'stable'],
    ['current_user', 'stable'],
    ['pg_catalog.now()', 'stable'],
    ['gen_random_uuid()', 'volatile'],
    ['uuidv7()', 'volatile'],
    ['clock_timestamp()', 'volatile'],
    ["nextval('s')", 'volatile'],
    ['random()::int', 'volatile'],
    ['coalesce(now(), random()::text::timestamptz)', 'volatile'],
    ['steady()', 'stable'],
    ['wild()', 'volatile'],
    ['public.one()', 'immutable'],
    ['now_again()', 'stable'],
    ['shuffled()', 'volatile'],
    ['pinned()', 'volatile'],
    ['endless()', 'volatile'],
    ['unheard_of()', null],
    ['unheard_of() + random()', 'volatile'],
  ])('%s is %s', (text, expected) => {
    expect(volatility(text)).toBe(expected);
  });
});

describe('constants', () => {
  it('knows NULL behind casts', () => {
    expect(isNullConstant(expression('null::text::varchar'))).toBe(true);
    expect(isNullConstant(expression('1'))).toBe(false);
    expect(isNullConstant(undefined)).toBe(false);
  });

  it('knows constants from expressions', () => {
    expect(isConstant(expression("'a'::text"))).toBe(true);
    expect(isConstant(expression('-5'))).toBe(true);
    expect(isConstant(expression('now()'))).toBe(false);
    expect(isConstant(expression('a + 1'))).toBe(false);
  });
});

describe('provesNotNull', () => {
  const proves = (definition: string) => {
    const check = parseCheck(definition);
    return check !== null && provesNotNull(check, 'a');
  };

  it.each([
    ['CHECK ((a IS NOT NULL))', true],
    ['CHECK (((a IS NOT NULL) AND (a > 0)))', true],
    ['CHECK (((a IS NOT NULL) OR (a IS NOT NULL)))', true],
    ['CHECK (((a IS NOT NULL) OR (b > 0)))', false],
    // A check that is NULL passes, so a comparison proves nothing.
    ['CHECK ((a > 0))', false],
    ['CHECK ((b IS NOT NULL))', false],
    ['CHECK ((a IS NOT NULL)) NOT VALID', true],
  ])('%s: %s', (definition, expected) => {
    expect(proves(definition)).toBe(expected);
  });

  it('reads no check out of other constraints', () => {
    expect(parseCheck('UNIQUE (a)')).toBeNull();
    expect(parseCheck('nonsense (')).toBeNull();
  });
});

describe('mentionsColumn', () => {
  it('tells columns from strings and longer words', () => {
    expect(mentionsColumn('lower(name)', 'name')).toBe(true);
    expect(mentionsColumn('lower(names)', 'name')).toBe(false);
    expect(mentionsColumn("x = 'name'", 'name')).toBe(false);
    expect(mentionsColumn('("Odd ""Name" > 0)', 'Odd "Name')).toBe(true);
    expect(mentionsColumn('NAME > 0', 'name')).toBe(true);
  });
});
