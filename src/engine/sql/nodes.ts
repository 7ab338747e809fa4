import type { Node, RangeVar } from '@pgsql/types';

type Keys<N> = N extends unknown ? keyof N : never;

/** The name of a parse-tree node, for example `IndexStmt`. */
export type NodeName = Keys<Node> & string;

/** The content of the nodes of one name. */
export type NodeContent<K extends NodeName> = Extract<Node, Record<K, unknown>>[K];

/** The content of a node when it is of the wanted kind, else undefined. */
export function as<K extends NodeName>(node: Node | undefined, kind: K): NodeContent<K> | undefined {
  return node !== undefined && kind in node ? (node as Extract<Node, Record<K, unknown>>)[kind] : undefined;
}

/** The contents of those nodes of a list that are of the wanted kind. */
export function all<K extends NodeName>(nodes: readonly Node[] | undefined, kind: K): readonly NodeContent<K>[] {
  return (nodes ?? []).flatMap((node) => {
    const content = as(node, kind);
    return content === undefined ? [] : [content];
  });
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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Node kinds are the keys that begin with a capital; the rest are fields. */
const isKind = (key: string): boolean => {
  const first = key.charCodeAt(0);
  return first >= 65 && first <= 90;
};

/** Every node below `root` (itself included) with its kind, parents before children; never recurses, however deep. */
export function* nodesIn(root: unknown): Generator<{ readonly kind: string; readonly content: object }> {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) pending.push(value[i]);
    } else if (isObject(value)) {
      const keys = Object.keys(value);
      for (const key of keys) {
        const content = value[key];
        if (isKind(key) && isObject(content) && !Array.isArray(content)) yield { kind: key, content };
      }
      for (let i = keys.length - 1; i >= 0; i--) {
        const content = value[keys[i] ?? ''];
        if (typeof content === 'object') pending.push(content);
      }
    }
  }
}

/** Parse trees never change, so that what is below a node is collected once, by kind, however often it is asked for. */
const collected = new WeakMap<object, ReadonlyMap<string, readonly object[]>>();

function collect(root: object): ReadonlyMap<string, readonly object[]> {
  const known = collected.get(root);
  if (known !== undefined) return known;
  const byKind = new Map<string, object[]>();
  for (const { kind, content } of nodesIn(root)) {
    const same = byKind.get(kind);
    if (same === undefined) byKind.set(kind, [content]);
    else same.push(content);
  }
  collected.set(root, byKind);
  return byKind;
}

/** The contents of all nodes of one kind below `root`. */
export function findNodes<K extends NodeName>(root: unknown, kind: K): readonly NodeContent<K>[] {
  return isObject(root) || Array.isArray(root) ? ((collect(root).get(kind) ?? []) as readonly NodeContent<K>[]) : [];
}

/** The columns that an expression reads, by their last name part. */
export const columnsIn = (expression: unknown): readonly string[] => [
  ...new Set(findNodes(expression, 'ColumnRef').flatMap((reference) => strings(reference.fields).slice(-1))),
];
