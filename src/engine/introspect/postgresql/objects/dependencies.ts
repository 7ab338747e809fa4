import * as z from 'zod';
import type { Dependency } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './dependencies.sql?raw';

const rowSchema = z.object({
  class: z.string(),
  object: z.number(),
  column: z.number(),
  onClass: z.string(),
  onObject: z.number(),
  onColumn: z.number(),
});
export type DependencyRow = Readonly<z.infer<typeof rowSchema>>;

/** Edges of the server's own dependency graph; a view stands for its rewrite rule, an element type for its array. */
export const dependenciesQuery: CatalogQuery<DependencyRow> = {
  reads: 'dependencies',
  text: () => text,
  row: rowSchema,
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
  const found = new Map<string, Dependency>();
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
    const edge = { dependent, on: { ...target, column: onColumn ?? null } };
    found.set(sortKey(edge), edge);
  }
  return [...found.entries()]
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, edge]) => edge);
}

function isOwnColumn(
  row: DependencyRow,
  owner: { readonly name: string } | undefined,
  directory: ObjectDirectory,
): boolean {
  return owner !== undefined && directory.columnObjects.get(`${row.onObject}:${row.onColumn}`)?.name === owner.name;
}

function sortKey({ dependent, on }: Dependency): string {
  return [dependent.schema, dependent.name, dependent.kind, on.schema, on.name, on.kind, on.column ?? ''].join('\0');
}
