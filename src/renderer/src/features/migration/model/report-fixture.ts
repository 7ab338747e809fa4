import type { LockMode } from '../../../../../engine/sql/lock-mode.ts';
import type { Finding, MigrationReport, StatementReport } from '../../../../../engine/validate/report.ts';

/** A statement report with nothing special about it; for tests. */
export const statementOf = (kind: string, text: string, more: Partial<StatementReport> = {}): StatementReport => ({
  direction: 'up',
  index: 0,
  text,
  line: 1,
  column: 1,
  kind,
  objects: [{ schema: 'app', name: 'users' }],
  effects: { locks: [], rewrites: [], scans: [], transaction: 'allowed' },
  estimate: { duration: '<1s', basis: '' },
  dataLoss: 'none',
  reversible: 'exact',
  ...more,
});

/** Numbers statements of one direction in order; for tests. */
export const inDirection = (
  direction: 'up' | 'down',
  ...statements: readonly StatementReport[]
): readonly StatementReport[] => statements.map((statement, index) => ({ ...statement, direction, index }));

/** The lock of one relation; for tests. */
export const lockOf = (mode: LockMode, relation = 'app.users') => ({ relation, mode, blocks: 'reads and writes' });

/** A finding; for tests. */
export const findingOf = (severity: Finding['severity'], more: Partial<Finding> = {}): Finding => ({
  rule: 'require-concurrent-index-creation',
  category: 'locking',
  severity,
  direction: 'up',
  statement: 0,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 10,
  message: 'Creating the index blocks writes.',
  why: 'Writes wait.',
  instead: 'Create it concurrently.',
  evidence: {},
  fix: null,
  ...more,
});

/** A report of these statements and findings; for tests. */
export const reportOf = (
  statements: readonly StatementReport[],
  findings: readonly Finding[] = [],
): MigrationReport => ({
  name: 'm',
  files: { up: null, down: null },
  statements,
  findings,
  notChecked: [],
  shadow: null,
});
