// Writes one page per rule and their index to docs/rules, from the rules themselves. With --check nothing is written,
// and a page that is missing, stale or left over fails the run.
import { allRules } from '../src/engine/validate/all-rules.ts';
import { ruleCategorySchema } from '../src/engine/validate/report.ts';
import { writePages } from './lib/write-pages.mjs';

const categories = ruleCategorySchema.options;

const note = 'This page is generated from the rule; change the rule and run `npm run docs`.';

function serversInWords({ from, to }) {
  if (from === undefined && to === undefined) return 'all';
  if (to === undefined) return `${from} and newer`;
  return from === undefined ? `${to} and older` : `${from} to ${to}`;
}

const sentence = (text) => {
  const trimmed = text.trim();
  return `${trimmed[0].toUpperCase()}${trimmed.slice(1)}${trimmed.endsWith('.') ? '' : '.'}`;
};

const sql = (text) => `\`\`\`sql\n${text.trim()}\n\`\`\``;

function circumstances(example) {
  const about = [];
  if (example.serverVersion !== undefined) about.push(`PostgreSQL ${example.serverVersion}`);
  if (example.transaction === 'file') about.push('the runner wraps the file in a transaction');
  for (const { table, rows } of example.facts ?? []) about.push(`${table} has ${rows} rows`);
  return about.length === 0 ? '' : ` (${about.join('; ')})`;
}

function exampleInWords(example) {
  const parts = [`### ${sentence(example.name).slice(0, -1)}${circumstances(example)}`];
  if (example.setup !== undefined) parts.push('With', sql(example.setup), 'this migration:');
  parts.push(sql(example.up));
  if (example.down !== undefined) parts.push('and its down:', sql(example.down));
  if (example.finds.length === 0) parts.push('Nothing is reported.');
  else {
    const found = example.finds.map(
      ({ text, severity }) =>
        `- ${text === '' ? 'the file' : `\`${text.replaceAll('\n', ' ')}\``}${severity === undefined ? '' : ` (${severity})`}`,
    );
    parts.push(`Reported:\n\n${found.join('\n')}`);
  }
  if (example.fixed !== undefined) parts.push('After the fix:', sql(example.fixed));
  return parts.join('\n\n');
}

function page(rule) {
  const bad = rule.examples.filter(({ finds }) => finds.length > 0);
  const good = rule.examples.filter(({ finds }) => finds.length === 0);
  const facts = [
    ['Category', rule.category],
    ['Severity', `${rule.severity}${rule.optIn === true ? ', only when asked for' : ''}`],
    ['PostgreSQL', serversInWords(rule.servers)],
    ['Fix', rule.examples.some(({ fixed }) => fixed !== undefined) ? 'yes' : 'no'],
  ];
  return [
    `# ${rule.title}`,
    `\`${rule.id}\``,
    `| | |\n|---|---|\n${facts.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}`,
    `**What.** ${sentence(rule.docs.what)}`,
    `**Why.** ${sentence(rule.docs.why)}`,
    `**Instead.** ${sentence(rule.docs.instead)}`,
    `**Ignore when** ${rule.docs.ignoreWhen.trim().replace(/\.$/, '')}.`,
    `[The PostgreSQL manual](${rule.docs.manual})`,
    '## Reported',
    ...bad.map(exampleInWords),
    '## Not reported',
    ...good.map(exampleInWords),
    `_${note}_`,
    '',
  ].join('\n\n');
}

function index() {
  const sections = categories.flatMap((category) => {
    const rules = allRules.filter((rule) => rule.category === category);
    if (rules.length === 0) return [];
    const rows = rules.map((rule) => `| [\`${rule.id}\`](${rule.id}.md) | ${rule.title} | ${rule.severity} |`);
    return [
      `## ${sentence(category).slice(0, -1)}`,
      `| rule | what it finds | severity |\n|---|---|---|\n${rows.join('\n')}`,
    ];
  });
  return [
    '# Rules',
    `Lockstep checks migrations with ${allRules.length} rules. The severity is the one on a large table, or on one whose size is not known; facts lower it. A comment directly above a statement leaves a rule out there: \`-- lockstep:ignore <rule> <reason> [until YYYY-MM-DD]\`.`,
    ...sections,
    `_${note}_`,
    '',
  ].join('\n\n');
}

const pages = new Map([['README.md', index()], ...allRules.map((rule) => [`${rule.id}.md`, page(rule)])]);
writePages('docs/rules', pages);
