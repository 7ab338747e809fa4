import type {
  Catalog,
  Column,
  Constraint,
  DatabaseType,
  ObjectName,
  Routine,
  Table,
  View,
} from '../catalog/catalog.ts';
import {
  type CatalogLookup,
  catalogLookup,
  firstFound,
  type RelationKind,
  resolveName,
} from '../sql/catalog-lookup.ts';
import type { WrittenName } from '../sql/nodes.ts';
import type { PlacedConstraint, PlacedIndex } from '../sql/table-index.ts';

/** Looks written names up in one catalog as a session with its search path would. */
export type CatalogView = {
  readonly catalog: Catalog;
  readonly lookup: CatalogLookup;
  readonly searchPath: readonly string[];
  /** The identity of a relation's written name: its own schema, else the first on the search path that has it, else the first. */
  readonly resolve: (written: WrittenName) => ObjectName;
  readonly table: (written: WrittenName) => Table | null;
  readonly view: (written: WrittenName) => View | null;
  readonly type: (written: WrittenName) => DatabaseType | null;
  readonly index: (written: WrittenName) => PlacedIndex | null;
  readonly routines: (written: WrittenName) => readonly Routine[];
  /** The name that a new object gets: without a schema, in the first one of the search path that is there. */
  readonly newName: (written: WrittenName) => ObjectName;
  readonly relationKind: (written: WrittenName) => RelationKind | null;
  readonly hasSchema: (name: string) => boolean;
  readonly column: (table: Table | null, name: string) => Column | null;
  readonly constraint: (table: Table | null, name: string) => Constraint | null;
  /** All partitions and inheritance children below a table, without itself. */
  readonly descendantsOf: (table: ObjectName) => readonly Table[];
  /** Foreign keys that point at this table, its own included. */
  readonly referencesTo: (table: ObjectName) => readonly PlacedConstraint[];
};

/** Prepares a catalog for look-ups, under its own search path or another one; what is costly is done when first needed and shared between similar catalogs. */
export const catalogView = (catalog: Catalog, searchPath: readonly string[] | null = null): CatalogView => {
  const lookup = catalogLookup(catalog);
  const wanted = searchPath ?? catalog.server.searchPath;
  const path = wanted.length === 0 ? ['public'] : wanted;
  const find = <T>(written: WrittenName, look: (name: ObjectName) => T | undefined): T | null =>
    firstFound(written, path, look) ?? null;
  return {
    catalog,
    lookup,
    searchPath: path,
    resolve: (written) => resolveName(written, path, (name) => lookup.relationKind(name) !== undefined),
    newName: ({ schema, name }) => ({ schema: schema ?? path.find(lookup.hasSchema) ?? path[0] ?? 'public', name }),
    table: (written) => find(written, lookup.table),
    view: (written) => find(written, lookup.view),
    type: (written) => find(written, lookup.type),
    index: (written) => find(written, lookup.index),
    routines: (written) =>
      written.schema !== null
        ? lookup.routines({ schema: written.schema, name: written.name })
        : path.flatMap((schema) => lookup.routines({ schema, name: written.name })),
    relationKind: (written) => find(written, lookup.relationKind),
    hasSchema: lookup.hasSchema,
    column: (table, name) => table?.columns.find((column) => column.name === name) ?? null,
    constraint: (table, name) => table?.constraints.find((constraint) => constraint.name === name) ?? null,
    descendantsOf: lookup.descendantsOf,
    referencesTo: lookup.referencesTo,
  };
};
