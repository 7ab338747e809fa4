import type { Derivation } from '../../../../../engine/catalog/derivations.ts';
import type { Cardinality } from '../../../../../engine/catalog/relationships.ts';
import type { Point } from './edge-route.ts';

/** An end of a line as path data; `filled` hides what lies under it. */
export type EdgeEnd = { readonly data: string; readonly filled: boolean };

type Side = 'left' | 'right';

const away = (at: Point, side: Side, distance: number): number => at.x + (side === 'right' ? distance : -distance);

/** Crow's foot notation: two bars, circle and bar, or the three toes. */
export function cardinalityEnds(at: Point, side: Side, cardinality: Cardinality): readonly EdgeEnd[] {
  const x = (distance: number): number => away(at, side, distance);
  switch (cardinality) {
    case 'exactly one':
      return [{ data: `M${x(7)} ${at.y - 6}v12M${x(11)} ${at.y - 6}v12`, filled: false }];
    case 'zero or one':
      return [
        { data: `M${x(7)} ${at.y - 6}v12`, filled: false },
        { data: `M${x(14) - 3.5} ${at.y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`, filled: true },
      ];
    case 'many': {
      const toes = `M${at.x} ${at.y - 6}L${x(11)} ${at.y}L${at.x} ${at.y + 6}M${x(15)} ${at.y - 5}v10`;
      return [{ data: toes, filled: false }];
    }
  }
}

/** The triangle of inheritance at the parent, or the open arrow at what a view reads, as in class diagrams. */
export function derivationEnd(at: Point, side: Side, kind: Derivation['kind']): EdgeEnd {
  const far = away(at, side, 11);
  const wings = `M${far} ${at.y - 6}L${at.x} ${at.y}L${far} ${at.y + 6}`;
  return kind === 'inherits' ? { data: `${wings}Z`, filled: true } : { data: wings, filled: false };
}
