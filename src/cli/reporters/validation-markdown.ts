import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import type {
  Finding,
  MigrationReport,
  Severity,
  StatementReport,
  ValidationReport,
} from '../../engine/validate/report.ts';
import { shadowVerdict } from '../shadow-verdict.ts';
import { countsInWords } from './counts-in-words.ts';

const marks: Readonly<Record<Severity, string>> = { error: '🔴 error', warning: '🟡 warning', info: '🔵 note' };
const losses: Readonly<Record<StatementReport['dataLoss'], string>> = {
  none: 'none',
  possible: '🟡 possible',
  certain: '🔴 certain',
};

/** One line that cannot break out of a table cell nor start markup of its own. */
const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>|#~]/g, '\\$&');

/** Text as code, fenced by more backticks than it holds in a row. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
};

function statementRow({ text, effects, estimate, dataLoss, line }: StatementReport): string {
  const locks = effects.locks.map(({ relation, mode, blocks }) => `${cell(relation)}: ${mode} (${cell(blocks)})`);
  const work = [
    ...effects.rewrites.map((relation) => `rewrites ${cell(relation)}`),
    ...effects.scans.map((relation) => `reads all of ${cell(relation)}`),
  ];
  const columns = [
    String(line),
    code(shortened(text)),
    locks.join('<br>') || 'none',
    work.join('<br>') || 'none',
    estimate.duration.replace('<', '\\<'),
    losses[dataLoss],
  ];
  return `| ${columns.join(' | ')} |`;
}

function recipeSection({ recipe, noRecipe }: Finding): readonly string[] {
  if (recipe === undefined) return noRecipe === undefined ? [] : [`**No recipe:** ${cell(noRecipe)}.`, ''];
  return [
    `**Recipe:** ${cell(recipe.title)}`,
    '',
    ...recipe.steps.map(
      ({ title, before }, index) => `${index + 1}. ${before === null ? '' : `_${cell(before)}_ Then: `}${cell(title)}`,
    ),
    ...recipe.notes.map((note) => `- ${cell(note)}`),
    '',
  ];
}

function migrationSection(report: MigrationReport, files: MigrationFiles | undefined): readonly string[] {
  const up = report.statements.filter(({ direction }) => direction === 'up');
  const findings = report.findings.map(({ severity, rule, direction, line, message, instead }) => {
    const path = files?.[direction]?.path ?? direction;
    return `| ${marks[severity]} | ${cell(`${path}:${line}`)} | ${cell(message)} | ${cell(instead)} | ${code(rule)} |`;
  });
  const verdict = report.shadow === null ? null : shadowVerdict(report.shadow);
  const wrong = verdict === null ? '' : [verdict.message, verdict.differences.join(', ')].filter(Boolean).join(': ');
  const proof =
    report.shadow === null
      ? []
      : [
          verdict === null
            ? '**Shadow run:** up works, and the down restores the schema.'
            : `**Shadow run:** ${marks[verdict.severity]} ${cell(wrong)}.`,
          '',
        ];
  return [
    `### ${cell(report.name)}`,
    '',
    ...(up.length === 0
      ? []
      : [
          '| Line | Statement | Locks | Work | Takes | Data loss |',
          '| ---: | --- | --- | --- | --- | --- |',
          ...up.map(statementRow),
          '',
        ]),
    ...(findings.length === 0
      ? ['Nothing found.', '']
      : ['| | Where | What | Instead | Rule |', '| --- | --- | --- | --- | --- |', ...findings, '']),
    ...report.findings.flatMap(recipeSection),
    ...proof,
  ];
}

/** A validation report as Markdown, for the comment on a pull request or the summary of a job. */
export function validationMarkdown(report: ValidationReport, files: readonly MigrationFiles[]): string {
  const notChecked = [...new Set(report.migrations.flatMap((migration) => migration.notChecked))];
  return [
    '## Migrations checked by Lockstep',
    '',
    `**${countsInWords(report)}**, PostgreSQL ${Math.floor(report.server.version / 10_000)}`,
    '',
    ...report.migrations.flatMap((migration, index) => migrationSection(migration, files[index])),
    ...(notChecked.length === 0
      ? []
      : [
          '<details><summary>Not checked</summary>',
          '',
          ...notChecked.map((one) => `- ${cell(one)}`),
          '',
          '</details>',
        ]),
  ].join('\n');
}
