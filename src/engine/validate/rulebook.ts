import { all, as } from '../sql/nodes.ts';
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

/** What rules can be asked for by: the kind of a statement and, for an `ALTER TABLE`, the kinds of its actions. */
const topicsOf = ({ node }: Statement): readonly string[] => {
  const topics = Object.keys(node);
  for (const { subtype } of all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd'))
    if (subtype !== undefined && !topics.includes(subtype)) topics.push(subtype);
  return topics;
};

const sort = (rules: readonly Rule[], major: number): Rulebook => {
  const active = rules.filter((rule) => appliesTo(rule, major));
  const perStatement = active.filter((rule) => rule.check !== undefined);
  const byTopics = new Map<string, readonly Rule[]>();
  return {
    forStatement: (statement) => {
      const topics = topicsOf(statement);
      const key = topics.join(' ');
      let wanted = byTopics.get(key);
      if (wanted === undefined) {
        wanted = perStatement.filter(({ on }) => on === undefined || on.some((one) => topics.includes(one)));
        byTopics.set(key, wanted);
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
