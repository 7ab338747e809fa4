import { styleText } from 'node:util';
import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import type { Direction, Finding, MigrationReport, Severity, ValidationReport } from '../../engine/validate/report.ts';
import { countsInWords } from './counts-in-words.ts';
import { printable } from './printable.ts';
import { shadowText } from './shadow-text.ts';

type Paint = (style: 'red' | 'yellow' | 'blue' | 'bold' | 'dim', text: string) => string;
const styles: Readonly<Record<Severity, 'red' | 'yellow' | 'blue'>> = { error: 'red', warning: 'yellow', info: 'blue' };

/** The source line of a finding with a pointer under the part that it is about; `lines` are those of its file. */
function excerpt(finding: Finding, lines: readonly string[], paint: Paint): readonly string[] {
  const written = lines[finding.line - 1];
  if (written === undefined) return [];
  const line = printable(written.replace(/\r$/, ''));
  const number = String(finding.line);
  const end = finding.endLine === finding.line ? finding.endColumn : line.length + 1;
  const lead = line.slice(0, finding.column - 1).replace(/[^\t]/g, ' ');
  const pointer = '^'.repeat(Math.max(1, Math.min(end, line.length + 1) - finding.column));
  return [
    paint('dim', `  ${number} | ${line}`),
    `  ${' '.repeat(number.length)} ${paint('dim', '|')} ${lead}${paint(styles[finding.severity], pointer)}`,
  ];
}

function recipeText({ recipe, noRecipe }: Finding): readonly string[] {
  if (recipe === undefined) return noRecipe === undefined ? [] : [`  no recipe: ${noRecipe}`];
  return [
    `  recipe: ${recipe.title} (--write-recipes FOLDER writes these migrations)`,
    ...recipe.steps.flatMap(({ title, before }, index) => [
      ...(before === null ? [] : [`     - ${before}`]),
      `    ${index + 1}. ${title}`,
    ]),
    ...recipe.notes.map((note) => `    note: ${note}`),
  ];
}

function findingText(
  finding: Finding,
  files: MigrationFiles | undefined,
  lines: Readonly<Record<Direction, readonly string[]>>,
  paint: Paint,
): readonly string[] {
  const source = files?.[finding.direction] ?? null;
  const place = printable(
    `${source?.path ?? finding.direction}:${finding.line}:${finding.column}`.replaceAll('\n', '?'),
  );
  return [
    `${paint('bold', place)} ${paint(styles[finding.severity], finding.severity)} ${printable(finding.message)} ${paint('dim', `[${finding.rule}]`)}`,
    ...excerpt(finding, lines[finding.direction], paint),
    printable(`  why: ${finding.why}`),
    printable(`  instead: ${finding.instead}`),
    ...recipeText(finding).map(printable),
    '',
  ];
}

function migrationText(report: MigrationReport, files: MigrationFiles | undefined, paint: Paint): readonly string[] {
  const lines = { up: files?.up?.text.split('\n') ?? [], down: files?.down?.text.split('\n') ?? [] };
  const name = paint('bold', printable(report.name));
  const heading = report.findings.length === 0 ? [`${name}: nothing found`, ''] : [name, ''];
  return [
    ...heading,
    ...report.findings.flatMap((finding) => findingText(finding, files, lines, paint)),
    ...(report.shadow === null ? [] : [printable(shadowText(report.shadow)), '']),
  ];
}

/** A validation report for a person, with source excerpts; `files` gives the texts, in the report's order. */
export function validationText(report: ValidationReport, files: readonly MigrationFiles[], colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text) : text);
  const notChecked = [...new Set(report.migrations.flatMap((migration) => migration.notChecked))];
  return [
    ...report.migrations.flatMap((migration, index) => migrationText(migration, files[index], paint)),
    ...(notChecked.length === 0
      ? []
      : [paint('bold', 'Not checked:'), ...notChecked.map((one) => printable(`  ${one}`)), '']),
    countsInWords(report),
  ].join('\n');
}
