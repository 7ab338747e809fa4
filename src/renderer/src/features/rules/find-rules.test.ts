import { describe, expect, it } from 'vitest';
import type { RuleCard } from '../../../../shared/rule-card.ts';
import { findRules } from './find-rules.ts';

const rule = (id: string, title: string, why = ''): RuleCard => ({
  id,
  title,
  category: 'locking',
  severity: 'error',
  from: null,
  to: null,
  optIn: false,
  what: '',
  why,
  instead: '',
  ignoreWhen: '',
  manual: 'https://www.postgresql.org/docs/current/',
  example: null,
  fixed: null,
});
const rules = [
  rule('require-lock-timeout', 'No lock_timeout is in force'),
  rule('ban-drop-column', 'Column dropped', 'An index is dropped with it.'),
  rule('require-concurrent-index-creation', 'Index built without CONCURRENTLY'),
];
const found = (query: string) => findRules(rules, query).map(({ id }) => id);

describe('findRules', () => {
  it('puts an id before a title before a text', () => {
    expect(found('index')).toEqual(['require-concurrent-index-creation', 'ban-drop-column']);
    expect(found('concurrently')).toEqual(['require-concurrent-index-creation']);
  });

  it('shows all by name when nothing is asked, and none when no rule has every word', () => {
    expect(found('  ')).toEqual(['ban-drop-column', 'require-concurrent-index-creation', 'require-lock-timeout']);
    expect(found('vacuum analyse')).toEqual([]);
  });
});
