import * as z from 'zod';
import { compareText } from '../../../catalog/by-name.ts';
import type { Dependency } from '../../../catalog/catalog.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import text from './dependencies.sql?raw';
import representativesText from './representatives.sql?raw';
import type { Vocabulary } from './vocabulary.ts';

const row = z.object({
  /** Number of the system catalog. */
  class: z.number(),
  object: z.number(),
  column: z.number(),
  onClass: z.number(),
  onObject: z.number(),
  onColumn: z.number(),
});

/** Edges of the server's own dependency graph. */
export const dependenciesQuery: ColumnarQuery<typeof row.shape> = { reads: 'dependencies', text: () => text, row };

const representativeRow = z.object({
  class: z.number(),
  object: z.number(),
  forClass: z.number(),
  forObject: z.number(),
});

/** What stands for an object that a catalog does not list by itself: a view for its rule, a type for its array. */
export const representativesQuery: ColumnarQuery<typeof representativeRow.shape> = {
  reads: 'dependencies',
  text: () => representativesText,
  row: representativeRow,
};

/** An edge between two objects, each by the name of its system catalog and its number. */
export type DependencyRow = Omit<ColumnarRow<typeof dependenciesQuery>, 'class' | 'onClass'> & {
  readonly class: string;
  readonly onClass: string;
};

/** The edges between the objects that a catalog lists. */
export function dependencyRowsOf(
  rows: readonly ColumnarRow<typeof dependenciesQuery>[],
  representatives: readonly ColumnarRow<typeof representativesQuery>[],
  vocabulary: Vocabulary,
): readonly DependencyRow[] {
  const stand = new Map<number, Map<number, ColumnarRow<typeof representativesQuery>>>();
  for (const one of representatives) {
    const objects = stand.get(one.forClass);
    if (objects === undefined) stand.set(one.forClass, new Map([[one.forObject, one]]));
    else objects.set(one.forObject, one);
  }
  const standIn = (systemCatalog: number, object: number): readonly [systemCatalog: number, object: number] => {
    const one = stand.get(systemCatalog)?.get(object);
    // The type of an array may belong to an extension.
    return one === undefined ? [systemCatalog, object] : standIn(one.class, one.object);
  };
  return rows.map((edge) => {
    const [systemCatalog, object] = standIn(edge.class, edge.object);
    const [onClass, onObject] = standIn(edge.onClass, edge.onObject);
    return {
      class: vocabulary.systemCatalog(systemCatalog),
      object,
      column: edge.column,
      onClass: vocabulary.systemCatalog(onClass),
      onObject,
      onColumn: edge.onColumn,
    };
  });
}

/** An object as a dependency names it. */
export type NamedObject = Dependency['dependent'];

/** Names for objects by the system catalog and the number that the server knows them by. */
export type ObjectDirectory = {
  readonly object: (systemCatalog: string, oid: number) => NamedObject | undefined;
  readonly columnName: (relation: number, number: number) => string | undefined;
  readonly columnObject: (relation: number, number: number) => NamedObject | undefined;
  /** The column that a default, by its number, belongs to. */
  readonly columnOfDefault: (oid: number) => { readonly relation: number; readonly number: number } | undefined;
};

/** Turns edges between numbers into edges between names; edges to objects outside of the catalog are left out. */
export function resolveDependencies(rows: readonly DependencyRow[], directory: ObjectDirectory): readonly Dependency[] {
  const edges: Dependency[] = [];
  for (const edge of rows) {
    const dependent = dependentOf(edge, directory);
    const target = directory.object(edge.onClass, edge.onObject);
    if (dependent === undefined || target === undefined || dependent === target) continue;
    const column = edge.onClass === 'pg_class' && edge.onColumn !== 0;
    edges.push({
      dependent,
      on: {
        kind: target.kind,
        schema: target.schema,
        name: target.name,
        column: (column ? directory.columnName(edge.onObject, edge.onColumn) : undefined) ?? null,
      },
    });
  }
  edges.sort(byObjects);
  return edges.filter((edge, at) => {
    const before = edges[at - 1];
    return before === undefined || byObjects(before, edge) !== 0;
  });
}

function dependentOf(edge: DependencyRow, directory: ObjectDirectory): NamedObject | undefined {
  if (edge.class === 'pg_attrdef') {
    const own = directory.columnOfDefault(edge.object);
    if (own === undefined) return undefined;
    // A default depends on its own column, which says nothing.
    const onItself = edge.onClass === 'pg_class' && edge.onObject === own.relation && edge.onColumn === own.number;
    return onItself ? undefined : directory.columnObject(own.relation, own.number);
  }
  const column = edge.class === 'pg_class' && edge.column !== 0;
  return (
    (column ? directory.columnObject(edge.object, edge.column) : undefined) ?? directory.object(edge.class, edge.object)
  );
}

function byObjects(left: Dependency, right: Dependency): number {
  return (
    compareObjects(left.dependent, right.dependent) ||
    compareObjects(left.on, right.on) ||
    compareText(left.on.column ?? '', right.on.column ?? '')
  );
}

const compareObjects = (left: NamedObject, right: NamedObject): number =>
  left === right
    ? 0
    : compareText(left.schema, right.schema) ||
      compareText(left.name, right.name) ||
      compareText(left.kind, right.kind);
