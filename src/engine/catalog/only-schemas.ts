import type { Catalog, ObjectName } from './catalog.ts';
import type { GraphObject } from './dependency-graph.ts';
import { withFingerprints } from './fingerprint.ts';

/**
 * The part of a catalog that reading only these schemas would have given: what belongs to no schema is left out, and
 * the catalog says so.
 */
export function onlySchemas(catalog: Catalog, names: readonly string[]): Catalog {
  const wanted = new Set(names);
  const isIn = ({ schema }: { readonly schema: string }): boolean => wanted.has(schema);
  // Extensions are read whatever the schemas.
  const isThere = ({ kind, schema, name }: GraphObject): boolean =>
    kind === 'extension' || wanted.has(kind === 'schema' ? name : schema);
  const { facts } = catalog;
  const part: Catalog = {
    ...catalog,
    schemas: catalog.schemas.filter(({ name }) => wanted.has(name)),
    tables: catalog.tables.filter(isIn),
    views: catalog.views.filter(isIn),
    sequences: catalog.sequences.filter(isIn),
    types: catalog.types.filter(isIn),
    routines: catalog.routines.filter(isIn),
    ...(catalog.grants === undefined
      ? {}
      : { grants: catalog.grants.filter((grant) => (grant.kind === 'schema' ? wanted.has(grant.name) : isIn(grant))) }),
    ...(catalog.otherObjects === undefined
      ? {}
      : {
          // Default privileges are read for the whole database or not at all.
          otherObjects: catalog.otherObjects.filter((other) => isIn(other) && other.kind !== 'default privileges'),
        }),
    dependencies: catalog.dependencies.filter(({ dependent, on }) => isThere(dependent) && isThere(on)),
    notModelled: [...catalog.notModelled, `schemas other than ${names.join(', ')}`],
    facts:
      facts === null
        ? null
        : {
            ...facts,
            tables: facts.tables.filter((each: ObjectName) => isIn(each)),
            indexes: facts.indexes.filter((each: ObjectName) => isIn(each)),
            ...(facts.sequences === undefined ? {} : { sequences: facts.sequences.filter(isIn) }),
          },
  };
  return withFingerprints(part);
}
