import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import { allRules } from './all-rules.ts';
import { exampleCatalog, exampleMigration, exampleOptions } from './example-catalog.ts';
import type { Direction, Finding } from './report.ts';
import type { RuleExample } from './rule.ts';
import { validateMigration } from './validate-migration.ts';

beforeAll(loadParser);

const offsetAt = (text: string, line: number, column: number): number => {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
};

const sourceOf = (example: RuleExample, finding: Finding): string => {
  const text = finding.direction === 'up' ? example.up : (example.down ?? '');
  return text.slice(offsetAt(text, finding.line, finding.column), offsetAt(text, finding.endLine, finding.endColumn));
};

const check = (rule: string, example: RuleExample, up: string = example.up): readonly Finding[] => {
  const catalog = exampleCatalog(example);
  const report = validateMigration(exampleMigration(example, up), {
    ...exampleOptions(example),
    catalog,
    rules: allRules,
  });
  return report.findings.filter((finding) => finding.rule === rule);
};

test('the list of rules is the folder', () => {
  const files = readdirSync(new URL('./rules', import.meta.url)).map((file) => basename(file, '.ts'));
  expect(allRules.map(({ id }) => id)).toEqual(files.sort());
});

test('rules fold only under rules that exist', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  for (const rule of allRules)
    for (const home of rule.foldsUnder ?? []) expect(ids, `${rule.id} folds under ${home}`).toContain(home);
});

describe.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has examples on both sides', () => {
    expect(rule.examples.some(({ finds }) => finds.length > 0)).toBe(true);
    expect(rule.examples.filter(({ finds }) => finds.length === 0).length).toBeGreaterThanOrEqual(2);
    expect(new Set(rule.examples.map(({ name }) => name)).size).toBe(rule.examples.length);
  });

  test('words its texts plainly', () => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.docs.manual).toMatch(/^https:\/\/www\.postgresql\.org\/docs\//);
    for (const text of Object.values(rule.docs)) expect(text.trim()).not.toBe('');
  });

  test.each(rule.examples.map((example) => [example.name, example] as const))('%s', (_, example) => {
    const findings = check(id, example);
    expect(findings.map((finding) => sourceOf(example, finding))).toEqual(example.finds.map(({ text }) => text));
    example.finds.forEach((expected, i) => {
      const finding = findings[i];
      if (expected.severity !== undefined) expect(finding?.severity).toBe(expected.severity);
      expect(finding?.direction).toBe(expected.direction ?? ('up' satisfies Direction));
      expect(finding?.message).not.toMatch(/\.$/);
    });
    const fix = findings[0]?.fix ?? null;
    if (example.fixed !== undefined) expect(fix?.sql).toBe(example.fixed);
    if (fix === null || findings[0]?.direction === 'down') return;
    // A fix removes its own finding, and what remains is not fixed in circles.
    const after = check(id, example, fix.sql);
    expect(after.length).toBe(findings.length - 1);
    if (after.length === 0) expect(check('syntax-error', example, fix.sql)).toEqual([]);
  });
});
