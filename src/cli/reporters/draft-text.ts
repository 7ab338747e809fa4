import type { ExportFile } from '../../engine/export/export-target.ts';
import type { Draft } from '../../engine/generate/draft.ts';
import type { Finding } from '../../engine/validate/report.ts';

type Input = {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly files: readonly ExportFile[];
  /** Absolute paths; empty on a dry run. */
  readonly written: readonly string[];
};

const list = (title: string, items: readonly string[]) =>
  items.length === 0 ? [] : ['', `${title}:`, ...items.map((item) => `  - ${item}`)];

/** A draft for a person: both texts, what was assumed, what was found, where the files are. */
export function draftText({ draft, findings, files, written }: Input): string {
  const sql = files.filter(({ path }) => path.endsWith('.sql'));
  return [
    draft.title,
    ...sql.flatMap(({ path, contents }) => ['', `--- ${path}`, contents.trimEnd()]),
    ...list('Assumptions', draft.assumptions),
    ...list('Open questions', draft.questions),
    ...list('Risks', draft.risks),
    ...list(
      'Findings',
      findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`),
    ),
    '',
    ...(written.length === 0 ? ['Nothing was written.'] : ['Written:', ...written.map((path) => `  ${path}`)]),
  ].join('\n');
}
