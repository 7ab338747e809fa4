import type { Finding } from '../../../../../engine/validate/report.ts';

/** True for a finding that says the text is not SQL at all; every other finding is about SQL that was read. */
export const isSyntaxError = ({ rule }: Pick<Finding, 'rule'>): boolean => rule === 'syntax-error';
