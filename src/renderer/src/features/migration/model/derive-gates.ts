import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import type { Finding, MigrationReport } from '../../../../../engine/validate/report.ts';
import type { LockstepError } from '../../../../../shared/errors.ts';
import type { GateState } from '../../../components/gate.tsx';
import { countOf } from '../../schema/quantities.ts';
import { isSyntaxError } from './is-syntax-error.ts';

export type Gate = {
  readonly id: 'parsed' | 'rules' | 'shadow' | 'reviewed';
  readonly state: GateState;
  readonly text: string;
};

/** Everything that the gates depend on. Times are already in words. */
export type GateInput = {
  /** Newest saved version, or null before the first. */
  readonly version: number | null;
  /** True when there is SQL to look at. */
  readonly hasText: boolean;
  /** True when the text in the editors is not the saved one. */
  readonly edited: boolean;
  /** The newest report, and whether it is about the text in the editors. */
  readonly validation: { readonly report: MigrationReport; readonly current: boolean } | null;
  readonly validating: boolean;
  readonly validationError: LockstepError | null;
  /** The newest shadow run, and whether it is about the saved version. */
  readonly shadow: { readonly report: ShadowRunReport; readonly current: boolean; readonly at: string } | null;
  /** What the running shadow run does now, or null. */
  readonly shadowProgress: string | null;
  readonly shadowError: LockstepError | null;
  readonly reviewedAt: string | null;
};

/** The four gates and the one sentence about what stops the export. */
export type Gates = {
  readonly gates: readonly Gate[];
  readonly ready: boolean;
  /** First the verdict, then the reason, together one sentence. */
  readonly verdict: string;
  readonly reason: string;
  /** Why the export button is locked, or null. */
  readonly exportLocked: string | null;
  /** Why the review button is locked, or null. */
  readonly reviewLocked: string | null;
};

const syntaxErrors = (report: MigrationReport): number =>
  report.findings.filter((finding) => finding.severity === 'error' && isSyntaxError(finding)).length;

const ofSeverity = (report: MigrationReport, severity: Finding['severity']): number =>
  report.findings.filter((finding) => finding.severity === severity && !isSyntaxError(finding)).length;

function parsedGate(input: GateInput): Gate {
  const { validation, validationError, hasText } = input;
  if (!hasText) return { id: 'parsed', state: 'not-yet', text: 'Parsed: no SQL yet' };
  if (validationError?.code === 'sql.syntax')
    return { id: 'parsed', state: 'error', text: `Not SQL: line ${validationError.line}` };
  if (!validation) {
    if (validationError) return { id: 'parsed', state: 'could-not-run', text: 'Parsed: could not run' };
    return {
      id: 'parsed',
      state: input.validating ? 'running' : 'not-yet',
      text: input.validating ? 'Parsing' : 'Parsed: not yet',
    };
  }
  const errors = syntaxErrors(validation.report);
  if (errors > 0) return { id: 'parsed', state: 'error', text: `Not SQL: ${countOf(errors, 'error')}` };
  return {
    id: 'parsed',
    state: validation.current ? 'passed' : 'stale',
    text: validation.current ? 'Parsed' : 'Parsed: stale',
  };
}

function rulesGate({ validation, validating, validationError, hasText }: GateInput): Gate {
  if (!validation || !hasText) {
    const failed = validationError !== null && validationError.code !== 'sql.syntax' && hasText;
    if (failed) return { id: 'rules', state: 'could-not-run', text: 'Rules: could not run' };
    return {
      id: 'rules',
      state: validating ? 'running' : 'not-yet',
      text: validating ? 'Rules: checking' : 'Rules: not yet',
    };
  }
  if (!validation.current) return { id: 'rules', state: 'stale', text: 'Rules: stale, SQL changed' };
  if (syntaxErrors(validation.report) > 0) return { id: 'rules', state: 'not-yet', text: 'Rules: wait for SQL' };
  const errors = ofSeverity(validation.report, 'error');
  const warnings = ofSeverity(validation.report, 'warning');
  if (errors > 0) return { id: 'rules', state: 'error', text: `Rules: ${countOf(errors, 'error')}` };
  if (warnings > 0) return { id: 'rules', state: 'warning', text: `Rules: ${countOf(warnings, 'warning')}` };
  const notes = ofSeverity(validation.report, 'info');
  return { id: 'rules', state: 'passed', text: notes > 0 ? `Rules: ${countOf(notes, 'note')}` : 'Rules: no findings' };
}

/** What rows and queries suffer from a migration that works on an empty copy, in words. */
function pointsOfRows({ data, queries }: ShadowRunReport): readonly string[] {
  return [
    ...((data?.lost ?? []).length > 0 ? ['down does not bring all values back'] : []),
    ...((queries?.broken ?? []).length > 0 ? ['known queries break'] : []),
    ...((data?.wouldFail ?? []).length > 0 ? ['it fails on rows that the catalog allows'] : []),
    ...(data?.stoppedAt ? ['it could not be tried with rows'] : []),
  ];
}

