import type { Catalog, Index, ObjectName, Sequence, Table, View } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { deriveTableIndex, keyOf, tableIndex } from '../table-index.ts';

const compareNames = (a: ObjectName, b: ObjectName): number =>
  a.schema < b.schema ? -1 : a.schema > b.schema ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** A sorted list with one more item; an item of the same identity is replaced. */
export function withItem<T extends ObjectName>(items: readonly T[], item: T): readonly T[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = items[middle];
    if (other !== undefined && compareNames(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  const found = items[low];
  const replaced = found !== undefined && sameName(found, item) ? 1 : 0;
  return items.toSpliced(low, replaced, item);
}

/** A list without the item of an identity; the same list when it has none. */
export function withoutItem<T extends ObjectName>(items: readonly T[], name: ObjectName): readonly T[] {
  const rest = items.filter((item) => !sameName(item, name));
  return rest.length === items.length ? items : rest;
}

/** A catalog in which one table is another; its place in the list follows its name. */
export function editTable(catalog: Catalog, name: ObjectName, edit: (table: Table) => Table): Catalog {
  const found = tableIndex(catalog.tables).byName(keyOf(name));
  if (found === undefined) return catalog;
  const edited = edit(found);
  if (edited === found) return catalog;
  const others = sameName(edited, found) ? catalog.tables : withoutItem(catalog.tables, name);
  const tables = withItem(others, edited);
  deriveTableIndex(catalog.tables, tables);
  return { ...catalog, tables };
}

/** A catalog in which one view is another. */
export function editView(catalog: Catalog, name: ObjectName, edit: (view: View) => View): Catalog {
  const found = catalog.views.find((view) => sameName(view, name));
  if (found === undefined) return catalog;
  const edited = edit(found);
  return {
    ...catalog,
    views: withItem(sameName(edited, found) ? catalog.views : withoutItem(catalog.views, name), edited),
  };
}

/** A catalog in which one sequence is another. */
export function editSequence(catalog: Catalog, name: ObjectName, edit: (sequence: Sequence) => Sequence): Catalog {
  const found = catalog.sequences.find((sequence) => sameName(sequence, name));
  if (found === undefined) return catalog;
  return { ...catalog, sequences: withItem(withoutItem(catalog.sequences, name), edit(found)) };
}

/** A catalog in which every table is what `edit` makes of it; unchanged tables stay the same objects. */
export function editTables(catalog: Catalog, edit: (table: Table) => Table): Catalog {
  let changed = false;
  const tables = catalog.tables.map((table) => {
    const edited = edit(table);
    changed ||= edited !== table;
    return edited;
  });
  return changed ? { ...catalog, tables } : catalog;
}

/** A table with one more index, in the order of names. */
export function withIndex<T extends { readonly indexes: readonly Index[] }>(owner: T, index: Index): T {
  const others = owner.indexes.filter((other) => other.name !== index.name);
  const at = others.findIndex((other) => other.name > index.name);
  return { ...owner, indexes: at < 0 ? [...others, index] : [...others.slice(0, at), index, ...others.slice(at)] };
}
