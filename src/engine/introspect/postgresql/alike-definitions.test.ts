import { describe, expect, it } from 'vitest';
import { expressionKey, speakersOf } from './alike-definitions.ts';

const names =
  (...columns: readonly string[]) =>
  (number: number) =>
    columns[number - 1];
const isNull = (column: number, location: number) =>
  `{NULLTEST :arg {VAR :varno 1 :varattno ${column} :vartype 25 :location ${location}} :nulltesttype 0 :location ${location + 5}}`;

describe('expressions that are written alike', () => {
  it('are so wherever they stood, and whatever number the column has', () => {
    expect(expressionKey(isNull(1, 20), names('day'))).toBe(expressionKey(isNull(1, 333), names('day')));
    expect(expressionKey(isNull(1, 20), names('day'))).not.toBe(expressionKey(isNull(1, 20), names('Day')));
    expect(expressionKey(isNull(-6, 20), names())).not.toBe(expressionKey(isNull(-7, 20), names()));
  });

  it('are not looked for where a text names its table, or something in a query', () => {
    expect(expressionKey(isNull(0, 20), names('day'))).toBeNull();
    expect(expressionKey(isNull(2, 20), names('day'))).toBeNull();
    expect(expressionKey(`{SUBLINK :subselect {QUERY ${isNull(1, 20)}}}`, names('day'))).toBeNull();
  });

  it('are asked for once', () => {
    const keys: readonly (string | null)[] = ['x', null, 'x', 'y', null];
    const things = keys.map((key, oid) => ({ oid, key }));
    const { asked, speakerOf } = speakersOf(things, ({ key }) => key);
    expect(asked.map(({ oid }) => oid)).toEqual([0, 1, 3, 4]);
    expect(things.map(({ oid }) => speakerOf(oid)?.oid)).toEqual([0, 1, 0, 3, 4]);
    expect(speakerOf(9)).toBeUndefined();
  });
});
