import { tokensOf } from '../sql/tokens.ts';
import { unquoteIdentifier } from '../sql/unquote-identifier.ts';
import { compareText } from './by-name.ts';
import { type CanonicalObject, canonicalForm } from './canonical-form.ts';
import type { Catalog } from './catalog.ts';
import { dependencyGraph, type GraphObject, pathOf } from './dependency-graph.ts';
import type { Difference } from './difference.ts';
import { partsOfPath } from './parts-of-path.ts';

/** A difference with those that it brings about by itself: what PostgreSQL changes or drops along with it. */
export type CausedDifference = { readonly difference: Difference; readonly consequences: readonly Difference[] };

/** The differences of a table, view or other object and of all that belongs to it. */
export type DifferenceGroup = {
  readonly object: string;
  readonly kind: string;
  readonly differences: readonly CausedDifference[];
};

/**
 * Differences as a reader takes them in: by the object they are in or belong to, what follows from another under its
 * cause. A type that changed explains the columns of views that show it and the casts in expressions that use it; a
 * removed table or column explains what was removed because it needs it.
 */
export function groupDifferences(
  differences: readonly Difference[],
  before: Catalog,
  after: Catalog,
): readonly DifferenceGroup[] {
  const objects = new Map<string, CanonicalObject>();
  for (const catalog of [after, before]) {
    for (const object of canonicalForm(catalog)) objects.set(keyOf(object), object);
  }
  const causes = causesOf(differences, objects, before);
  const consequences = new Map<Difference, Difference[]>();
  for (const difference of differences) {
    const cause = causes.get(difference);
    if (cause === undefined) continue;
    const known = consequences.get(cause);
    if (known === undefined) consequences.set(cause, [difference]);
    else known.push(difference);
  }
  const groups = new Map<string, { object: string; kind: string; differences: CausedDifference[] }>();
  for (const difference of differences) {
    if (causes.has(difference)) continue;
    const own = objects.get(keyOf(difference));
    const object = own?.parent ?? difference.object;
    const group = groups.get(object) ?? {
      object,
      kind: relationKind(object, objects) ?? difference.kind,
      differences: [],
    };
    group.differences.push({ difference, consequences: consequences.get(difference) ?? [] });
    groups.set(object, group);
  }
  return [...groups.values()].sort((left, right) => compareText(left.object, right.object));
}

const keyOf = ({ kind, object }: { readonly kind: string; readonly object: string }): string => `${kind}\0${object}`;

const relationKinds = ['table', 'view', 'materialized view'] as const;

const relationKind = (path: string, objects: ReadonlyMap<string, CanonicalObject>): string | undefined =>
  relationKinds.find((kind) => objects.has(keyOf({ kind, object: path })));

/** For each difference that another brings about, that other. */
function causesOf(
  differences: readonly Difference[],
  objects: ReadonlyMap<string, CanonicalObject>,
  before: Catalog,
): ReadonlyMap<Difference, Difference> {
  const causes = differences.filter(isCause);
  const found = new Map<Difference, Difference>();
  if (causes.length === 0) return found;
  const graph = dependencyGraph(before);
  const byObject = new Map<string, Difference[]>();
  for (const difference of differences) {
    const own = objects.get(keyOf(difference));
    // A view's columns are part of the view as far as dependencies go.
    const inView = difference.kind === 'column' && own?.parent != null && relationKind(own.parent, objects) !== 'table';
    const path = inView && own?.parent != null ? own.parent : difference.object;
    byObject.set(path, [...(byObject.get(path) ?? []), difference]);
  }
  for (const cause of causes) {
    for (const { object } of graph.dependentsOf(graphObject(cause, objects), { transitive: true })) {
      for (const difference of byObject.get(pathOf(object)) ?? []) {
        if (difference !== cause && !found.has(difference) && follows(difference, cause)) found.set(difference, cause);
      }
    }
  }
  return new Map(
    [...found.keys()].flatMap((difference) => {
      const root = rootOf(difference, found);
      return root === difference ? [] : [[difference, root] as const];
    }),
  );
}

/** The first of a chain of causes; where two explain each other, the difference itself. */
function rootOf(difference: Difference, causes: ReadonlyMap<Difference, Difference>): Difference {
  const seen = new Set<Difference>();
  let root = difference;
  for (let next: Difference | undefined = root; next !== undefined; next = causes.get(root)) {
    if (seen.has(next)) return difference;
    seen.add(next);
    root = next;
  }
  return root;
}

const isCause = ({ kind, change, attribute }: Difference): boolean =>
  (change === 'removed' && (kind === 'column' || relationKinds.some((each) => each === kind))) ||
  (change === 'changed' && kind === 'column' && (attribute === 'type' || attribute === 'collation'));

function follows(difference: Difference, cause: Difference): boolean {
  if (cause.change === 'removed') return difference.change === 'removed';
  if (difference.change !== 'changed' || difference.before === null || difference.after === null) return false;
  if (difference.kind === 'column') return difference.attribute === cause.attribute;
  return withoutCasts(difference.before) === withoutCasts(difference.after);
}

/** An expression without casts and the brackets around them, which the server sets by the types of columns. */
function withoutCasts(text: string): string {
  const words = tokensOf(text)
    .filter(({ kind }) => kind !== 'space')
    .map(({ start, end }) => text.slice(start, end));
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === ':' && words[at + 1] === ':') at = endOfType(words, at + 2) - 1;
    else if (word !== '(' && word !== ')') kept.push(word);
  }
  return kept.join(' ');
}

/** Where the type ends that begins at a word: names with dots, then what they are modified with. */
function endOfType(words: readonly string[], from: number): number {
  let at = from;
  while (/^[a-z_".]/.test(words[at] ?? '')) at += 1;
  if (words[at] === '(' && /^\d+$/.test(words[at + 1] ?? '')) at = words.indexOf(')', at) + 1;
  // What follows a modifier: `timestamp(3) without time zone`.
  while (/^[a-z]/.test(words[at] ?? '')) at += 1;
  while (words[at] === '[' || words[at] === ']') at += 1;
  return at;
}

/** The object of a difference in the words of the graph. */
function graphObject({ kind, object }: Difference, objects: ReadonlyMap<string, CanonicalObject>): GraphObject {
  const parts = partsOfPath(object);
  const [schema = '', ...rest] = parts;
  const member = objects.get(keyOf({ kind, object }))?.parent != null;
  return { kind, schema: unquoteIdentifier(schema), name: member ? rest.join('.') : unquoteIdentifier(rest.join('.')) };
}
