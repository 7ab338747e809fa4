import type { PartitionBoundSpec } from '@pgsql/types';
import type { Simulation } from './simulation.ts';

/** Where the last of `groups` pairs of brackets ends; the whole length when they do not. */
function endOfGroups(text: string, groups: number): number {
  let depth = 0;
  let closed = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (text[at] === ')' && depth === 0) closed += 1;
    if (closed === groups) return at + 1;
  }
  return text.length;
}

/** A bound as `pg_get_expr` says it, but for the form of its constants: `DEFAULT` or `FOR VALUES …`. */
export function partitionBoundText(simulation: Simulation, bound: PartitionBoundSpec | undefined): string {
  if (bound?.is_default === true) return 'DEFAULT';
  const text = simulation.source.element(bound?.location);
  return `FOR VALUES ${text.slice(0, endOfGroups(text, bound?.strategy === 'r' ? 2 : 1))}`;
}
