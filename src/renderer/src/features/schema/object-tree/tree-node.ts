import { exactCount } from '../quantities.ts';

export type TreeKind =
  | 'database'
  | 'schema'
  | 'table'
  | 'partition'
  | 'view'
  | 'group'
  | 'column'
  | 'index'
  | 'constraint'
  | 'trigger'
  | 'policy'
  | 'routine'
  | 'type'
  | 'sequence'
  | 'extension'
  | 'other'
  | 'note';

/** Lines that stand for a part of the object that is shown. */
export const parts: ReadonlySet<TreeKind> = new Set([
  'group',
  'column',
  'index',
  'constraint',
  'trigger',
  'policy',
  'note',
]);

/** One line of the object tree. */
export type TreeNode = {
  readonly id: string;
  readonly kind: TreeKind;
  readonly label: string;
  /** What stands at the right: a count, a size, a type. */
  readonly detail: string;
  /** The id of the object that the inspector shows for it; null when nothing can be shown. */
  readonly object: string | null;
  /** True when it can be opened, even while `children` are not made yet. */
  readonly hasChildren: boolean;
  readonly children: readonly TreeNode[];
};

/** A line without children; `object` is that of its group unless it has its own. */
export type Leaf = { readonly name: string; readonly detail: string; readonly object?: string };

/** A group of lines, which are made when it is open. */
export function groupNode({
  parent,
  object,
  label,
  kind,
  leaves,
  opened,
}: {
  readonly parent: string;
  readonly object: string | null;
  readonly label: string;
  readonly kind: TreeKind;
  readonly leaves: readonly Leaf[];
  readonly opened: ReadonlySet<string>;
}): TreeNode {
  const id = `${parent}/${label}`;
  return {
    id,
    kind: 'group',
    label,
    detail: exactCount(leaves.length),
    object,
    hasChildren: leaves.length > 0,
    children: opened.has(id)
      ? leaves.map((leaf) => ({
          id: `${id}/${leaf.name}`,
          kind,
          label: leaf.name,
          detail: leaf.detail,
          object: leaf.object ?? object,
          hasChildren: false,
          children: [],
        }))
      : [],
  };
}
