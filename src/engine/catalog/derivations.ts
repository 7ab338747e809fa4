import { qualifiedName } from '../sql/qualified-name.ts';
import { compareText } from './by-name.ts';
import type { Catalog, Table } from './catalog.ts';

/** How one relation is made from another: a view reads it, or a table inherits its columns. */
export type Derivation = {
  readonly kind: 'reads' | 'inherits';
  /** Unique in the catalog, and never the id of a relationship. */
  readonly id: string;
  /** Dotted path of the relation that is made from the other. */
  readonly child: string;
  readonly parent: string;
  /** Columns of the parent that a view reads, in the order of the parent; empty for inheritance. */
  readonly parentColumns: readonly string[];
};

const relationKinds: ReadonlySet<string> = new Set(['table', 'view', 'materialized view']);
const viewKinds: ReadonlySet<string> = new Set(['view', 'materialized view']);

/**
 * What is made from what, sorted by child and parent. A partition stands for its partitioned table, as in the
 * relationships; a parent that the catalog does not hold is left out.
 */
export function derivationsOf(catalog: Catalog): readonly Derivation[] {
  const tables = new Map(catalog.tables.map((table) => [qualifiedName(table), table]));
  const views = new Map(catalog.views.map((view) => [qualifiedName(view), view]));
  const found = new Map<string, { kind: Derivation['kind']; child: string; parent: string; columns: Set<string> }>();
  const put = (kind: Derivation['kind'], child: string, parent: string, column: string | null): void => {
    if (child === parent) return;
    const key = JSON.stringify([child, kind, parent]);
    const known = found.get(key) ?? { kind, child, parent, columns: new Set<string>() };
    if (column !== null) known.columns.add(column);
    found.set(key, known);
  };
  for (const table of tables.values()) {
    if (table.partitionOf !== null) continue;
    for (const parent of table.inherits) {
      const path = qualifiedName(parent);
      if (tables.has(path)) put('inherits', qualifiedName(table), path, null);
    }
  }
  for (const { dependent, on } of catalog.dependencies) {
    if (!viewKinds.has(dependent.kind) || !relationKinds.has(on.kind)) continue;
    const child = qualifiedName(dependent);
    const parent = wholeOf(qualifiedName(on), tables);
    if (views.has(child) && (tables.has(parent) || views.has(parent))) put('reads', child, parent, on.column);
  }
  return [...found]
    .map(([id, { kind, child, parent, columns }]) => {
      const known = tables.get(parent)?.columns ?? views.get(parent)?.columns ?? [];
      const parentColumns = known.map(({ name }) => name).filter((name) => columns.has(name));
      return { kind, id, child, parent, parentColumns };
    })
    .sort((left, right) => compareText(left.child, right.child) || compareText(left.parent, right.parent));
}

/** The partitioned table at the top of a partition; any other relation as it is. */
function wholeOf(path: string, tables: ReadonlyMap<string, Table>): string {
  const parent = tables.get(path)?.partitionOf?.parent;
  return parent === undefined ? path : wholeOf(qualifiedName(parent), tables);
}
