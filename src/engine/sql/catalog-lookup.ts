import type { Catalog, DatabaseType, ObjectName, Routine, Sequence, Table, View } from '../catalog/catalog.ts';
import { byObject } from './by-object.ts';
import type { WrittenName } from './nodes.ts';
import { grouped, keyOf, type PlacedConstraint, type PlacedIndex, placeIndexes, tableIndex } from './table-index.ts';

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

/** True when both are the same identity. */
export const sameName = (a: ObjectName, b: ObjectName): boolean => a.schema === b.schema && a.name === b.name;

/**
 * A look-up by name that is done once per name: the effects and dozens of rules ask a catalog for the same few. By schema
 * and name apart, so that no text need be put together to ask.
 */
function remembered<T>(look: (name: ObjectName) => T): (name: ObjectName) => T {
  const schemas = new Map<string, Map<string, T>>();
  return (name) => {
    let names = schemas.get(name.schema);
    if (names === undefined) {
      names = new Map();
      schemas.set(name.schema, names);
    }
    const known = names.get(name.name);
    if (known !== undefined || names.has(name.name)) return known as T;
    const found = look(name);
    names.set(name.name, found);
    return found;
  };
}

function byName<T extends ObjectName>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

// Tables of names hang on the arrays of a catalog, not on the catalog: a simulated statement that touches one kind of
// object leaves the arrays of all others, and so their tables of names, as they are.
const memoized = <K extends object, V extends object>(make: (key: K) => V) => byObject(20, make);
const viewsByName = memoized((views: Catalog['views']) => byName(views));
const sequencesByName = memoized((sequences: Catalog['sequences']) => byName(sequences));
const typesByName = memoized((types: Catalog['types']) => byName(types));
const routinesByName = memoized((routines: Catalog['routines']) => grouped(routines, (routine) => [keyOf(routine)]));
const sequencesByOwner = memoized((sequences: Catalog['sequences']) =>
  grouped(sequences, (sequence) => (sequence.ownedBy === null ? [] : [keyOf(sequence.ownedBy.table)])),
);
const viewIndexes = memoized((views: Catalog['views']) => placeIndexes(views));
const schemaNames = memoized((schemas: Catalog['schemas']) => new Set(schemas.map((schema) => schema.name)));

function relationKindIn(catalog: Catalog, name: ObjectName): RelationKind | undefined {
  const key = keyOf(name);
  if (tableIndex(catalog.tables).byName(key) !== undefined) return 'table';
  const view = viewsByName(catalog.views).get(key);
  if (view !== undefined) return view.materialized ? 'materialized view' : 'view';
  if (sequencesByName(catalog.sequences).has(key)) return 'sequence';
  if (tableIndex(catalog.tables).index(key) !== undefined || viewIndexes(catalog.views).has(key)) return 'index';
  return typesByName(catalog.types).get(key)?.kind === 'composite' ? 'composite type' : undefined;
}

function descendantsIn(catalog: Catalog, name: ObjectName): readonly Table[] {
  const { childrenOf } = tableIndex(catalog.tables);
  const found = new Map<string, Table>();
  const pending = [...childrenOf(keyOf(name))];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (found.has(keyOf(next))) continue;
    found.set(keyOf(next), next);
    pending.push(...childrenOf(keyOf(next)));
  }
  return [...found.values()];
}

/** Look-ups in a catalog. The tables of names are built when first needed and shared by catalogs that share arrays. */
export const catalogLookup: (catalog: Catalog) => CatalogLookup = memoized(
  (catalog: Catalog): CatalogLookup => ({
    table: remembered((name) => tableIndex(catalog.tables).byName(keyOf(name))),
    view: (name) => viewsByName(catalog.views).get(keyOf(name)),
    sequence: (name) => sequencesByName(catalog.sequences).get(keyOf(name)),
    type: (name) => typesByName(catalog.types).get(keyOf(name)),
    index: (name) => tableIndex(catalog.tables).index(keyOf(name)) ?? viewIndexes(catalog.views).get(keyOf(name)),
    routines: (name) => routinesByName(catalog.routines).get(keyOf(name)) ?? [],
    hasSchema: (name) => schemaNames(catalog.schemas).has(name),
    relationKind: remembered((name) => relationKindIn(catalog, name)),
    childrenOf: (name) => tableIndex(catalog.tables).childrenOf(keyOf(name)),
    descendantsOf: (name) => descendantsIn(catalog, name),
    referencesTo: (name) => tableIndex(catalog.tables).referencesTo(keyOf(name)),
    sequencesOf: (table) => sequencesByOwner(catalog.sequences).get(keyOf(table)) ?? [],
  }),
);

/** Where a session's temporary objects are; it stands before the search path, whatever that says. */
export const temporarySchema = 'pg_temp';

/** What a look-up gives for a written name: under its own schema, else in the first schema of the search path that has it. */
export function firstFound<T>(
  { schema, name }: WrittenName,
  searchPath: readonly string[],
  look: (name: ObjectName) => T | undefined,
): T | undefined {
  if (schema !== null) return look({ schema, name });
  const temporary = look({ schema: temporarySchema, name });
  if (temporary !== undefined) return temporary;
  for (const candidate of searchPath) {
    const found = look({ schema: candidate, name });
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The identity of a written name: its own schema, else the first schema of the search path for which `exists` holds,
 * else the first of the path, where a new object would be created.
 */
export function resolveName(
  written: WrittenName,
  searchPath: readonly string[],
  exists: (name: ObjectName) => boolean,
): ObjectName {
  const { schema, name } = written;
  if (schema !== null) return { schema, name };
  const found = firstFound(written, searchPath, (candidate) => (exists(candidate) ? candidate : undefined));
  return found ?? { schema: searchPath[0] ?? 'public', name };
}
