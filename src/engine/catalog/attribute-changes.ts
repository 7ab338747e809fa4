import { compareText } from './by-name.ts';
import type { CanonicalObject } from './canonical-form.ts';
import type { Parts } from './canonical-shape.ts';
import { columnOrderAttribute } from './canonical-shapes.ts';
import { type Clause, clausesOf } from './definition-clauses.ts';

/** One property that two objects of one name disagree on; null where it is not there. */
export type AttributeChange = {
  readonly attribute: string;
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * What changed in an object, property by property: definitions by clause, lists by entry. Never empty when an attribute
 * differs, except for the order of columns where those that stayed kept their places.
 */
export function attributeChanges(
  was: CanonicalObject,
  is: CanonicalObject,
  /** The objects to tell from, when those compared are not for reading. */
  written: readonly [CanonicalObject, CanonicalObject] = [was, is],
): readonly AttributeChange[] {
  const [before, after] = [new Map(was.attributes), new Map(is.attributes)];
  const [oldText, newText] = written.map(({ attributes }) => new Map(attributes));
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((attribute) => {
    if (before.get(attribute) === after.get(attribute)) return [];
    const change = { attribute, before: oldText?.get(attribute) ?? null, after: newText?.get(attribute) ?? null };
    return inDetail(...written, change);
  });
}

function inDetail(was: CanonicalObject, is: CanonicalObject, change: AttributeChange): readonly AttributeChange[] {
  const { attribute, before, after } = change;
  const old = was.partsOf(attribute);
  const now = is.partsOf(attribute);
  if (old !== null && now !== null) {
    const detailed = now.ordered ? orderedChanges(old, now, change) : entryChanges(old.entries, now.entries);
    // A column that came or went is its own difference; the order differs only if those that stayed changed places.
    if (attribute === columnOrderAttribute) return detailed.filter((each) => each.attribute === attribute);
    return detailed.length === 0 ? [change] : detailed;
  }
  if (attribute === 'definition' && before !== null && after !== null) {
    const detailed = entryChanges(readable(clausesOf(was.kind, before)), readable(clausesOf(is.kind, after)));
    return detailed.length === 0 ? [change] : detailed;
  }
  return [change];
}

/** Clauses of one kind as one, without the space that sets them apart. */
function readable(clauses: readonly Clause[]): readonly Clause[] {
  const texts = new Map<string, string>();
  for (const [about, text] of clauses) texts.set(about, (texts.get(about) ?? '') + text);
  return [...texts].map(([about, text]) => [about, text.trim()]);
}

function entryChanges(before: readonly Clause[], after: readonly Clause[]): readonly AttributeChange[] {
  const old = new Map(before);
  const now = new Map(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((attribute) => {
    const change = { attribute, before: old.get(attribute) ?? null, after: now.get(attribute) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** Entries that came or went with their place; the whole list where those that stayed changed places. */
function orderedChanges(before: Parts, after: Parts, whole: AttributeChange): readonly AttributeChange[] {
  const old = new Map(before.entries);
  const now = new Map(after.entries);
  const stayed = (parts: Parts) => parts.entries.map(([name]) => name).filter((name) => old.has(name) && now.has(name));
  if (stayed(before).join('\0') !== stayed(after).join('\0')) return [whole];
  const at = ({ entries }: Parts, index: number): string => {
    const [name, text] = entries[index] ?? ['', ''];
    const left = entries[index - 1];
    const bare = (entry: string) => entry.slice(entry.indexOf(' ') + 1);
    const place = left === undefined ? 'first' : `after ${bare(left[0])}`;
    return text === '' ? place : `${text}, ${place}`.replace(/^, /, '') || name;
  };
  return [
    ...before.entries.flatMap(([attribute, text], index): AttributeChange[] => {
      const is = now.get(attribute);
      if (is === undefined) return [{ attribute, before: at(before, index), after: null }];
      return is === text ? [] : [{ attribute, before: text, after: is }];
    }),
    ...after.entries.flatMap(([attribute], index): AttributeChange[] =>
      old.has(attribute) ? [] : [{ attribute, before: null, after: at(after, index) }],
    ),
  ];
}
