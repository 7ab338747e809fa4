import type { RuleCard } from '../../../../shared/rule-card.ts';
import { matchWords } from '../palette/match-words.ts';

/** Rules in which every word of the query occurs: those with it in their id first, then in their title, then in their text. */
export function findRules(rules: readonly RuleCard[], query: string): readonly RuleCard[] {
  const wanted = query.trim();
  if (wanted === '') return [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const inText = wanted.toLowerCase().split(/\s+/);
  return rules
    .flatMap((rule) => {
      const named = matchWords(wanted, rule.id);
      if (named !== null) return [{ rule, score: 2000 + named.score }];
      const titled = matchWords(wanted, rule.title);
      if (titled !== null) return [{ rule, score: 1000 + titled.score }];
      const text = [rule.id, rule.title, rule.category, rule.what, rule.why, rule.instead].join(' ').toLowerCase();
      return inText.every((word) => text.includes(word)) ? [{ rule, score: 0 }] : [];
    })
    .sort((a, b) => b.score - a.score || (a.rule.id < b.rule.id ? -1 : 1))
    .map(({ rule }) => rule);
}
