import { describe, expect, it } from 'vitest';
import { allRules } from '../../engine/validate/all-rules.ts';
import type { Finding, MigrationReport, Severity } from '../../engine/validate/report.ts';
import type { Rule } from '../../engine/validate/rule.ts';
import { summarize } from '../../engine/validate/summarize.ts';
import { validationSarif } from './validation-sarif.ts';

const findingOf = ({ id, category, severity, docs }: Rule): Finding => ({
  rule: id,
  category,
  severity,
  direction: 'up',
  statement: 0,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  message: 'Something is wrong',
  why: docs.why,
  instead: docs.instead,
  evidence: {},
  fix: null,
});

const sarifOf = (findings: readonly Finding[]) => {
  const files = { up: '/migrations/1_up.sql', down: null };
  const migration: MigrationReport = { name: '1', files, statements: [], findings, notChecked: [], shadow: null };
  const report = summarize([migration], { tier: 'parse', serverVersion: 180_000 });
  return JSON.parse(validationSarif(report, [], '/migrations')).runs[0];
};

/** The limits in GitHub's manual, "SARIF support for code scanning". */
const longest = 1024;
const mostTags = 10;

describe('validationSarif', () => {
  it('describes every rule within what code scanning reads', () => {
    const { rules } = sarifOf(allRules.map(findingOf)).tool.driver;
    expect(rules).toHaveLength(allRules.length);
    for (const { id, name, shortDescription, fullDescription, help, helpUri, properties } of rules) {
      for (const text of [shortDescription.text, fullDescription.text]) {
        expect(text.length, id).toBeGreaterThan(0);
        expect(text.length, id).toBeLessThanOrEqual(longest);
      }
      expect(name.length, id).toBeLessThanOrEqual(255);
      expect(help.text, id).not.toBe('');
      expect(helpUri, id).toMatch(/^https:\/\//);
      expect(properties.tags.length, id).toBeLessThanOrEqual(mostTags);
    }
  });

  it('grades only rules about security as alerts of security', () => {
    const { rules } = sarifOf(allRules.map(findingOf)).tool.driver;
    for (const { id, properties } of rules) {
      const isAboutSecurity = allRules.find((rule) => rule.id === id)?.category === 'security and access';
      expect('security-severity' in properties, id).toBe(isAboutSecurity);
      expect(properties.tags.includes('security'), id).toBe(isAboutSecurity);
    }
  });

  it('leaves out the least grave of more results than are accepted, and says so', () => {
    const [rule] = allRules;
    if (rule === undefined) throw new Error('there are no rules');
    const many = (count: number, severity: Severity): readonly Finding[] =>
      Array.from({ length: count }, () => ({ ...findingOf(rule), severity }));
    const run = sarifOf([...many(20_000, 'info'), ...many(3, 'error'), ...many(5_000, 'warning')]);
    const levels = run.results.map(({ level }: { readonly level: string }) => level);
    expect(levels).toHaveLength(25_000);
    expect(levels.filter((level: string) => level === 'error')).toHaveLength(3);
    expect(levels.filter((level: string) => level === 'note')).toHaveLength(19_997);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('3 results are left out');
    expect(sarifOf(many(1, 'info'))).not.toHaveProperty('invocations');
  });
});
