import * as z from 'zod';
import { compareText } from './by-name.ts';
import type { CanonicalObject } from './canonical-form.ts';
import type { Catalog } from './catalog.ts';
import { matchCatalogs } from './compare.ts';
import type { Ignorable } from './ignorable.ts';
import { likenessOf, type Trait, traitsOf } from './likeness.ts';
import { partsOfPath } from './parts-of-path.ts';

/**
 * An object that went and one that came, so alike that it may be one that was renamed. Both stay differences of their
 * own: only who renamed it knows.
 */
export const renameCandidateSchema = z.object({
  kind: z.string(),
  /** Dotted path of what went. */
  from: z.string(),
  /** Dotted path of what came. */
  to: z.string(),
  /** From 0, nothing in common, to 1, only the name differs. */
  likeness: z.number(),
  /** What speaks for it, in words. */
  evidence: z.array(z.string()),
});
export type RenameCandidate = Readonly<z.infer<typeof renameCandidateSchema>>;

/** How much two objects must have in common; those that are a text share many words with any other text. */
const enough = (kind: string): number => (textKinds.has(kind) ? 0.7 : 0.5);
const textKinds: ReadonlySet<string> = new Set(['view', 'materialized view', 'function', 'procedure', 'aggregate']);

/** A trait that more objects than this share tells nothing, and pairing all of them would take too long. */
const mostOwners = 24;

/**
 * Pairs of what went and what came from `before` to `after` that look like one object with a new name or in another
 * schema, most alike first; each object in one pair at most. Pairs are sought among objects of one kind, those of a table
 * only within the table.
 */
export function renameCandidates(
  before: Catalog,
  after: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): readonly RenameCandidate[] {
  const matched = matchCatalogs(before, after, options);
  const removed = matched.removed.filter(hasName);
  const added = matched.added.filter(hasName);
  if (removed.length === 0 || added.length === 0) return [];
  const [members, membersNow] = [membersOf(matched.before, removed), membersOf(matched.after, added)];
  const now = added.map((object) => describe(object, membersNow, new Map()));
  const carriers = pairsOf(
    removed.filter(isNamedByOthers).map((object) => describe(object, members, new Map())),
    now.filter(({ object }) => isNamedByOthers(object)),
  );
  // What uses a table or a column names it: such names are read as the new ones before the rest is compared.
  const renamed = new Map(
    carriers.map(({ from, to }) => [partsOfPath(from).at(-1) ?? from, partsOfPath(to).at(-1) ?? to]),
  );
  const rest = pairsOf(
    removed.filter((object) => !isNamedByOthers(object)).map((object) => describe(object, members, renamed)),
    now.filter(({ object }) => !isNamedByOthers(object)),
  );
  return [...carriers, ...rest].sort(
    (left, right) =>
      right.likeness - left.likeness || compareText(left.kind, right.kind) || compareText(left.from, right.from),
  );
}

type Described = { readonly object: CanonicalObject; readonly traits: ReadonlyMap<string, Trait> };

/** False for the privileges on an object. */
const hasName = ({ kind }: CanonicalObject): boolean => !kind.startsWith('privileges');

const isNamedByOthers = ({ kind }: CanonicalObject): boolean => kind === 'table' || kind === 'column';

/** By relation, what belongs to those relations that the objects are or belong to. */
function membersOf(
  all: readonly CanonicalObject[],
  objects: readonly CanonicalObject[],
): ReadonlyMap<string, readonly CanonicalObject[]> {
  const members = new Map<string, CanonicalObject[]>(objects.map(({ object, parent }) => [parent ?? object, []]));
  for (const each of all) if (each.parent !== null) members.get(each.parent)?.push(each);
  return members;
}

const describe = (
  object: CanonicalObject,
  members: ReadonlyMap<string, readonly CanonicalObject[]>,
  renamed: ReadonlyMap<string, string>,
): Described => ({
  object,
  traits: traitsOf(object, members.get(object.parent ?? object.object) ?? [], (name) => renamed.get(name) ?? name),
});

function pairsOf(old: readonly Described[], now: readonly Described[]): readonly RenameCandidate[] {
  const place = ({ kind, parent }: CanonicalObject): string => `${kind}\0${parent ?? ''}`;
  const owners = new Map<string, Described[]>();
  for (const each of now) {
    for (const trait of each.traits.keys()) {
      const key = `${place(each.object)}\0${trait}`;
      const known = owners.get(key);
      if (known === undefined) owners.set(key, [each]);
      else known.push(each);
    }
  }
  const found: {
    readonly from: Described;
    readonly to: Described;
    readonly likeness: number;
    readonly evidence: readonly string[];
  }[] = [];
  for (const from of old) {
    const alike = new Set<Described>();
    for (const trait of from.traits.keys()) {
      const sharing = owners.get(`${place(from.object)}\0${trait}`) ?? [];
      if (sharing.length <= mostOwners) for (const each of sharing) alike.add(each);
    }
    for (const to of alike) {
      const { likeness, evidence } = likenessOf(from.traits, to.traits);
      if (likeness >= enough(from.object.kind)) found.push({ from, to, likeness, evidence });
    }
  }
  found.sort(
    (left, right) =>
      right.likeness - left.likeness ||
      compareText(left.from.object.object, right.from.object.object) ||
      compareText(left.to.object.object, right.to.object.object),
  );
  const taken = new Set<Described>();
  return found.flatMap(({ from, to, likeness, evidence }): RenameCandidate[] => {
    if (taken.has(from) || taken.has(to)) return [];
    taken.add(from).add(to);
    const { kind, object } = from.object;
    return [
      { kind, from: object, to: to.object.object, likeness: Math.round(likeness * 100) / 100, evidence: [...evidence] },
    ];
  });
}
