import type { Node, RangeVar } from '@pgsql/types';
import { byObject } from './by-object.ts';

type Keys<N> = N extends unknown ? keyof N : never;

/** The name of a parse-tree node, for example `IndexStmt`. */
export type NodeName = Keys<Node> & string;

/** The content of the nodes of one name. */
export type NodeContent<K extends NodeName> = Extract<Node, Record<K, unknown>>[K];

/** The content of a node when it is of the wanted kind, else undefined. */
export function as<K extends NodeName>(node: Node | undefined, kind: K): NodeContent<K> | undefined {
  return (node as Partial<Record<K, NodeContent<K>>> | undefined)?.[kind];
}

const none: readonly never[] = [];

/** The contents of those nodes of a list that are of the wanted kind. */
export function all<K extends NodeName>(nodes: readonly Node[] | undefined, kind: K): readonly NodeContent<K>[] {
  if (nodes === undefined) return none;
  const contents: NodeContent<K>[] = [];
  for (const node of nodes) {
    const content = as(node, kind);
    if (content !== undefined) contents.push(content);
  }
  return contents;
}

/** The texts of a list of `String` nodes: a dotted name, column names. */
export const strings = (nodes: readonly Node[] | undefined): readonly string[] =>
  all(nodes, 'String').map((value) => value.sval ?? '');

/** A name as it was written: the schema is null when it was left to the search path. */
export type WrittenName = { readonly schema: string | null; readonly name: string };

/** The name in a range variable. */
export const nameOf = (relation: RangeVar | undefined): WrittenName => ({
  schema: relation?.schemaname ?? null,
  name: relation?.relname ?? '',
});

/** The name in a list of strings, as in `DROP TABLE a.b`; a database part is left out. */
export const nameOfParts = (parts: readonly string[]): WrittenName => ({
  schema: parts.at(-2) ?? null,
  name: parts.at(-1) ?? '',
});

/** The name of one object in a `DROP` or `COMMENT`: a dotted list, a type, a routine, or one word. */
export function nameOfObject(object: Node | undefined): WrittenName {
  const list = as(object, 'List');
  if (list !== undefined) return nameOfParts(strings(list.items));
  const typeName = as(object, 'TypeName');
  if (typeName !== undefined) return nameOfParts(strings(typeName.names));
  const routine = as(object, 'ObjectWithArgs');
  if (routine !== undefined) return nameOfParts(strings(routine.objname));
  const relation = as(object, 'RangeVar');
  if (relation !== undefined) return nameOf(relation);
  return { schema: null, name: as(object, 'String')?.sval ?? '' };
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Node kinds are the keys that begin with a capital; the rest are fields. */
const isKind = (key: string): boolean => {
  const first = key.charCodeAt(0);
  return first >= 65 && first <= 90;
};

/** What is below a node: contents by kind, and the range variables that fields hold without a node around them. */
type Collected = {
  readonly byKind: ReadonlyMap<string, readonly object[]>;
  readonly bareRelations: readonly RangeVar[];
};

/** Turns the end of a list round, from an index on. */
function reverseFrom(list: object[], from: number): void {
  for (let low = from, high = list.length - 1; low < high; low += 1, high -= 1) {
    const first = list[low];
    const last = list[high];
    if (first !== undefined && last !== undefined) {
      list[low] = last;
      list[high] = first;
    }
  }
}

/** Looks at everything below `root`, itself included, parents before children; never recurses, however deep. */
function lookBelow(root: object): Collected {
  const byKind = new Map<string, object[]>();
  const bareRelations: RangeVar[] = [];
  const pending: object[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) if (isObject(value[i])) pending.push(value[i]);
      continue;
    }
    const fields = value as Fields;
    const before = pending.length;
    // Parse trees are plain data: `in` finds the fields that `Object.keys` would, without a list of them.
    for (const key in fields) {
      const content = fields[key];
      if (!isObject(content)) continue;
      pending.push(content);
      if (isKind(key)) {
        if (Array.isArray(content)) continue;
        const same = byKind.get(key);
        if (same === undefined) byKind.set(key, [content]);
        else same.push(content);
      } else if ('relname' in content && 'relpersistence' in content) bareRelations.push(content);
    }
    reverseFrom(pending, before);
  }
  return { byKind, bareRelations };
}

/** Parse trees never change, so that what is below a node is looked at once, however often it is asked for. */
const collect = byObject(100, lookBelow);

/** The contents of all nodes of one kind below `root`. */
export function findNodes<K extends NodeName>(root: unknown, kind: K): readonly NodeContent<K>[] {
  return isObject(root) ? ((collect(root).byKind.get(kind) ?? []) as readonly NodeContent<K>[]) : [];
}

/** All range variables below `root`, those in fields that hold them without a node around them included, in the order of the text. */
export const rangeVariablesIn = (root: object): readonly RangeVar[] =>
  [...findNodes(root, 'RangeVar'), ...collect(root).bareRelations].sort(
    (a, b) => (a.location ?? 0) - (b.location ?? 0),
  );

/** The columns that an expression reads, by their last name part. */
export const columnsIn = (expression: unknown): readonly string[] => [
  ...new Set(findNodes(expression, 'ColumnRef').flatMap((reference) => strings(reference.fields).slice(-1))),
];
