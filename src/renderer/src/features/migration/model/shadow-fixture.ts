import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';

/** A shadow run that passed; for tests. */
export const shadowReportOf = (more: Partial<ShadowRunReport> = {}): ShadowRunReport => ({
  version: 1,
  shadow: { kind: 'embedded', version: 180006 },
  clone: { ms: 410, fidelity: 'exact', differences: [], stubbed: [] },
  steps: [
    { name: 'baseline', fingerprint: '9c41e7b2', equalTo: null, ms: 0 },
    { name: 'up', fingerprint: '5f08a13d', equalTo: null, ms: 502 },
    { name: 'down', fingerprint: '9c41e7b2', equalTo: 'baseline', ms: 7 },
    { name: 'up-again', fingerprint: '5f08a13d', equalTo: 'up', ms: 498 },
  ],
  restored: true,
  columnOrder: 'same',
  differences: [],
  statements: [],
  data: null,
  queries: null,
  elapsedMs: 1400,
  ...more,
});
