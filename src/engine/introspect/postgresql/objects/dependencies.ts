import * as z from 'zod';
import { compareText } from '../../../catalog/by-name.ts';
import type { Dependency } from '../../../catalog/catalog.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import text from './dependencies.sql?raw';

const row = z.object({
  /** Number of the system catalog. */
  class: z.number(),
  object: z.number(),
  column: z.number(),
  onClass: z.number(),
  onObject: z.number(),
  onColumn: z.number(),
});
/** Edges of the server's own dependency graph; a view stands for its rewrite rule, an element type for its array. */
export const dependenciesQuery: ColumnarQuery<typeof row.shape> = { reads: 'dependencies', text: () => text, row };

/** An edge between two objects, each by the name of its system catalog and its number. */
export type DependencyRow = Omit<ColumnarRow<typeof dependenciesQuery>, 'class' | 'onClass'> & {
  readonly class: string;
  readonly onClass: string;
};

/** An object by the system catalog and the number that the server knows it by. */
export type ObjectDirectory = {
  readonly objects: ReadonlyMap<string, { readonly kind: string; readonly schema: string; readonly name: string }>;
  /** Names of columns by relation and number. */
  readonly columns: ReadonlyMap<string, string>;
  /** What a column is called as a dependent: by relation and number. */
  readonly columnObjects: ReadonlyMap<string, { readonly schema: string; readonly name: string }>;
};

/** Turns edges between numbers into edges between names; edges to objects outside of the catalog are left out. */
export function resolveDependencies(rows: readonly DependencyRow[], directory: ObjectDirectory): readonly Dependency[] {
  const edges: Dependency[] = [];
  for (const row of rows) {
    const owner = directory.objects.get(`${row.class}:${row.object}`);
    const column = row.column === 0 ? undefined : directory.columnObjects.get(`${row.object}:${row.column}`);
    const dependent = row.class === 'pg_class' && column !== undefined ? { kind: 'column', ...column } : owner;
    const target = directory.objects.get(`${row.onClass}:${row.onObject}`);
    if (dependent === undefined || target === undefined) continue;
    const onColumn = row.onClass === 'pg_class' ? directory.columns.get(`${row.onObject}:${row.onColumn}`) : undefined;
    // A default depends on its own column, which says nothing.
    const own = row.class === 'pg_attrdef' && row.onClass === 'pg_class' && isOwnColumn(row, owner, directory);
    if (dependent === target || own) continue;
    edges.push({ dependent, on: { ...target, column: onColumn ?? null } });
  }
  edges.sort(byObjects);
  return edges.filter((edge, at) => {
    const before = edges[at - 1];
    return before === undefined || byObjects(before, edge) !== 0;
  });
}

function isOwnColumn(
  row: DependencyRow,
  owner: { readonly name: string } | undefined,
  directory: ObjectDirectory,
): boolean {
  return owner !== undefined && directory.columnObjects.get(`${row.onObject}:${row.onColumn}`)?.name === owner.name;
}

function byObjects(left: Dependency, right: Dependency): number {
  return (
    compareObjects(left.dependent, right.dependent) ||
    compareObjects(left.on, right.on) ||
    compareText(left.on.column ?? '', right.on.column ?? '')
  );
}

const compareObjects = (left: Dependency['dependent'], right: Dependency['dependent']): number =>
  left === right
    ? 0
    : compareText(left.schema, right.schema) ||
      compareText(left.name, right.name) ||
      compareText(left.kind, right.kind);
