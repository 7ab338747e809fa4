import { grouped } from '../sql/table-index.ts';

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

/** Versions that are the same number for number are written the same: `0007` as `7`, `1.2.0` as `1.2`. */
const plain = (version: string): string =>
  version
    .split(/[-._]/)
    .map((part) => String(BigInt(part)))
    .join('.')
    .replace(/(?:\.0)+$/, '');

type Entry = MigrationHistory[number];

/** What one migration asks of its history. */
export type Beside = {
  readonly own: Entry | undefined;
  /** The first other migration of the same version. */
  readonly twin: Entry | undefined;
  /** True when migrations of some other version share it: the tool of this folder goes by their whole names. */
  readonly goesByNames: boolean;
};

type Sorted = {
  readonly byName: ReadonlyMap<string, Entry>;
  readonly byVersion: ReadonlyMap<string, readonly Entry[]>;
};

const sorted = new WeakMap<MigrationHistory, Sorted>();

const sort = (history: MigrationHistory): Sorted => {
  const versions = grouped(history, ({ name }) => {
    const version = versionOf(name);
    return version === null ? [] : [plain(version)];
  });
  // Of two of one name the first counts.
  return { byName: new Map(history.toReversed().map((entry) => [entry.name, entry])), byVersion: versions };
};

/** Looks a migration up among those beside it; they are sorted once, because each of a thousand asks. */
export const besideIn = (history: MigrationHistory, name: string, version: string | null): Beside => {
  const known = sorted.get(history) ?? sort(history);
  sorted.set(history, known);
  const same = version === null ? [] : (known.byVersion.get(plain(version)) ?? []);
  return {
    own: known.byName.get(name),
    twin: same.find((entry) => entry.name !== name),
    get goesByNames() {
      return [...known.byVersion.values()].some((entries) => entries.length > 1 && entries !== same);
    },
  };
};
