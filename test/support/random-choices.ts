import * as fc from 'fast-check';

/** The choices that a random database is made by; the same seed gives the same choices. */
export type RandomChoices = {
  readonly pick: <T>(from: readonly T[]) => T;
  readonly chance: (percent: number) => boolean;
  /** A whole number from `least` to `most`, both included. */
  readonly count: (least: number, most: number) => number;
  /** Some of them, in their order. */
  readonly some: <T>(from: readonly T[], most: number) => readonly T[];
};

/** Choices for a property, drawn and shrunk by fast-check. */
export const randomChoices: fc.Arbitrary<RandomChoices> = fc.gen().map((gen) => {
  const count = (least: number, most: number): number => gen(fc.integer, { min: least, max: most });
  return {
    count,
    chance: (percent) => count(0, 99) < percent,
    pick: (from) => {
      const one = from[count(0, from.length - 1)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
    some: (from, most) => from.filter(() => count(0, 1) === 1).slice(0, most),
  };
});
