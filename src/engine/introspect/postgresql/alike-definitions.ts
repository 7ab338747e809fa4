/** Says for every thing whose text stands for its own. */
type Speakers<Thing> = {
  /** The things that have to be asked for: one of all that have the same text. */
  readonly asked: readonly Thing[];
  /** The thing among `asked` that has the same text. */
  readonly speakerOf: (oid: number) => Thing | undefined;
};

/**
 * Finds things of which the server would say the same, by keys that are equal then; null for one that stands alone. The
 * tables of a large database have many of their expressions in common, and each costs the server a look at its table.
 */
export function speakersOf<Thing extends { readonly oid: number }>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => string | null,
): Speakers<Thing> {
  const asked: Thing[] = [];
  const byKey = new Map<string, Thing>();
  const speakers = new Map<number, Thing>();
  for (const thing of things) {
    const key = keyOf(thing);
    const known = key === null ? undefined : byKey.get(key);
    if (known === undefined) {
      asked.push(thing);
      if (key !== null) byKey.set(key, thing);
    }
    speakers.set(thing.oid, known ?? thing);
  }
  return { asked, speakerOf: (oid) => speakers.get(oid) };
}

// Where a word stood in the statement that made the expression. From 17 on the server does not keep it.
const place = / :location -?\d+/g;
const columnNumber = /:varattno (-?\d+)/g;

/**
 * What is equal for two expressions that the server writes with the same words, from the way in which it keeps them
 * (`pg_node_tree`): the tree, and the names of the columns that it knows by number. Null for one that says more of its
 * table than columns: the whole row is called like the table, and a query has names of its own.
 */
export function expressionKey(tree: string, nameOf: (number: number) => string | undefined): string | null {
  if (tree.includes('{QUERY ') || tree.includes('{SUBLINK ')) return null;
  const names: string[] = [];
  for (const [, digits = ''] of tree.matchAll(columnNumber)) {
    const number = Number(digits);
    const name = number < 0 ? digits : nameOf(number);
    if (name === undefined) return null;
    names.push(name);
  }
  return JSON.stringify([tree.replace(place, ''), names]);
}
