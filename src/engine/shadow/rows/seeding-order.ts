import type { Table } from '../../catalog/catalog.ts';
import { keyOf } from '../../sql/table-index.ts';

/** Tables that are filled together; more than one only where their foreign keys form a circle that must not be empty. */
export type SeedingGroup = readonly Table[];

type Edge = { readonly parent: string; readonly isRequired: boolean };

function edgesOf(table: Table): readonly Edge[] {
  return table.constraints.flatMap(({ references, columns }) => {
    if (references === null || keyOf(references.table) === keyOf(table)) return [];
    const isRequired = columns.every((name) => table.columns.some((column) => column.name === name && column.notNull));
    return [{ parent: keyOf(references.table), isRequired }];
  });
}

/** Strongly connected components by Tarjan's algorithm, each after all that it points at. */
function components(nodes: readonly string[], edges: (node: string) => readonly string[]): readonly string[][] {
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (start: string): void => {
    const path: { readonly node: string; readonly rest: string[] }[] = [];
    const enter = (node: string): void => {
      numbers.set(node, numbers.size);
      lowest.set(node, numbers.get(node) ?? 0);
      open.push(node);
      path.push({ node, rest: [...edges(node)] });
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const next = top.rest.pop();
      if (next !== undefined) {
        if (!numbers.has(next)) enter(next);
        else if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, numbers.get(next) ?? 0));
        continue;
      }
      path.pop();
      const below = path.at(-1)?.node;
      if (below !== undefined) lowest.set(below, Math.min(lowest.get(below) ?? 0, lowest.get(node) ?? 0));
      if (lowest.get(node) === numbers.get(node)) found.push(open.splice(open.indexOf(node)));
    }
  };
  for (const node of nodes) if (!numbers.has(node)) visit(node);
  return found;
}

/**
 * The tables in an order in which each comes after those that it references: circles are broken where a foreign key may
 * be empty for a while, and stay one group where none may.
 */
export function seedingOrder(tables: readonly Table[]): readonly SeedingGroup[] {
  const byKey = new Map(tables.map((table) => [keyOf(table), table]));
  const targets = (keys: ReadonlySet<string>, onlyRequired: boolean) => (key: string) => {
    const table = byKey.get(key);
    const edges = table === undefined ? [] : edgesOf(table);
    return edges
      .filter((edge) => keys.has(edge.parent) && (edge.isRequired || !onlyRequired))
      .map((edge) => edge.parent);
  };
  const keys = new Set(byKey.keys());
  return components([...keys], targets(keys, false))
    .flatMap((component) =>
      component.length === 1 ? [component] : components(component, targets(new Set(component), true)),
    )
    .map((component) => component.flatMap((key) => byKey.get(key) ?? []));
}
