import type {
  Catalog,
  Constraint,
  DatabaseType,
  Index,
  ObjectName,
  Routine,
  Sequence,
  Table,
  View,
} from '../catalog/catalog.ts';
import type { WrittenName } from './nodes.ts';

/** An index with the table or materialized view that it stands on. */
export type PlacedIndex = { readonly index: Index; readonly on: ObjectName };

/** A foreign key with the table that it belongs to. */
export type PlacedConstraint = { readonly table: Table; readonly constraint: Constraint };

/** The kinds of things that share one space of names. */
export type RelationKind = 'table' | 'view' | 'materialized view' | 'sequence' | 'index' | 'composite type';

/** Fast look-ups in one catalog; every name is an identity with its schema. */
export type CatalogLookup = {
  readonly table: (name: ObjectName) => Table | undefined;
  readonly view: (name: ObjectName) => View | undefined;
  readonly sequence: (name: ObjectName) => Sequence | undefined;
  readonly type: (name: ObjectName) => DatabaseType | undefined;
  readonly index: (name: ObjectName) => PlacedIndex | undefined;
  readonly routines: (name: ObjectName) => readonly Routine[];
  readonly hasSchema: (name: string) => boolean;
  readonly relationKind: (name: ObjectName) => RelationKind | undefined;
  /** Partitions and inheritance children, one level down. */
  readonly childrenOf: (name: ObjectName) => readonly Table[];
  /** All partitions and inheritance children below a table, without itself. */
  readonly descendantsOf: (name: ObjectName) => readonly Table[];
  /** Foreign keys that point at a table, its own included. */
  readonly referencesTo: (name: ObjectName) => readonly PlacedConstraint[];
  readonly sequencesOf: (table: ObjectName) => readonly Sequence[];
};

/** One text per identity; the separator cannot be part of a name. */
export const keyOf = (name: ObjectName): string => `${name.schema}\u0000${name.name}`;

/** True when both are the same identity. */
export const sameName = (a: ObjectName, b: ObjectName): boolean => a.schema === b.schema && a.name === b.name;

function memoized<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function byName<T extends ObjectName>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

// Tables of names hang on the arrays of a catalog, not on the catalog: a simulated statement that touches one kind of
// object leaves the arrays of all others, and so their tables of names, as they are.
const tablesByName = memoized((tables: Catalog['tables']) => byName(tables));
const viewsByName = memoized((views: Catalog['views']) => byName(views));
const sequencesByName = memoized((sequences: Catalog['sequences']) => byName(sequences));
const typesByName = memoized((types: Catalog['types']) => byName(types));
const routinesByName = memoized((routines: Catalog['routines']) => grouped(routines, (routine) => [keyOf(routine)]));
const sequencesByOwner = memoized((sequences: Catalog['sequences']) =>
  grouped(sequences, (sequence) => (sequence.ownedBy === null ? [] : [keyOf(sequence.ownedBy.table)])),
);
const childrenByParent = memoized((tables: Catalog['tables']) =>
  grouped(tables, (table) => [
    ...(table.partitionOf === null ? [] : [keyOf(table.partitionOf.parent)]),
    ...table.inherits.map(keyOf),
  ]),
);
const referencesByTarget = memoized((tables: Catalog['tables']) => {
  const groups = new Map<string, PlacedConstraint[]>();
  for (const table of tables) {
    for (const constraint of table.constraints) {
      if (constraint.references === null) continue;
      const key = keyOf(constraint.references.table);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ table, constraint }]);
      else group.push({ table, constraint });
    }
  }
  return groups;
});
const placeIndexes = (owners: readonly (Table | View)[]): ReadonlyMap<string, PlacedIndex> =>
  new Map(
    owners.flatMap((on) =>
      on.indexes.map((index): [string, PlacedIndex] => [keyOf({ schema: on.schema, name: index.name }), { index, on }]),
    ),
  );
const tableIndexes = memoized((tables: Catalog['tables']) => placeIndexes(tables));
const viewIndexes = memoized((views: Catalog['views']) => placeIndexes(views));
const schemaNames = memoized((schemas: Catalog['schemas']) => new Set(schemas.map((schema) => schema.name)));

function relationKindIn(catalog: Catalog, name: ObjectName): RelationKind | undefined {
  const key = keyOf(name);
  if (tablesByName(catalog.tables).has(key)) return 'table';
  const view = viewsByName(catalog.views).get(key);
  if (view !== undefined) return view.materialized ? 'materialized view' : 'view';
  if (sequencesByName(catalog.sequences).has(key)) return 'sequence';
  if (tableIndexes(catalog.tables).has(key) || viewIndexes(catalog.views).has(key)) return 'index';
  return typesByName(catalog.types).get(key)?.kind === 'composite' ? 'composite type' : undefined;
}

function descendantsIn(catalog: Catalog, name: ObjectName): readonly Table[] {
  const children = childrenByParent(catalog.tables);
  const found = new Map<string, Table>();
  const pending = [...(children.get(keyOf(name)) ?? [])];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (found.has(keyOf(next))) continue;
    found.set(keyOf(next), next);
    pending.push(...(children.get(keyOf(next)) ?? []));
  }
  return [...found.values()];
}

/** Look-ups in a catalog. The tables of names are built when first needed and shared by catalogs that share arrays. */
export const catalogLookup: (catalog: Catalog) => CatalogLookup = memoized(
  (catalog: Catalog): CatalogLookup => ({
    table: (name) => tablesByName(catalog.tables).get(keyOf(name)),
    view: (name) => viewsByName(catalog.views).get(keyOf(name)),
    sequence: (name) => sequencesByName(catalog.sequences).get(keyOf(name)),
    type: (name) => typesByName(catalog.types).get(keyOf(name)),
    index: (name) => tableIndexes(catalog.tables).get(keyOf(name)) ?? viewIndexes(catalog.views).get(keyOf(name)),
    routines: (name) => routinesByName(catalog.routines).get(keyOf(name)) ?? [],
    hasSchema: (name) => schemaNames(catalog.schemas).has(name),
    relationKind: (name) => relationKindIn(catalog, name),
    childrenOf: (name) => childrenByParent(catalog.tables).get(keyOf(name)) ?? [],
    descendantsOf: (name) => descendantsIn(catalog, name),
    referencesTo: (name) => referencesByTarget(catalog.tables).get(keyOf(name)) ?? [],
    sequencesOf: (table) => sequencesByOwner(catalog.sequences).get(keyOf(table)) ?? [],
  }),
);

/**
 * The identity of a written name: its own schema, else the first schema of the search path for which `exists` holds,
 * else the first of the path, where a new object would be created.
 */
export function resolveName(
  written: WrittenName,
  searchPath: readonly string[],
  exists: (name: ObjectName) => boolean,
): ObjectName {
  if (written.schema !== null) return { schema: written.schema, name: written.name };
  for (const schema of searchPath) if (exists({ schema, name: written.name })) return { schema, name: written.name };
  return { schema: searchPath[0] ?? 'public', name: written.name };
}
