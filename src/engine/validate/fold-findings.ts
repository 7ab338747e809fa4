import { grouped } from '../sql/table-index.ts';
import type { Finding } from './report.ts';
import type { Rule } from './rule.ts';

/** A finding with the rule that made it and its place in the file, before folding. */
export type LocatedFinding = {
  readonly rule: Rule;
  readonly start: number;
  readonly end: number;
  readonly finding: Finding;
};

/** A statement that fails for a wrong name is told so once; what it would do otherwise comes second. */
const failures: readonly string[] = ['object-already-exists', 'statement-refused', 'syntax-or-unknown-object'];

const foldsUnder = (rule: Rule, home: Rule): boolean =>
  rule.foldsUnder?.includes(home.id) === true || (failures.includes(home.id) && !failures.includes(rule.id));

/** The statement that a finding is about. */
const placeOf = ({ finding }: LocatedFinding): string => `${finding.direction} ${finding.statement}`;

const overlap = (a: LocatedFinding, b: LocatedFinding): boolean => a.start < b.end && b.start < a.end;

/**
 * Puts findings that another rule explains better under that rule's finding: their messages move into its evidence as
 * `alsoFoundBy`, so that one cause is shown once.
 */
export const foldFindings = (located: readonly LocatedFinding[]): readonly LocatedFinding[] => {
  const ofStatement = grouped(located, (one) => [placeOf(one)]);
  const homeOf = (item: LocatedFinding): LocatedFinding | undefined =>
    ofStatement
      .get(placeOf(item))
      ?.find((other) => other !== item && overlap(item, other) && foldsUnder(item.rule, other.rule));
  /** Follows homes to one that is itself shown; a circle would be a mistake in the rules and ends at its first member. */
  const shownHomeOf = (item: LocatedFinding): LocatedFinding | null => {
    const seen = new Set<LocatedFinding>([item]);
    let home = homeOf(item);
    while (home !== undefined) {
      if (seen.has(home)) return null;
      seen.add(home);
      const next = homeOf(home);
      if (next === undefined) return home;
      home = next;
    }
    return null;
  };
  const guests = new Map<LocatedFinding, LocatedFinding[]>();
  const shown: LocatedFinding[] = [];
  for (const item of located) {
    const home = shownHomeOf(item);
    if (home === null) shown.push(item);
    else guests.set(home, [...(guests.get(home) ?? []), item]);
  }
  return shown.map((item) => {
    const folded = guests.get(item);
    if (folded === undefined) return item;
    const alsoFoundBy = folded.map(({ finding }) => ({ rule: finding.rule, message: finding.message }));
    const { recipe, noRecipe } = folded.find((one) => one.finding.recipe ?? one.finding.noRecipe)?.finding ?? {};
    const offer = recipe === undefined ? (noRecipe === undefined ? {} : { noRecipe }) : { recipe };
    const evidence = { ...item.finding.evidence, alsoFoundBy };
    // What does the cause safely stays with the one finding that is shown of it.
    return { ...item, finding: { ...offer, ...item.finding, evidence } };
  });
};
