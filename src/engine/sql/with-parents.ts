import type { ObjectName } from '../catalog/catalog.ts';
import type { CatalogLookup } from './catalog-lookup.ts';

/** A table and those that it is a partition of: what points at one of these may point at its rows. */
export function withParents(lookup: Pick<CatalogLookup, 'table'>, table: ObjectName): readonly ObjectName[] {
  const parent = lookup.table(table)?.partitionOf?.parent;
  return parent === undefined ? [table] : [table, ...withParents(lookup, parent)];
}
