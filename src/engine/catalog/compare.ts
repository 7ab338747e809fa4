import { attributeChanges } from './attribute-changes.ts';
import { compareText } from './by-name.ts';
import { type CanonicalObject, canonicalForm } from './canonical-form.ts';
import { columnOrderAttribute } from './canonical-shapes.ts';
import type { Catalog } from './catalog.ts';
import type { Difference } from './difference.ts';
import type { Ignorable } from './ignorable.ts';

/** What two catalogs have in one only, and what both have. */
export type Matched = {
  /** All that each of them has. */
  readonly before: readonly CanonicalObject[];
  readonly after: readonly CanonicalObject[];
  /** Without what belongs to a table or view that went too. */
  readonly removed: readonly CanonicalObject[];
  /** Without what belongs to a table or view that came too. */
  readonly added: readonly CanonicalObject[];
  readonly kept: readonly (readonly [before: CanonicalObject, after: CanonicalObject])[];
};

/**
 * What differs from `before` to `after`: what belongs to a table right after the table, in a stable order. Empty exactly
 * when the fingerprints with the same `ignore` are equal. An object that comes or goes is one difference; what belongs to
 * it is not listed again. Each attribute that changed is a difference of its own, down to the clause of a definition, the
 * label of an enum and the option of a table.
 */
export function compareCatalogs(
  before: Catalog,
  after: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): Difference[] {
  const { removed, added, kept, ...all } = matchCatalogs(before, after, options);
  const changed = kept.filter(([was, is]) => !sameAttributes(was, is));
  const written = writtenForms(changed, before, after, options.ignore ?? []);
  return [
    ...removed.map(
      (was): Difference => ({ ...naming(was), change: 'removed', before: summary(was, all.before), after: null }),
    ),
    ...added.map((is): Difference => ({ ...naming(is), change: 'added', before: null, after: summary(is, all.after) })),
    ...changed.flatMap(([was, is]) =>
      attributeChanges(was, is, written(was, is)).map(
        (change): Difference => ({ ...naming(was), change: 'changed', ...change }),
      ),
    ),
  ].sort(byObject);
}

/** Pairs the objects of two catalogs by kind and path. */
export function matchCatalogs(
  before: Catalog,
  after: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): Matched {
  const [all, allNow] = [canonicalForm(before, options.ignore), canonicalForm(after, options.ignore)];
  const [old, now] = [byKey(all), byKey(allNow)];
  const gone = pathsOnlyIn(old, now);
  const come = pathsOnlyIn(now, old);
  const removed: CanonicalObject[] = [];
  const kept: (readonly [CanonicalObject, CanonicalObject])[] = [];
  for (const [key, was] of old) {
    if (was.parent !== null && gone.has(was.parent)) continue;
    const is = now.get(key);
    if (is === undefined) removed.push(was);
    else if (is.parent === null || !come.has(is.parent)) kept.push([was, is]);
  }
  const added = [...now].flatMap(([key, is]) =>
    (is.parent !== null && come.has(is.parent)) || old.has(key) ? [] : [is],
  );
  return { before: all, after: allNow, removed, added, kept };
}

const naming = ({ object, kind }: CanonicalObject): Pick<Difference, 'object' | 'kind'> => ({ object, kind });

const keyOf = ({ kind, object }: CanonicalObject): string => `${kind}\0${object}`;

const byKey = (objects: readonly CanonicalObject[]): ReadonlyMap<string, CanonicalObject> =>
  new Map(objects.map((object) => [keyOf(object), object]));

function pathsOnlyIn(
  one: ReadonlyMap<string, CanonicalObject>,
  other: ReadonlyMap<string, CanonicalObject>,
): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [key, object] of one) if (object.parent === null && !other.has(key)) paths.add(object.object);
  return paths;
}

function sameAttributes(was: CanonicalObject, is: CanonicalObject): boolean {
  return (
    was.attributes.length === is.attributes.length &&
    was.attributes.every(([name, value], index) => {
      const other = is.attributes[index];
      return other !== undefined && other[0] === name && other[1] === value;
    })
  );
}

/** Where layout does not count, the compared texts are not for reading: gives the objects as they were written. */
function writtenForms(
  changed: Matched['kept'],
  before: Catalog,
  after: Catalog,
  ignore: readonly Ignorable[],
): (was: CanonicalObject, is: CanonicalObject) => readonly [CanonicalObject, CanonicalObject] {
  if (!ignore.includes('body-layout') || changed.length === 0) return (was, is) => [was, is];
  const rest = ignore.filter((each) => each !== 'body-layout');
  const [old, now] = [byKey(canonicalForm(before, rest)), byKey(canonicalForm(after, rest))];
  return (was, is) => [old.get(keyOf(was)) ?? was, now.get(keyOf(is)) ?? is];
}

function byObject(left: Difference, right: Difference): number {
  return (
    compareText(left.object, right.object) ||
    compareText(left.kind, right.kind) ||
    compareText(left.change, right.change) ||
    compareText(left.attribute ?? '', right.attribute ?? '')
  );
}

/** The parts of an object that say most about it, in one line; `all` is what its catalog has. */
function summary({ object, kind, attributes }: CanonicalObject, all: readonly CanonicalObject[]): string {
  const said = new Map(attributes);
  if (kind === 'column') {
    const parts = [said.get('type') ?? ''];
    if (said.get('not null') === 'true') parts.push('not null');
    const fallback = said.get('default');
    if (fallback !== undefined) parts.push(said.has('generated') ? `generated as ${fallback}` : `default ${fallback}`);
    return parts.join(' ');
  }
  const definition = said.get('definition') ?? said.get('labels') ?? said.get('columns');
  if (definition !== undefined) return definition;
  if (kind === 'table') {
    const columns = said.get(columnOrderAttribute) ?? columnsOf(object, all);
    return `${said.get('kind') ?? kind} (${columns})`;
  }
  return attributes
    .filter(([name]) => name !== 'owner' && name !== 'comment')
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

/** The columns of a table by name, where their order is no part of it. */
const columnsOf = (table: string, all: readonly CanonicalObject[]): string =>
  all
    .filter(({ kind, parent }) => kind === 'column' && parent === table)
    .map(({ object }) => object.slice(table.length + 1))
    .join(', ');
