import { all, as } from '../sql/nodes.ts';
import type { Statement } from '../sql/parser.ts';
import type { LintInput } from './linter.ts';
import type { Rule } from './rule.ts';

/** Some rules, sorted by what they look at. */
export type Rulebook = {
  /** Those that look at statements of this one's kind, in their order. */
  readonly forStatement: (statement: Statement) => readonly Rule[];
  /** Those that look at a migration as a whole, in their order. */
  readonly forPair: readonly Rule[];
};

/** What decides which rules are asked at all. */
type Known = Pick<LintInput, 'catalog' | 'facts' | 'queries' | 'serverVersion'>;

const majorOf = ({ serverVersion }: Known): number => Math.floor(serverVersion / 10_000);

const has = ({ catalog, facts, queries }: Known): Readonly<Record<NonNullable<Rule['needs']>, boolean>> => ({
  catalog: catalog !== null,
  facts: facts !== null,
  queries: queries.length > 0,
});

const appliesTo = ({ servers, needs }: Rule, known: Known): boolean =>
  (servers.from ?? 0) <= majorOf(known) &&
  majorOf(known) <= (servers.to ?? 9999) &&
  (needs === undefined || has(known)[needs]);

/** What rules can be asked for by: the kind of a statement and, for an `ALTER TABLE`, the kinds of its actions. */
const topicsOf = ({ node }: Statement): readonly string[] => {
  const topics = Object.keys(node);
  for (const { subtype } of all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd'))
    if (subtype !== undefined && !topics.includes(subtype)) topics.push(subtype);
  return topics;
};

const sort = (rules: readonly Rule[], known: Known): Rulebook => {
  const active = rules.filter((rule) => appliesTo(rule, known));
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

const sorted = new WeakMap<readonly Rule[], Map<string, Rulebook>>();

/** The rules that apply to a server and to what is known of it, sorted once for each list of rules. */
export const rulebookOf = (rules: readonly Rule[], known: Known): Rulebook => {
  const key = JSON.stringify([majorOf(known), has(known)]);
  const books = sorted.get(rules) ?? new Map<string, Rulebook>();
  const book = books.get(key) ?? sort(rules, known);
  sorted.set(rules, books.set(key, book));
  return book;
};
