import type { TreeNode } from './tree-node.ts';

/** A line of the tree that can be seen or scrolled to. */
export type TreeRow = {
  readonly node: TreeNode;
  /** From 1. */
  readonly level: number;
  /** Where its parent stands among the lines, or -1. */
  readonly parent: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  readonly isExpanded: boolean;
};

/** The lines of a tree from top to bottom, without what is below closed ones. */
export function treeRows(tree: TreeNode, isExpanded: (node: TreeNode) => boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (node: TreeNode, level: number, parent: number, position: number, siblings: number): void => {
    const open = node.hasChildren && isExpanded(node);
    const own = rows.push({ node, level, parent, position, siblings, isExpanded: open }) - 1;
    if (!open) return;
    for (const [at, child] of node.children.entries()) add(child, level + 1, own, at + 1, node.children.length);
  };
  add(tree, 1, -1, 1, 1);
  return rows;
}

/** What a key does in the tree: go to a line, open or close one, choose one; null when it is none of the tree's keys. */
export type TreeKeyAction =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'choose' }
  | null;

/** The keys of a tree as its pattern has them: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
export function treeKeyAction(key: string, rows: readonly TreeRow[], at: number, page: number): TreeKeyAction {
  const last = rows.length - 1;
  const go = (to: number): TreeKeyAction => ({ kind: 'go', to: Math.max(0, Math.min(last, to)) });
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(last);
    case 'PageDown':
      return go(at + page);
    case 'PageUp':
      return go(at - page);
    case 'ArrowRight':
      if (!row?.node.hasChildren) return null;
      return row.isExpanded ? go(at + 1) : { kind: 'toggle' };
    case 'ArrowLeft':
      if (row?.isExpanded) return { kind: 'toggle' };
      return row === undefined || row.parent < 0 ? null : go(row.parent);
    case 'Enter':
    case ' ':
      return { kind: 'choose' };
    default:
      return null;
  }
}

/** The next line, round the end, whose name begins with what was typed; the line itself counts while more is typed. */
export function rowTyped(rows: readonly TreeRow[], at: number, typed: string): number | null {
  const wanted = typed.toLowerCase();
  const first = typed.length === 1 ? at + 1 : at;
  for (let step = 0; step < rows.length; step += 1) {
    const index = (first + step) % rows.length;
    if (rows[index]?.node.label.toLowerCase().startsWith(wanted)) return index;
  }
  return null;
}
