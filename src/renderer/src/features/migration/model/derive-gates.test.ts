import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../engine/validate/report.ts';
import { deriveGates, type GateInput, openPoints, reviewPoints } from './derive-gates.ts';
import { findingOf, reportOf, statementOf } from './report-fixture.ts';
import { shadowReportOf } from './shadow-fixture.ts';

const fresh: GateInput = {
  version: null,
  hasText: false,
  edited: false,
  validation: null,
  validating: false,
  validationError: null,
  shadow: null,
  shadowProgress: null,
  shadowError: null,
  reviewedAt: null,
};
const clean = reportOf([statementOf('AlterTable.AddColumn', 'alter table users add a int')]);
const proved: GateInput = {
  ...fresh,
  version: 4,
  hasText: true,
  validation: { report: clean, current: true },
  shadow: { report: shadowReportOf(), current: true, at: '14:02' },
};
const stateOf = (input: GateInput, id: string) => deriveGates(input).gates.find((gate) => gate.id === id)?.state;

describe('deriveGates', () => {
  it('starts with nothing done and says so in one sentence', () => {
    const { gates, reason, ready } = deriveGates(fresh);
    expect(gates.map((gate) => gate.state)).toEqual(['not-yet', 'not-yet', 'not-yet', 'not-yet']);
    expect(reason).toBe('there is no SQL yet.');
    expect(ready).toBe(false);
  });

  it('asks for the review when everything else has passed', () => {
    const { reason, exportLocked, reviewLocked } = deriveGates(proved);
    expect(reason).toBe('nobody has reviewed version 4.');
    expect(exportLocked).toBe('Nobody has reviewed version 4');
    expect(reviewLocked).toBeNull();
  });

  it('leaves what rows and queries suffer to the reviewer, and is not green', () => {
    const data = { rowsSeeded: 12, lost: [{ table: 'app.users', column: 'flag', rows: 12 }] };
    const broken = [{ source: 'view' as const, query: 'select id from app.v', error: 'relation does not exist' }];
    const report = shadowReportOf({ data, queries: { checked: 1, broken } });
    const input = { ...proved, shadow: { report, current: true, at: '14:02' } };
    expect(deriveGates(input).gates.find(({ id }) => id === 'shadow')).toEqual({
      id: 'shadow',
      state: 'warning',
      text: 'Shadow run: down does not bring all values back',
    });
    expect(reviewPoints(input)).toEqual(['Down does not bring all values back', 'Known queries break']);
  });

  it('is ready after the review', () => {
    expect(deriveGates({ ...proved, reviewedAt: '14:05' })).toMatchObject({
      ready: true,
      exportLocked: null,
      reason: 'version 4 passed every gate.',
    });
  });

  it('stales every later gate when the SQL changes', () => {
    const edited = { ...proved, reviewedAt: '14:05', edited: true, validation: { report: clean, current: false } };
    expect(deriveGates(edited).gates.map((gate) => gate.state)).toEqual(['stale', 'stale', 'stale', 'stale']);
    expect(deriveGates(edited).reason).toBe('the SQL has changed and is not saved yet.');
  });

  it('keeps a shadow run of an older version as stale, never as passed', () => {
    const older = { ...proved, shadow: { report: shadowReportOf(), current: false, at: '13:00' } };
    expect(stateOf(older, 'shadow')).toBe('stale');
    expect(deriveGates(older).reason).toBe('the shadow run is older than the SQL.');
  });

  it('passes with notes, but does not say that nothing was found', () => {
    const rules = (findings: readonly Finding[]) =>
      deriveGates({ ...proved, validation: { report: reportOf([], findings), current: true } }).gates[1];
    expect(rules([])).toMatchObject({ state: 'passed', text: 'Rules: no findings' });
    expect(rules([findingOf('info')])).toMatchObject({ state: 'passed', text: 'Rules: 1 note' });
  });

  it('lets a reviewer accept findings, and names them', () => {
    const found = { ...proved, validation: { report: reportOf([], [findingOf('warning')]), current: true } };
    expect(stateOf(found, 'rules')).toBe('warning');
    expect(deriveGates(found).reason).toBe('nobody has reviewed version 4; still open: 1 warning.');
    expect(deriveGates({ ...found, reviewedAt: '14:05' }).reason).toBe('version 4 was reviewed, accepting 1 warning.');
    const two = {
      ...proved,
      validation: { report: reportOf([], [findingOf('error'), findingOf('error')]), current: true },
    };
    expect(deriveGates(two).reason).toBe('nobody has reviewed version 4; still open: 2 errors of the rules.');
  });

  it('gives the reviewer every point to tick in its own words', () => {
    const found = {
      ...proved,
      validation: { report: reportOf([], [findingOf('error'), findingOf('info')]), current: true },
      shadow: { report: shadowReportOf({ restored: false }), current: true, at: '14:02' },
    };
    expect(reviewPoints(found)).toEqual([
      'Error in up, line 1: Creating the index blocks writes.',
      'Down does not restore the baseline',
    ]);
  });

  it('counts a name that does not exist as a finding about SQL that was read', () => {
    const input = {
      ...proved,
      validation: { report: reportOf([], [findingOf('error', { rule: 'syntax-or-unknown-object' })]), current: true },
    };
    expect(stateOf(input, 'parsed')).toBe('passed');
    expect(deriveGates(input).gates.find(({ id }) => id === 'rules')?.text).toBe('Rules: 1 error');
  });

  it('does not count a syntax error as a finding of the rules, and stops there', () => {
    const broken = {
      ...proved,
      validation: { report: reportOf([], [findingOf('error', { rule: 'syntax-error' })]), current: true },
    };
    expect(stateOf(broken, 'parsed')).toBe('error');
    expect(stateOf(broken, 'rules')).toBe('not-yet');
    expect(deriveGates(broken).reviewLocked).toBe('Not ready for review: the SQL cannot be parsed');
  });

  it('is never green when down does not restore or a statement failed', () => {
    const differs = { ...proved, shadow: { report: shadowReportOf({ restored: false }), current: true, at: '14:02' } };
    expect(stateOf(differs, 'shadow')).toBe('error');
    expect(openPoints(differs)).toEqual(['down does not restore the baseline']);
  });

  it('shows amber, not green, when the shadow run could not run', () => {
    const unable = { ...proved, shadow: null, shadowError: { code: 'shadow.unavailable', reason: 'no room' } as const };
    expect(stateOf(unable, 'shadow')).toBe('could-not-run');
    expect(openPoints(unable)).toEqual(['no proof: the shadow run could not run']);
  });

  it('forgets a cancelled run', () => {
    expect(stateOf({ ...proved, shadow: null, shadowError: { code: 'cancelled' } }, 'shadow')).toBe('not-yet');
  });

  it('says what is running', () => {
    expect(deriveGates({ ...proved, shadowProgress: 'down, 2 of 3' }).gates[2]).toEqual({
      id: 'shadow',
      state: 'running',
      text: 'Shadow run: down, 2 of 3',
    });
  });
});
