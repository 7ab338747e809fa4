import { styleText } from 'node:util';
import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import { isStrongerLock, whatLockBlocks } from '../../engine/sql/lock-mode.ts';
import { qualifiedName } from '../../engine/sql/qualified-name.ts';
import type {
  Direction,
  Finding,
  MigrationReport,
  Severity,
  StatementReport,
  ValidationReport,
} from '../../engine/validate/report.ts';
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

const waits: Readonly<Record<StatementReport['estimate']['duration'], string>> = {
  none: '',
  '<1s': ', for less than a second of work',
  seconds: ', for seconds',
  minutes: ', for minutes',
  hours: ', for hours',
};

/** Statements after which a relation is there that nobody else has used yet. */
const creates: ReadonlySet<string> = new Set(['CreateTable', 'CreateTableAs', 'CreateMaterializedView']);

/** What others wait for while a statement runs, and what it writes anew; nothing for one that is hardly felt. */
function heldText(
  { line, effects: { locks, rewrites }, estimate, dataLoss }: StatementReport,
  isNew: (relation: string) => boolean,
): readonly string[] {
  const felt = locks.filter(({ mode, relation }) => isStrongerLock(mode, 'SHARE UPDATE EXCLUSIVE') && !isNew(relation));
  const modes = [...new Set(felt.map(({ mode }) => mode))];
  const said = [
    ...modes.map((mode) => {
      const on = felt.filter((lock) => lock.mode === mode).map(({ relation }) => relation);
      return `${mode} on ${on.join(', ')}: ${whatLockBlocks(mode)} wait${waits[estimate.duration]}`;
    }),
    ...(rewrites.some((relation) => !isNew(relation)) ? [`rewrites ${rewrites.join(', ')}`] : []),
    ...(dataLoss === 'certain' ? ['data is lost'] : []),
  ];
  return said.length === 0 ? [] : [printable(`  line ${line}: ${said.join('; ')}`)];
}

/** The locks of an up that others feel, a line for each statement. */
function locksText({ statements }: MigrationReport, paint: Paint): readonly string[] {
  const made = new Set<string>();
  const lines: string[] = [];
  for (const statement of statements.filter(({ direction }) => direction === 'up')) {
    lines.push(...heldText(statement, (relation) => made.has(relation)));
    if (!creates.has(statement.kind) || /\bif\s+not\s+exists\b/i.test(statement.text)) continue;
    for (const name of statement.objects) made.add(qualifiedName(name));
  }
  return lines.length === 0 ? [] : [...lines.map((line) => paint('dim', line)), ''];
}

function migrationText(report: MigrationReport, files: MigrationFiles | undefined, paint: Paint): readonly string[] {
  const lines = { up: files?.up?.text.split('\n') ?? [], down: files?.down?.text.split('\n') ?? [] };
  const name = paint('bold', printable(report.name));
  const locks = locksText(report, paint);
  return [
    report.findings.length === 0 ? `${name}: nothing found` : name,
    ...(locks.length === 0 ? [''] : locks),
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
