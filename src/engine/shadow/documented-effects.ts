import type { Catalog } from '../catalog/catalog.ts';
import { effectsOf } from '../sql/effects.ts';
import type { Statement } from '../sql/parser.ts';
import type { Observation } from './observe-relations.ts';

/** What the manual says of statements whose locks one session cannot observe. */
export type DocumentedEffects = {
  readonly isForbiddenInTransaction: (statement: Statement) => boolean;
  readonly of: (statement: Statement) => Observation;
};

/** The documented effects in front of a catalog. */
export function documentedEffects(catalog: Catalog, serverVersion: number): DocumentedEffects {
  return {
    isForbiddenInTransaction: (statement) =>
      effectsOf(statement, { catalog, serverVersion }).transaction === 'forbidden',
    of(statement) {
      const { locks, rewrites, scans } = effectsOf(statement, { catalog, serverVersion });
      return { locks: locks.map(({ relation, mode }) => ({ relation, mode })), rewrites, scans };
    },
  };
}
