import type { RangeVar } from '@pgsql/types';
import type { Catalog, ObjectName } from '../../catalog/catalog.ts';
import { type CatalogLookup, catalogLookup, resolveName, temporarySchema } from '../catalog-lookup.ts';
import { nameOf, type WrittenName } from '../nodes.ts';
import { deriveTableIndex } from '../table-index.ts';
import type { SourceText } from './source-text.ts';

/** What one statement is applied to, and how it reads names. */
export type Simulation = {
  readonly catalog: Catalog;
  readonly lookup: CatalogLookup;
  readonly searchPath: readonly string[];
  readonly version: number;
  readonly source: SourceText;
  /** The identity of a relation that exists, else the one that it would be created as. */
  readonly relation: (written: RangeVar | WrittenName | undefined) => ObjectName;
  /** The identity that a new relation gets: never that of one in a later schema of the search path. */
  readonly newName: (written: RangeVar | WrittenName | undefined) => ObjectName;
  /** Notes an object whose state after the statement is not known. */
  readonly uncertain: (name: ObjectName) => void;
};

const isTemporary = (name: RangeVar | WrittenName | undefined): boolean =>
  name !== undefined && 'relpersistence' in name && name.relpersistence === 't';

const written = (name: RangeVar | WrittenName | undefined): WrittenName =>
  name !== undefined && 'name' in name ? name : nameOf(name);

/** Opens a simulation on a catalog. */
export function openSimulation(
  catalog: Catalog,
  searchPath: readonly string[],
  version: number,
  source: SourceText,
  uncertain: (name: ObjectName) => void,
): Simulation {
  const lookup = catalogLookup(catalog);
  return {
    catalog,
    lookup,
    searchPath,
    version,
    source,
    relation: (name) => resolveName(written(name), searchPath, (one) => lookup.relationKind(one) !== undefined),
    newName: (name) => ({
      schema: isTemporary(name)
        ? temporarySchema
        : (written(name).schema ?? searchPath.find(lookup.hasSchema) ?? searchPath[0] ?? 'public'),
      name: written(name).name,
    }),
    uncertain,
  };
}

/** The same simulation, further on. */
export const advance = (simulation: Simulation, catalog: Catalog): Simulation => {
  if (catalog === simulation.catalog) return simulation;
  const { searchPath, version, source, uncertain } = simulation;
  deriveTableIndex(simulation.catalog.tables, catalog.tables);
  return openSimulation(catalog, searchPath, version, source, uncertain);
};
