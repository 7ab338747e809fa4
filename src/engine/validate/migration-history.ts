/**
 * The migrations that lie beside the one that is checked, itself included, in the order in which they run. `state` tells
 * what became of each since the revision that the check starts from: `known` was there and is as it was, `edited` was
 * there and is not, `added` is new; null when no revision was named.
 */
export type MigrationHistory = readonly {
  readonly name: string;
  readonly state: 'known' | 'edited' | 'added' | null;
}[];

/** The version that a migration's name begins with, as digits: `20240102_x`, `V1.2__x`, `0007-x`; null without one. */
export const versionOf = (name: string): string | null => {
  const written = /^[A-Za-z]{0,2}(\d+(?:[-._]\d+(?![A-Za-z0-9]))*)/.exec(name);
  return written?.[1] ?? null;
};

/** Orders versions by their numbers, part by part: `9` before `10`, `1.2` before `1.10`. */
export const compareVersions = (a: string, b: string): number => {
  const parts = (version: string) => version.split(/[-._]/).map(BigInt);
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one = 0n, other = 0n] = [left[at], right[at]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
};
