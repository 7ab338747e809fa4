import type { Statement } from '../sql/parser.ts';
import type { Rule } from './rule.ts';

/** Some rules, sorted by what they look at. */
export type Rulebook = {
  /** Those that look at statements of this one's kind, in their order. */
  readonly forStatement: (statement: Statement) => readonly Rule[];
  /** Those that look at a migration as a whole, in their order. */
  readonly forPair: readonly Rule[];
};

const appliesTo = (rule: Rule, major: number): boolean =>
  (rule.servers.from ?? 0) <= major && major <= (rule.servers.to ?? 9999);

const sort = (rules: readonly Rule[], major: number): Rulebook => {
  const active = rules.filter((rule) => appliesTo(rule, major));
  const perStatement = active.filter((rule) => rule.check !== undefined);
  const byKind = new Map<string, readonly Rule[]>();
  return {
    forStatement: ({ node }) => {
      const kind = Object.keys(node)[0] ?? '';
      let wanted = byKind.get(kind);
      if (wanted === undefined) {
        wanted = perStatement.filter(({ on }) => on === undefined || on.some((one) => one === kind));
        byKind.set(kind, wanted);
      }
      return wanted;
    },
    forPair: active.filter((rule) => rule.checkPair !== undefined),
  };
};

const sorted = new WeakMap<readonly Rule[], Map<number, Rulebook>>();

/** The rules that apply to a server (`server_version_num`), sorted once for each list of rules. */
export const rulebookOf = (rules: readonly Rule[], serverVersion: number): Rulebook => {
  const major = Math.floor(serverVersion / 10_000);
  const versions = sorted.get(rules) ?? new Map<number, Rulebook>();
  const book = versions.get(major) ?? sort(rules, major);
  sorted.set(rules, versions.set(major, book));
  return book;
};
