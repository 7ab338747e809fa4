import { qualifiedName } from '../sql/qualified-name.ts';
import type { Catalog, DefinedObject, Routine, Sequence, Table, View } from './catalog.ts';
import type { GraphObject } from './dependency-graph.ts';

type Extension = Catalog['extensions'][number];
type DatabaseType = Catalog['types'][number];

/** An object that can be selected, with what the catalog knows of it. */
export type CatalogObject =
  | { readonly kind: 'database' }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'sequence'; readonly sequence: Sequence }
  | { readonly kind: 'type'; readonly type: DatabaseType }
  | { readonly kind: 'routine'; readonly routine: Routine }
  | { readonly kind: 'extension'; readonly extension: Extension }
  | { readonly kind: 'other'; readonly object: DefinedObject };

/** The id of the database itself. */
export const databaseId = 'database';

const relationKinds: ReadonlySet<string> = new Set(['table', 'view', 'materialized view']);
const memberKinds: ReadonlySet<string> = new Set(['column', 'constraint', 'trigger', 'policy', 'rule']);

/** The id of an object in tree, diagram and inspector: of a relation its dotted name, of others their kind before it. */
export function objectId({ kind, schema, name }: GraphObject): string {
  if (relationKinds.has(kind)) return qualifiedName({ schema, name });
  return `${kind}:${schema}.${name}`;
}

/** How the dependency graph calls an object; null for the database. */
export function graphObjectOf(object: CatalogObject): GraphObject | null {
  switch (object.kind) {
    case 'database':
      return null;
    case 'table':
      return { kind: 'table', schema: object.table.schema, name: object.table.name };
    case 'view': {
      const { materialized, schema, name } = object.view;
      return { kind: materialized ? 'materialized view' : 'view', schema, name };
    }
    case 'sequence':
      return { kind: 'sequence', schema: object.sequence.schema, name: object.sequence.name };
    case 'type':
      return { kind: 'type', schema: object.type.schema, name: object.type.name };
    case 'routine':
      return { kind: 'routine', schema: object.routine.schema, name: signatureOf(object.routine) };
    case 'extension':
      return { kind: 'extension', schema: '', name: object.extension.name };
    case 'other':
      return { kind: object.object.kind, schema: object.object.schema, name: object.object.name };
  }
}

/** A routine's name with its arguments. */
export const signatureOf = (routine: Routine): string => `${routine.name}(${routine.arguments})`;

/** Every object of a catalog by its id; an index is found under its own id and gives its relation. */
export function catalogObjects(catalog: Catalog): ReadonlyMap<string, CatalogObject> {
  const objects = new Map<string, CatalogObject>([[databaseId, { kind: 'database' }]]);
  const put = (object: CatalogObject): void => {
    const named = graphObjectOf(object);
    if (named !== null) objects.set(objectId(named), object);
  };
  const putIndexes = (relation: CatalogObject, { schema, indexes }: Table | View): void => {
    for (const { name } of indexes) objects.set(objectId({ kind: 'index', schema, name }), relation);
  };
  for (const table of catalog.tables) {
    const object: CatalogObject = { kind: 'table', table };
    put(object);
    putIndexes(object, table);
  }
  for (const view of catalog.views) {
    const object: CatalogObject = { kind: 'view', view };
    put(object);
    putIndexes(object, view);
  }
  for (const sequence of catalog.sequences) put({ kind: 'sequence', sequence });
  for (const type of catalog.types) put({ kind: 'type', type });
  for (const routine of catalog.routines) put({ kind: 'routine', routine });
  for (const extension of catalog.extensions) put({ kind: 'extension', extension });
  for (const object of catalog.otherObjects ?? []) put({ kind: 'other', object });
  return objects;
}

/** The id of what is shown for an object of the dependency graph: for a column its table; null when nothing is. */
export function shownFor(object: GraphObject, objects: ReadonlyMap<string, CatalogObject>): string | null {
  const id = objectId(object);
  const known = objects.get(id);
  if (known !== undefined) {
    const named = graphObjectOf(known);
    return named === null ? id : objectId(named);
  }
  if (!memberKinds.has(object.kind)) return null;
  const relation = /^(?:"((?:[^"]|"")+)"|([^".]+))\./.exec(object.name);
  const name = relation?.[1]?.replaceAll('""', '"') ?? relation?.[2];
  if (name === undefined) return null;
  const relationId = qualifiedName({ schema: object.schema, name });
  return objects.has(relationId) ? relationId : null;
}
