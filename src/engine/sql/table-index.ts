import type { Catalog, Constraint, Index, ObjectName, Table, View } from '../catalog/catalog.ts';
import { byObject } from './by-object.ts';
import { lazy } from './lazy.ts';

/** An index with the table or materialized view that it stands on. */
export type PlacedIndex = { readonly index: Index; readonly on: ObjectName };

/** A foreign key with the table that it belongs to. */
export type PlacedConstraint = { readonly table: Table; readonly constraint: Constraint };

/** Finds tables by name, parent, foreign key and index; keys as `keyOf` makes them. */
export type TableIndex = {
  readonly byName: (key: string) => Table | undefined;
  readonly childrenOf: (key: string) => readonly Table[];
  readonly referencesTo: (key: string) => readonly PlacedConstraint[];
  readonly index: (key: string) => PlacedIndex | undefined;
};

/** One text per identity; the separator cannot be part of a name. */
export const keyOf = (name: ObjectName): string => `${name.schema}\u0000${name.name}`;

/** Groups items by every key that they have. */
export function grouped<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
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

const parentsOf = (table: Table): readonly string[] => [
  ...(table.partitionOf === null ? [] : [keyOf(table.partitionOf.parent)]),
  ...table.inherits.map(keyOf),
];

const referencesOf = (table: Table): readonly PlacedConstraint[] =>
  table.constraints.flatMap((constraint) => (constraint.references === null ? [] : [{ table, constraint }]));

const targetOf = ({ constraint }: PlacedConstraint): readonly string[] =>
  constraint.references === null ? [] : [keyOf(constraint.references.table)];

/** The indexes of tables or views by their own names. */
export const placeIndexes = (owners: readonly (Table | View)[]): ReadonlyMap<string, PlacedIndex> =>
  new Map(
    owners.flatMap((on) =>
      on.indexes.map((index): [string, PlacedIndex] => [keyOf({ schema: on.schema, name: index.name }), { index, on }]),
    ),
  );

function fullIndex(tables: Catalog['tables']): TableIndex {
  const byName = lazy(() => new Map(tables.map((table) => [keyOf(table), table])));
  const children = lazy(() => grouped(tables, parentsOf));
  const references = lazy(() => grouped(tables.flatMap(referencesOf), targetOf));
  const indexes = lazy(() => placeIndexes(tables));
  return {
    byName: (key) => byName().get(key),
    childrenOf: (key) => children().get(key) ?? [],
    referencesTo: (key) => references().get(key) ?? [],
    index: (key) => indexes().get(key),
  };
}

type Changes = ReadonlyMap<string, Table | null>;

/** An index of tables that differ little from others that are indexed already. */
function changedIndex(base: TableIndex, changes: Changes): TableIndex {
  const present = [...changes.values()].filter((table) => table !== null);
  const isOld = (table: ObjectName) => !changes.has(keyOf(table));
  const children = lazy(() => grouped(present, parentsOf));
  const references = lazy(() => grouped(present.flatMap(referencesOf), targetOf));
  const placed = lazy(() => placeIndexes(present));
  return {
    byName: (key) => {
      const changed = changes.get(key);
      return changed === undefined ? base.byName(key) : (changed ?? undefined);
    },
    childrenOf: (key) => joined(base.childrenOf(key), isOld, children().get(key)),
    referencesTo: (key) => joined(base.referencesTo(key), ({ table }) => isOld(table), references().get(key)),
    index: (key) => {
      const known = base.index(key);
      if (known !== undefined && isOld(known.on)) return known;
      return placed().get(key);
    },
  };
}

function joined<T>(before: readonly T[], stays: (item: T) => boolean, added: readonly T[] | undefined): readonly T[] {
  const kept = before.every(stays) ? before : before.filter(stays);
  return added === undefined ? kept : [...kept, ...added];
}

/**
 * An index with the way it came to be: `whole` knows all tables of an earlier catalog, `changes` is what was different
 * when changes were last put together, and `steps` are the changes since, which lie upon one another in `index`.
 */
type Derived = {
  readonly whole: TableIndex;
  readonly changes: Changes;
  readonly steps: readonly Changes[];
  readonly index: TableIndex;
};

const indexes = new WeakMap<Catalog['tables'], Derived>();

/** More changes than this, and indexing from scratch is cheaper than looking through them. */
const manyChanges = 512;

/** More steps than this, and looking through one large change is cheaper than through many small ones. */
const manySteps = 12;

/** Up to so many tables an index is made from scratch sooner than put together from what has changed. */
const fewTables = 32;

const indexOfFew = byObject(20, fullIndex);

/** The index of a catalog's tables: made when first asked for, and kept as long as the list of tables is. */
export function tableIndex(tables: Catalog['tables']): TableIndex {
  if (tables.length <= fewTables) return indexOfFew(tables);
  const known = indexes.get(tables);
  if (known !== undefined) return known.index;
  const whole = fullIndex(tables);
  indexes.set(tables, { whole, changes: new Map(), steps: [], index: whole });
  return whole;
}

/** What differs between two lists of tables: new or changed ones, and null for those that are gone. */
function changesBetween(before: Catalog['tables'], after: Catalog['tables']): Changes {
  // One statement changes few neighbours, so nearly all of both lists is the same beginning and the same end.
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const was = before.slice(start, before.length - end);
  const is = after.slice(start, after.length - end);
  const same = new Set(was);
  const gone = was.map((table): [string, Table | null] => [keyOf(table), null]);
  const changed = is.filter((table) => !same.has(table)).map((table): [string, Table | null] => [keyOf(table), table]);
  const kept = new Set(is.filter((table) => same.has(table)).map(keyOf));
  return new Map([...gone.filter(([key]) => !kept.has(key)), ...changed]);
}

/** Tells that one list of tables came out of another, so that its index need not be made from scratch. */
export function deriveTableIndex(before: Catalog['tables'], after: Catalog['tables']): void {
  if (after.length <= fewTables) return;
  const known = indexes.get(before);
  if (before === after || known === undefined || indexes.has(after)) return;
  const { whole } = known;
  const step = changesBetween(before, after);
  const steps = [...known.steps, step];
  if (steps.length <= manySteps) {
    indexes.set(after, { whole, changes: known.changes, steps, index: changedIndex(known.index, step) });
    return;
  }
  const changes = new Map(known.changes);
  for (const each of steps) for (const [key, table] of each) changes.set(key, table);
  if (changes.size <= manyChanges)
    indexes.set(after, { whole, changes, steps: [], index: changedIndex(whole, changes) });
}
