import { columnRules } from './column-rules.ts';
import { constraintRules } from './constraint-rules.ts';
import { indexRules } from './index-rules.ts';
import type { Rule } from './rule.ts';
import { tableRules } from './table-rules.ts';

/** Every way to say a change; of two that read the same words, the earlier one is meant. */
export const allRules: readonly Rule[] = [...tableRules, ...indexRules, ...constraintRules, ...columnRules];
