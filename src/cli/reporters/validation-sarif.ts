import { createHash } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../../package.json';
import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import { allRules } from '../../engine/validate/all-rules.ts';
import type { Severity, ValidationReport } from '../../engine/validate/report.ts';
import type { Rule } from '../../engine/validate/rule.ts';
import { shadowVerdict } from '../shadow-verdict.ts';
import { sourceOf } from './source-of.ts';

/** Code scanning refuses a file with more results in one run; see "SARIF support for code scanning" in GitHub's manual. */
const mostResults = 25_000;

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

const shadowHelp =
  'What fails there, or is not restored, will fail or stay on the database too. Mend the statement, or take the down that Lockstep offers.';

/** What the shadow run shows is no rule's finding, but a result like one. */
const shadowRun = {
  id: 'shadow-run',
  name: 'ShadowRun',
  shortDescription: { text: 'The migration fails, or its down does not restore, on the shadow database' },
  fullDescription: { text: 'Up, down and up again were run on a throw-away copy of the schema.' },
  help: { text: shadowHelp, markdown: shadowHelp },
  defaultConfiguration: { level: levels.error },
  properties: { tags: ['rollback and files'], 'problem.severity': 'error' },
};

/** What code scanning sorts alerts about security by; on any other rule it would make a finding look like one of them. */
const securitySeverities = { error: '8.0', warning: '5.0', info: '2.0' } as const satisfies Record<Severity, string>;

const propertiesOf = ({ category, severity }: Rule) => ({
  tags: category === 'security and access' ? [category, 'security'] : [category],
  'problem.severity': severity === 'info' ? 'recommendation' : severity,
  ...(category === 'security and access' ? { 'security-severity': securitySeverities[severity] } : {}),
});

const descriptor = (rule: Rule) => ({
  id: rule.id,
  name: rule.id.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
  shortDescription: { text: rule.title },
  fullDescription: { text: rule.docs.what },
  helpUri: rule.docs.manual,
  help: {
    text: `${rule.docs.why}\n\n${rule.docs.instead}`,
    markdown: `${rule.docs.why}\n\n**Instead:** ${rule.docs.instead}\n\n**Ignore when:** ${rule.docs.ignoreWhen}`,
  },
  defaultConfiguration: { level: levels[rule.severity] },
  properties: propertiesOf(rule),
});

const ranks: readonly string[] = [levels.error, levels.warning, levels.info];

/** As many results as are accepted, the gravest of them, in their order. */
function accepted<T extends { readonly level: string }>(results: readonly T[]): readonly T[] {
  if (results.length <= mostResults) return results;
  const gravest = results.toSorted((a, b) => ranks.indexOf(a.level) - ranks.indexOf(b.level)).slice(0, mostResults);
  const kept = new Set(gravest);
  return results.filter((result) => kept.has(result));
}

/** What is said of a run whose results are not all told. */
const partly = (leftOut: number) => ({
  executionSuccessful: true,
  toolExecutionNotifications: [
    {
      level: 'warning',
      message: { text: `${leftOut} results are left out, because one file may hold ${mostResults} of them.` },
    },
  ],
});

/** A file as SARIF names it: from the folder of the run when it lies in there, else as a `file:` URL. */
function artifact(path: string, folder: string) {
  const inside = relative(folder, path);
  if (inside.startsWith('..') || isAbsolute(inside)) return { uri: pathToFileURL(path).href };
  return { uri: inside.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/**
 * A validation report as SARIF 2.1.0, within what GitHub's code scanning reads. `folder` is the root of the sources;
 * columns count UTF-16 code units. The fingerprint of a result outlives lines that move.
 */
export function validationSarif(report: ValidationReport, files: readonly MigrationFiles[], folder: string): string {
  const used = new Set(report.migrations.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  const rules = allRules.filter(({ id }) => used.has(id));
  const verdicts = report.migrations.map(({ shadow }) => (shadow === null ? null : shadowVerdict(shadow)));
  const descriptors = [...rules.map(descriptor), ...(verdicts.some((one) => one !== null) ? [shadowRun] : [])];
  const indexOf = new Map(descriptors.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  const fingerprint = (rule: string, path: string, line: string): string => {
    const key = [rule, path, line.trim()].join('\n');
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return `${createHash('sha256').update(key).digest('hex').slice(0, 16)}:${times}`;
  };
  const results = report.migrations.flatMap((migration, index) =>
    migration.findings.map((finding) => {
      const source = sourceOf(finding.direction, files[index]);
      const location = artifact(source?.path ?? migration.name, folder);
      // What is said of the file as a whole does not depend on the line that it is shown at.
      const ofFile = finding.line === finding.endLine && finding.column === finding.endColumn;
      const line = ofFile ? '' : (source?.text.split('\n')[finding.line - 1] ?? '');
      const region = {
        startLine: finding.line,
        startColumn: finding.column,
        endLine: finding.endLine,
        endColumn: finding.endColumn,
      };
      return {
        ruleId: finding.rule,
        ruleIndex: indexOf.get(finding.rule) ?? -1,
        level: levels[finding.severity],
        message: { text: `${finding.message}. ${finding.why} Instead: ${finding.instead}` },
        locations: [{ physicalLocation: { artifactLocation: location, region } }],
        partialFingerprints: { 'lockstepFinding/v1': fingerprint(finding.rule, location.uri, line) },
      };
    }),
  );
  const shown = verdicts.flatMap((verdict, index) => {
    if (verdict === null) return [];
    const { severity, direction, line, column, message, differences } = verdict;
    const path = sourceOf(direction, files[index])?.path ?? report.migrations[index]?.name ?? '';
    const location = artifact(path, folder);
    const region = { startLine: line, startColumn: column, endLine: line, endColumn: column };
    return [
      {
        ruleId: shadowRun.id,
        ruleIndex: indexOf.get(shadowRun.id) ?? -1,
        level: levels[severity],
        message: { text: [message, differences.join(', ')].filter(Boolean).join(': ') },
        locations: [{ physicalLocation: { artifactLocation: location, region } }],
        partialFingerprints: { 'lockstepFinding/v1': fingerprint(shadowRun.id, location.uri, '') },
      },
    ];
  });
  const all = [...results, ...shown];
  const kept = accepted(all);
  const leftOut = all.length - kept.length;
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: { name: 'Lockstep', semanticVersion: version, rules: descriptors },
          },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: { '%SRCROOT%': { uri: `${pathToFileURL(folder).href}/` } },
          automationDetails: { id: 'lockstep-validate/' },
          ...(leftOut === 0 ? {} : { invocations: [partly(leftOut)] }),
          results: kept,
        },
      ],
    },
    null,
    2,
  );
}
