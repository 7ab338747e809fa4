import type { MigrationFiles } from '../../adapters/files/read-migrations.ts';
import type { Finding, ValidationReport } from '../../engine/validate/report.ts';
import { type FailOn, reaches } from '../fail-on.ts';
import { shadowVerdict } from '../shadow-verdict.ts';

const characters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0, which has no way to write control characters: they become a question mark in a box. */
const xml = (text: string): string =>
  text
    .replace(/[&<>"]/g, (character) => characters[character] ?? character)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');

/**
 * A validation report as JUnit XML: a suite for each migration, a failed case for each finding that reaches the
 * threshold, a passed one with its text for each lesser finding, and one passed case where nothing was found.
 */
export function validationJunit(report: ValidationReport, files: readonly MigrationFiles[], failOn: FailOn): string {
  const fails = ({ severity }: Finding): boolean => reaches(severity, failOn);
  let total = 0;
  let failed = 0;
  const suites = report.migrations.map((migration, index) => {
    const cases = migration.findings.map((finding) => {
      const path = files[index]?.[finding.direction]?.path ?? finding.direction;
      const place = `${path}:${finding.line}:${finding.column}`;
      const open = `    <testcase classname="${xml(migration.name)}" name="${xml(`${finding.rule} at ${place}`)}" file="${xml(path)}">`;
      const text = xml(`${place} ${finding.severity}\n${finding.message}\n${finding.why}\nInstead: ${finding.instead}`);
      const body = fails(finding)
        ? `<failure type="${xml(finding.rule)}" message="${xml(finding.message)}">${text}</failure>`
        : `<system-out>${text}</system-out>`;
      return `${open}${body}</testcase>`;
    });
    const { shadow } = migration;
    const verdict = shadow === null ? null : shadowVerdict(shadow);
    if (shadow !== null) {
      const open = `    <testcase classname="${xml(migration.name)}" name="shadow run">`;
      cases.push(
        verdict === null
          ? `${open}</testcase>`
          : verdict.severity === 'error'
            ? `${open}<failure type="shadow-run" message="${xml(verdict.message)}">${xml(verdict.differences.join('\n'))}</failure></testcase>`
            : `${open}<system-out>${xml(verdict.message)}</system-out></testcase>`,
      );
    }
    if (cases.length === 0) cases.push(`    <testcase classname="${xml(migration.name)}" name="nothing found" />`);
    const failures = migration.findings.filter(fails).length + (verdict?.severity === 'error' ? 1 : 0);
    total += cases.length;
    failed += failures;
    return [
      `  <testsuite name="${xml(migration.name)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lockstep validate" tests="${total}" failures="${failed}" errors="0" skipped="0">`,
    ...suites,
    '</testsuites>',
  ].join('\n');
}
