import { compareText } from './by-name.ts';
import { type CanonicalObject, canonicalForm, columnOrderAttribute, type Ignorable } from './canonical-form.ts';
import type { Catalog } from './catalog.ts';
import type { Difference } from './difference.ts';

/**
 * What differs from `before` to `after`, sorted by object. Empty exactly when the fingerprints with the same `ignore` are
 * equal. An object that comes or goes is one difference; what belongs to it is not listed again.
 */
export function compareCatalogs(
  before: Catalog,
  after: Catalog,
  options: { readonly ignore?: readonly Ignorable[] } = {},
): Difference[] {
  const old = byKey(canonicalForm(before, options.ignore));
  const now = byKey(canonicalForm(after, options.ignore));
  const gone = pathsOnlyIn(old, now);
  const come = pathsOnlyIn(now, old);
  const differences: Difference[] = [];

  for (const [key, was] of old) {
    const is = now.get(key);
    if (is !== undefined) differences.push(...changes(was, is));
    else if (was.parent === null || !gone.has(was.parent)) {
      differences.push({ object: was.object, kind: was.kind, change: 'removed', before: summary(was), after: null });
    }
  }
  for (const [key, is] of now) {
    if (old.has(key) || (is.parent !== null && come.has(is.parent))) continue;
    differences.push({ object: is.object, kind: is.kind, change: 'added', before: null, after: summary(is) });
  }
  return differences.sort(
    (left, right) =>
      compareText(left.object, right.object) ||
      compareText(left.kind, right.kind) ||
      compareText(left.change, right.change) ||
      compareText(left.attribute ?? '', right.attribute ?? ''),
  );
}

function byKey(objects: readonly CanonicalObject[]): ReadonlyMap<string, CanonicalObject> {
  return new Map(objects.map((object) => [`${object.kind}\0${object.object}`, object]));
}

function pathsOnlyIn(
  one: ReadonlyMap<string, CanonicalObject>,
  other: ReadonlyMap<string, CanonicalObject>,
): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [key, object] of one) if (object.parent === null && !other.has(key)) paths.add(object.object);
  return paths;
}

function changes(was: CanonicalObject, is: CanonicalObject): readonly Difference[] {
  const attributes = new Set([...Object.keys(was.attributes), ...Object.keys(is.attributes)]);
  const found: Difference[] = [];
  for (const attribute of attributes) {
    const before = was.attributes[attribute] ?? null;
    const after = is.attributes[attribute] ?? null;
    if (before === after) continue;
    // A column that came or went is its own difference; the order differs only if those that stayed changed places.
    if (attribute === columnOrderAttribute && sameRelativeOrder(before, after)) continue;
    found.push({ object: was.object, kind: was.kind, change: 'changed', attribute, before, after });
  }
  return found;
}

function sameRelativeOrder(before: string | null, after: string | null): boolean {
  const old = (before ?? '').split(', ');
  const now = (after ?? '').split(', ');
  const inOld = new Set(old);
  const inNow = new Set(now);
  return old.filter((name) => inNow.has(name)).join('\0') === now.filter((name) => inOld.has(name)).join('\0');
}

/** The parts of an object that say most about it, in one line. */
function summary({ kind, attributes }: CanonicalObject): string {
  if (kind === 'column') {
    const parts = [attributes['type'] ?? ''];
    if (attributes['not null'] === 'true') parts.push('not null');
    const fallback = attributes['default'];
    if (fallback != null)
      parts.push(attributes['generated'] == null ? `default ${fallback}` : `generated as ${fallback}`);
    return parts.join(' ');
  }
  const definition = attributes['definition'] ?? attributes['labels'] ?? attributes['columns'];
  if (definition != null) return definition;
  if (kind === 'table') return `${attributes['kind'] ?? kind} (${attributes[columnOrderAttribute] ?? ''})`;
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
