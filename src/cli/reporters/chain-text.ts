import type { EndComparison } from '../../engine/shadow/compare-end.ts';
import type { ChainLink } from '../../engine/shadow/shadow-chain.ts';
import { diffText } from './diff-text.ts';
import { shadowText } from './shadow-text.ts';

/** What a chain's end was compared with; `found` is null when the end was not reached. */
export type ComparedEnd = {
  readonly sides: readonly [folder: string, database: string];
  readonly found: EndComparison | null;
};

function endText({ sides, found }: ComparedEnd, colour: boolean): string {
  const [folder, database] = sides;
  if (found === null) return `${folder} was not compared with ${database}: not every up ran`;
  const { differences, groups, candidates, ledgers, ignored } = found;
  const objects = groups.length === 1 ? '1 object' : `${groups.length} objects`;
  return [
    groups.length === 0 ? `${folder} and ${database} agree.` : `${folder} and ${database} disagree on ${objects}.`,
    ...ledgers.map((ledger) => `  left out: ${ledger}, where a migration tool writes down what it applied`),
    ...(groups.length === 0 ? [] : [diffText({ differences, groups, candidates, sides, ignored }, colour)]),
  ].join('\n');
}

/** The proofs of a folder for a person, and what its end and a database disagree on. */
export const chainText = (links: readonly ChainLink[], end: ComparedEnd | undefined, colour: boolean): string =>
  [
    ...links.map(({ name, result }) => `${name}\n${shadowText(result)}`),
    ...(end === undefined ? [] : [endText(end, colour)]),
  ].join('\n\n');

/** The same comparison as data, as `diff` prints one. */
export function endReport({ sides, found }: ComparedEnd): unknown {
  if (found === null) return { comparedWith: sides[1], equal: null };
  const { differences, candidates, ledgers } = found;
  return {
    comparedWith: sides[1],
    equal: differences.length === 0,
    differences,
    renameCandidates: candidates,
    ledgers,
  };
}
