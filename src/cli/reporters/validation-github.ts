import { relative, sep } from 'node:path';
import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import type { Severity, ValidationReport } from '../../engine/validate/report.ts';
import { shadowVerdict } from '../shadow-verdict.ts';
import { countsInWords } from './counts-in-words.ts';
import { sourceOf } from './source-of.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** A path as the runner knows it: from the folder of the sources, with slashes. */
const fromFolder = (path: string, folder: string): string => relative(folder, path).split(sep).join('/');

/** A validation report as workflow commands of GitHub Actions, which become annotations beside the lines; `folder` is the root of the sources. */
export function validationGithub(report: ValidationReport, files: readonly MigrationFiles[], folder: string): string {
  const lines = report.migrations.flatMap((migration, index) => {
    const found = migration.findings.map((finding) => {
      const path = sourceOf(finding.direction, files[index])?.path ?? migration.name;
      const place = {
        file: fromFolder(path, folder),
        line: String(finding.line),
        endLine: String(finding.endLine),
        // GitHub refuses columns when a range spans lines.
        ...(finding.line === finding.endLine
          ? { col: String(finding.column), endColumn: String(finding.endColumn) }
          : {}),
        title: `${finding.rule} (Lockstep)`,
      };
      const properties = Object.entries(place).map(([name, value]) => `${name}=${property(value)}`);
      const text = `${finding.message}\n${finding.why}\nInstead: ${finding.instead}`;
      return `::${commands[finding.severity]} ${properties.join(',')}::${data(text)}`;
    });
    const verdict = migration.shadow === null ? null : shadowVerdict(migration.shadow);
    if (verdict === null) return found;
    const path = sourceOf(verdict.direction, files[index])?.path ?? migration.name;
    const place = `file=${property(fromFolder(path, folder))},line=${verdict.line},title=shadow run (Lockstep)`;
    return [
      ...found,
      `::${commands[verdict.severity]} ${place}::${data([verdict.message, ...verdict.differences].join('\n'))}`,
    ];
  });
  return [...lines, countsInWords(report)].join('\n');
}