function shadowGate({ shadow, shadowProgress, shadowError, edited }: GateInput): Gate {
  if (shadowProgress !== null) return { id: 'shadow', state: 'running', text: `Shadow run: ${shadowProgress}` };
  if (shadowError && shadowError.code !== 'cancelled')
    return { id: 'shadow', state: 'could-not-run', text: 'Shadow run: could not run' };
  if (!shadow) return { id: 'shadow', state: 'not-yet', text: 'Shadow run: not yet' };
  if (edited || !shadow.current) return { id: 'shadow', state: 'stale', text: 'Shadow run: stale, SQL changed' };
  if (shadow.report.unproved !== undefined)
    return { id: 'shadow', state: 'could-not-run', text: 'Shadow run: the shadow lacks an extension' };
  const failed = shadow.report.statements.some((statement) => statement.error !== null);
  if (failed) return { id: 'shadow', state: 'error', text: `Shadow run: failed ${shadow.at}` };
  if (!shadow.report.restored) return { id: 'shadow', state: 'error', text: 'Shadow run: down does not restore' };
  const [point] = pointsOfRows(shadow.report);
  if (point !== undefined) return { id: 'shadow', state: 'warning', text: `Shadow run: ${point}` };
  if (shadow.report.clone.fidelity === 'partial')
    return { id: 'shadow', state: 'warning', text: `Shadow run: passed on a partial copy ${shadow.at}` };
  return { id: 'shadow', state: 'passed', text: `Shadow run: passed ${shadow.at}` };
}

function reviewedGate({ reviewedAt, edited }: GateInput): Gate {
  if (reviewedAt === null) return { id: 'reviewed', state: 'not-yet', text: 'Reviewed: not yet' };
  if (edited) return { id: 'reviewed', state: 'stale', text: 'Reviewed: stale, SQL changed' };
  return { id: 'reviewed', state: 'passed', text: `Reviewed ${reviewedAt}` };
}

/** What is still missing before anybody can review, or null; the first missing thing only. */
function beforeReview(input: GateInput, [parsed, rules, shadow]: readonly [Gate, Gate, Gate]): string | null {
  if (!input.hasText) return 'there is no SQL yet';
  if (parsed.state === 'error') return 'the SQL cannot be parsed';
  if (input.edited) return 'the SQL has changed and is not saved yet';
  if (parsed.state !== 'passed' || rules.state === 'not-yet' || rules.state === 'running' || rules.state === 'stale')
    return 'this SQL has not been validated';
  if (shadow.state === 'running') return 'the shadow run is still going';
  if (shadow.state === 'not-yet') return 'nobody has run it on a shadow database';
  if (shadow.state === 'stale') return 'the shadow run is older than the SQL';
  return null;
}

/** What the reviewer has to accept with open eyes, in words. */
export function openPoints(input: GateInput): readonly string[] {
  const points: string[] = [];
  const report = input.validation?.report;
  const errors = report ? ofSeverity(report, 'error') : 0;
  const warnings = report ? ofSeverity(report, 'warning') : 0;
  if (errors > 0) points.push(`${countOf(errors, 'error')} of the rules`);
  if (warnings > 0) points.push(countOf(warnings, 'warning'));
  if (input.shadowError && input.shadowError.code !== 'cancelled')
    points.push('no proof: the shadow run could not run');
  else if (input.shadow?.report.statements.some((statement) => statement.error !== null))
    points.push('a statement failed on the shadow database');
  else if (input.shadow && !input.shadow.report.restored) points.push('down does not restore the baseline');
  if (input.shadow) points.push(...pointsOfRows(input.shadow.report));
  return points;
}

/** The same points one by one, as the reviewer ticks them: each error and warning with its own words. */
export function reviewPoints(input: GateInput): readonly string[] {
  const findings = (input.validation?.report.findings ?? []).filter(
    (finding) => finding.severity !== 'info' && !isSyntaxError(finding),
  );
  const others = openPoints(input).filter((point) => !/^\d/.test(point));
  return [
    ...new Set([
      ...findings.map(
        ({ severity, message, direction, line }) =>
          `${severity === 'error' ? 'Error' : 'Warning'} in ${direction}, line ${line}: ${message}`,
      ),
      ...others.map((point) => point.charAt(0).toUpperCase() + point.slice(1)),
    ]),
  ];
}

/** Works out the gates; later gates go stale as soon as the SQL differs from what they have seen. */
export function deriveGates(input: GateInput): Gates {
  const gates = [parsedGate(input), rulesGate(input), shadowGate(input)] as const;
  const reviewed = reviewedGate(input);
  const missing = beforeReview(input, gates);
  const version = input.version ?? 1;
  const open = openPoints(input);
  const common = { gates: [...gates, reviewed] };
  if (missing !== null) {
    return {
      ...common,
      ready: false,
      verdict: 'Not ready to export:',
      reason: `${missing}.`,
      exportLocked: `Not ready: ${missing}`,
      reviewLocked: `Not ready for review: ${missing}`,
    };
  }
  if (reviewed.state !== 'passed') {
    const rest = open.length > 0 ? `; still open: ${open.join(', ')}` : '';
    return {
      ...common,
      ready: false,
      verdict: 'Not ready to export:',
      reason: `nobody has reviewed version ${version}${rest}.`,
      exportLocked: `Nobody has reviewed version ${version}`,
      reviewLocked: null,
    };
  }
  return {
    ...common,
    ready: true,
    verdict: 'Ready to export:',
    reason:
      open.length > 0
        ? `version ${version} was reviewed, accepting ${open.join(', ')}.`
        : `version ${version} passed every gate.`,
    exportLocked: null,
    reviewLocked: `Version ${version} is reviewed`,
  };
}
