import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import type { ValidationReport } from '../../engine/validate/report.ts';
import type { FailOn } from '../fail-on.ts';
import { validationGithub } from './validation-github.ts';
import { validationJunit } from './validation-junit.ts';
import { validationMarkdown } from './validation-markdown.ts';
import { validationSarif } from './validation-sarif.ts';
import { validationText } from './validation-text.ts';

/** What a reporter knows besides the report itself. */
type ReportContext = {
  /** The texts, in the report's order. */
  readonly files: readonly MigrationFiles[];
  /** The folder of the run, to which paths are relative. */
  readonly folder: string;
  readonly failOn: FailOn;
  readonly colour: boolean;
};

/** Every form in which `validate` can print its report. */
export const validationFormats = {
  text: (report, { files, colour }) => validationText(report, files, colour),
  json: (report) => JSON.stringify(report, null, 2),
  sarif: (report, { files, folder }) => validationSarif(report, files, folder),
  junit: (report, { files, failOn }) => validationJunit(report, files, failOn),
  github: (report, { files, folder }) => validationGithub(report, files, folder),
  markdown: (report, { files }) => validationMarkdown(report, files),
} satisfies Readonly<Record<string, (report: ValidationReport, context: ReportContext) => string>>;
