import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseScript } from '../sql/parser.ts';
import { tokensOf } from '../sql/tokens.ts';
import { allRules } from './all-rules.ts';
import { exampleCatalog, exampleMigration, exampleOptions } from './example-catalog.ts';
import type { Finding } from './report.ts';
import type { RuleExample } from './rule.ts';
import { validateMigration } from './validate-migration.ts';

// Every fix of every example: what it leaves is checked again by all rules, however the statement was written.

beforeAll(loadParser);

type Text = { readonly up: string; readonly down: string | null };

const findingsOf = (example: RuleExample, { up, down }: Text): readonly Finding[] =>
  validateMigration(
    { ...exampleMigration(example, up), down },
    { ...exampleOptions(example), catalog: exampleCatalog(example), rules: allRules },
  ).findings;

/** What a fix may bring to light, because it says more plainly what was meant all along. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  'drop-index-backing-constraint': ['drop-primary-key', 'drop-constraint', 'require-lock-timeout'],
  'pending-trigger-events': ['lock-upgrade-in-transaction'],
  'prefer-bigint-over-int': ['if-not-exists-masks-drift'],
  'renaming-table': ['case-or-quote-collision'],
  'short-integer-primary-key': ['if-not-exists-masks-drift'],
  'unnamed-constraint-or-index': ['naming-convention'],
};

/** Fixes that are about several statements. */
const reachesFurther: ReadonlySet<string> = new Set(['combine-alter-table']);

/** The same statements with a comment and a line break wherever there was white space, between comments of their own. */
function decorated(text: string): string {
  let number = 0;
  const spaced = tokensOf(text)
    .map(({ kind, start, end }) => (kind === 'space' ? ` /* ${number++} */\n` : text.slice(start, end)))
    .join('');
  return `-- before: it's\n${spaced}\n\n-- after $$ it\n`;
}

const respaced = (text: string, by: string): string =>
  tokensOf(text)
    .map(({ kind, start, end }) => (kind === 'space' ? by : text.slice(start, end)))
    .join('');

/** Lines that end as on Windows, each with a comment up to there, and nothing that ends the last statement. */
const withLineComments = (text: string): string => respaced(text.replace(/;\s*$/, ''), " -- it's;\r\n");

/** Between others on one line, in which a letter takes more than one unit. */
const onOneLine = (text: string): string => `SELECT '😀';${respaced(text, ' ').replaceAll('; ', ';')}SELECT 2;`;

/** What is wrong with a fix, in words; nothing when all is well. */
function faultsOf(example: RuleExample, text: Text, before: readonly Finding[], finding: Finding): readonly string[] {
  const { fix, direction, rule } = finding;
  const original = text[direction] ?? '';
  const script = parseScript(original);
  if (fix === null || !script.ok) return [];
  const after = findingsOf(example, { ...text, [direction]: fix.sql });
  const count = (findings: readonly Finding[]): number =>
    findings.filter((one) => one.rule === rule && one.direction === direction).length;
  const expected = new Set([
    ...before.map((one) => `${one.direction} ${one.rule}`),
    ...(consequences[rule] ?? []).map((one) => `${direction} ${one}`),
  ]);
  const { statements } = script.value;
  const others = statements.filter(({ index }) => index !== finding.statement && !reachesFurther.has(rule));
  const head = original.slice(0, original.startsWith('-- before') ? original.indexOf('\n') : 0);
  const tail = original.slice(original.lastIndexOf('\n\n--') < 0 ? original.length : original.lastIndexOf('\n\n--'));
  return [
    ...(after.some((one) => one.rule === 'syntax-error') ? ['does not parse'] : []),
    ...(count(after) < count(before) ? [] : ['leaves its finding']),
    ...after
      .filter((one) => one.severity !== 'info' && !expected.has(`${one.direction} ${one.rule}`))
      .map((one) => `brings ${one.direction} ${one.rule}: ${one.message}`),
    ...others.filter((one) => !fix.sql.includes(one.text)).map((one) => `changes ${one.text}`),
    ...(fix.sql.startsWith(head) && fix.sql.endsWith(tail) ? [] : ['changes what stands around the statements']),
    ...(fix.sql.split("it's;").length < original.split("it's;").length ? ['loses comments'] : []),
    ...(original.includes('\r\n') && /(?<!\r)\n/.test(fix.sql) ? ['ends lines in two ways'] : []),
  ];
}

const examples = allRules.flatMap((rule) =>
  rule.examples.map((example) => [`${rule.id}: ${example.name}`, example] as const),
);

test.each(examples)('the fixes of %s', (_, example) => {
  for (const shape of [(text: string) => text, decorated, withLineComments, onOneLine]) {
    const text: Text = { up: shape(example.up), down: example.down === undefined ? null : shape(example.down) };
    const findings = findingsOf(example, text);
    const fixable = findings.filter(({ fix }) => fix !== null);
    for (const finding of fixable) {
      const where = `${finding.rule} (${finding.fix?.title})\n${text[finding.direction]}\n=>\n${finding.fix?.sql}`;
      expect(faultsOf(example, text, findings, finding), where).toEqual([]);
    }
    if (fixable.length === 0) return;
  }
});
