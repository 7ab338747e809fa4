import type { Catalog } from './catalog.ts';
import { type CatalogObject, catalogObjects, graphObjectOf, objectId } from './catalog-objects.ts';
import { compareCatalogs } from './compare.ts';
import { definitionText } from './definition-text.ts';
import { pathOf } from './dependency-graph.ts';
import { type CausedDifference, type DifferenceGroup, groupDifferences } from './group-differences.ts';
import type { Ignorable } from './ignorable.ts';
import { type RenameCandidate, renameCandidates } from './rename-candidates.ts';

/** An object of two catalogs that is not the same in both, with all that differs in it. */
export type ComparedObject = {
  /** Dotted path in the second catalog, or in the first where the second has no such object. */
  readonly object: string;
  readonly kind: string;
  /** `renamed` is one that went and one that came, so alike that they may be the same. */
  readonly change: 'added' | 'removed' | 'changed' | 'renamed';
  /** Its id in the second catalog, as `objectId` gives it; null where that has no such object. */
  readonly id: string | null;
  /** What may have been renamed: the object itself, or what belongs to it. */
  readonly renames: readonly RenameCandidate[];
  readonly differences: readonly CausedDifference[];
  /** The statements that make it in the first catalog and in the second; null where it is not. */
  readonly before: string | null;
  readonly after: string | null;
};

/** What two catalogs differ in, object by object in the order of their paths; empty exactly when they are equal. */
export function comparedObjects(
  before: Catalog,
  after: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): readonly ComparedObject[] {
  const groups = groupDifferences(compareCatalogs(before, after, options), before, after);
  const candidates = renameCandidates(before, after, options);
  const [old, now] = [objectsByPath(before), objectsByPath(after)];
  const definition = (catalog: Catalog, object: CatalogObject | null): string | null =>
    object === null ? null : definitionText(catalog, object);
  const whole = new Map(
    groups.flatMap((group) => (wholeChange(group) === null ? [] : [[keyOf(group), group] as const])),
  );
  const renamed = new Map(
    candidates.flatMap((candidate) => {
      const [from, to] = [
        whole.get(keyOf({ ...candidate, object: candidate.from })),
        whole.get(keyOf({ ...candidate, object: candidate.to })),
      ];
      return from === undefined || to === undefined ? [] : [[to, { from, candidate }] as const];
    }),
  );
  const formerOnes = new Set([...renamed.values()].map(({ from }) => from));
  return groups.flatMap((group): readonly ComparedObject[] => {
    if (formerOnes.has(group)) return [];
    const { object, kind } = group;
    const rename = renamed.get(group);
    const was = old(kind, rename?.from.object ?? object);
    const is = now(kind, object);
    const named = is === null ? null : graphObjectOf(is);
    return [
      {
        object,
        kind,
        change: rename === undefined ? (wholeChange(group) ?? 'changed') : 'renamed',
        id: named === null ? null : objectId(named),
        renames: rename === undefined ? renamesIn(group, candidates) : [rename.candidate],
        differences: [...(rename?.from.differences ?? []), ...group.differences],
        before: definition(before, was),
        after: definition(after, is),
      },
    ];
  });
}

const keyOf = ({ kind, object }: { readonly kind: string; readonly object: string }): string => `${kind}\0${object}`;

/** Whether the object of a group came or went as a whole. */
function wholeChange({ object, kind, differences }: DifferenceGroup): 'added' | 'removed' | null {
  for (const { difference } of differences) {
    if (difference.object === object && difference.kind === kind && difference.change !== 'changed') {
      return difference.change;
    }
  }
  return null;
}

/** What may have been renamed among what belongs to an object. */
function renamesIn(group: DifferenceGroup, candidates: readonly RenameCandidate[]): readonly RenameCandidate[] {
  const own = new Set(group.differences.map(({ difference }) => keyOf(difference)));
  return candidates.filter(
    ({ kind, from, to }) => own.has(keyOf({ kind, object: from })) && own.has(keyOf({ kind, object: to })),
  );
}

/** Finds the object of a catalog by the kind and the path that differences have; where kinds are named otherwise, by the path. */
function objectsByPath(catalog: Catalog): (kind: string, path: string) => CatalogObject | null {
  const byKey = new Map<string, CatalogObject>();
  const byPath = new Map<string, CatalogObject>();
  for (const object of new Set(catalogObjects(catalog).values())) {
    const named = graphObjectOf(object);
    if (named === null) continue;
    const path = pathOf(named);
    byKey.set(keyOf({ kind: named.kind, object: path }), object);
    if (!byPath.has(path)) byPath.set(path, object);
  }
  return (kind, path) => byKey.get(keyOf({ kind, object: path })) ?? byPath.get(path) ?? null;
}
