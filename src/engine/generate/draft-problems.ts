import { parseScript } from '../sql/parser.ts';
import type { MigrationReport } from '../validate/report.ts';
import type { MigrationReply } from './migration-reply.ts';

type Validate = (migration: { readonly name: string; readonly up: string; readonly down: string }) => MigrationReport;

const mostProblems = 20;

/** What is wrong with a draft, in words for the model that wrote it; empty when nothing is. */
export function draftProblems(reply: MigrationReply, validate: Validate | undefined): readonly string[] {
  // A model that asks instead of writing has done what it was told.
  if (reply.up.trim() === '' && reply.questions.length > 0) return [];
  if (reply.up.trim() === '') return ['up is empty'];
  const problems: string[] = [];
  for (const direction of ['up', 'down'] as const) {
    const parsed = parseScript(reply[direction]);
    if (parsed.ok) continue;
    const { message, line, column } = parsed.error;
    problems.push(`${direction}, line ${line}, column ${column}: PostgreSQL says: ${message}`);
  }
  if (reply.down.trim() === '') problems.push('down is empty');
  if (problems.length > 0 || validate === undefined) return problems;
  const report = validate({ name: reply.slug, up: reply.up, down: reply.down });
  return report.findings
    .filter((finding) => finding.severity === 'error')
    .slice(0, mostProblems)
    .map(
      (finding) =>
        `${finding.direction}, line ${finding.line}: ${finding.message} ${finding.instead} (${finding.rule})`,
    );
}
