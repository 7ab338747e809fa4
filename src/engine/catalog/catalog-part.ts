import { tokensOf } from '../sql/tokens.ts';
import { unquoteIdentifier } from '../sql/unquote-identifier.ts';
import type { Catalog, DefinedObject, ObjectName, Table, View } from './catalog.ts';
import { columnObject, dependencyGraph, type GraphObject } from './dependency-graph.ts';
import { memberName, objectKey } from './object-key.ts';

/**
 * The part of a catalog that holds the wanted objects and everything that they need, so that it loads into an empty
 * database. A wanted table or view comes with all that belongs to it; one that is only needed comes with its columns and
 * those constraints and indexes that are needed. A publication brings no tables: it publishes those that are in the part.
 * What the text of a routine's body needs is not known and not added.
 */
export function partOfCatalog(catalog: Catalog, wanted: readonly GraphObject[]): Catalog {
  const kept = neededBy(catalog, wanted);
  const has = (kind: string, { schema, name }: ObjectName): boolean => kept.has(objectKey(kind, schema, name));
  const hasTable = (name: ObjectName): boolean => has('table', name);
  const viewKind = (view: View): string => (view.materialized ? 'materialized view' : 'view');

  const tables = catalog.tables.filter(hasTable).map((table) => membersOf(table, kept));
  const views = catalog.views.filter((view) => has(viewKind(view), view)).map((view) => membersOfView(view, kept));
  const sequences = catalog.sequences.filter((sequence) =>
    sequence.ownedBy === null ? has('sequence', sequence) : hasTable(sequence.ownedBy.table),
  );
  const types = catalog.types.filter((type) => has('type', type));
  const routines = catalog.routines.filter((routine) =>
    has('routine', { schema: routine.schema, name: `${routine.name}(${routine.arguments})` }),
  );
  const otherObjects = (catalog.otherObjects ?? []).filter((other) => has(other.kind, other));
  const schemas = new Set(
    [...tables, ...views, ...sequences, ...types, ...routines, ...otherObjects].map(({ schema }) => schema),
  );
  for (const { kind, name } of wanted) if (kind === 'schema') schemas.add(name);
  const grantee: Readonly<Record<string, string>> = { column: 'table' };
  return {
    ...catalog,
    // Without `public` the whole database would have none.
    schemas: catalog.schemas.filter(({ name }) => schemas.has(name) || name === 'public'),
    tables,
    views,
    sequences,
    types,
    routines,
    otherObjects: otherObjects.map((other) =>
      other.kind === 'publication' ? publishing(other, { hasTable, schemas }) : other,
    ),
    grants: (catalog.grants ?? []).filter((grant) =>
      grant.kind === 'schema' ? schemas.has(grant.name) : has(grantee[grant.kind] ?? grant.kind, grant),
    ),
    dependencies: catalog.dependencies.filter(({ dependent }) =>
      kept.has(objectKey(dependent.kind, dependent.schema, dependent.name)),
    ),
  };
}

/** A publication with those of its statements that add a table or a schema of the part. */
function publishing(
  publication: DefinedObject,
  part: { readonly hasTable: (table: ObjectName) => boolean; readonly schemas: ReadonlySet<string> },
): DefinedObject {
  const further = (publication.further ?? []).filter((text) => {
    const words = tokensOf(text)
      .filter(({ kind }) => kind !== 'space')
      .map(({ start, end }) => unquoteIdentifier(text.slice(start, end)));
    // ALTER PUBLICATION name ADD TABLE ONLY schema . table, or ADD TABLES IN SCHEMA schema.
    const [, , , , what] = words;
    const named = words.slice(what === 'TABLE' ? 6 : 7);
    const [schema = '', , table = ''] = named;
    return what === 'TABLE' ? part.hasTable({ schema, name: table }) : part.schemas.has(schema);
  });
  return { ...publication, further };
}

/** Keys of the wanted objects, of what belongs to them and of all that these need. */
function neededBy(catalog: Catalog, wanted: readonly GraphObject[]): ReadonlySet<string> {
  const graph = dependencyGraph(catalog);
  const tables = new Map(catalog.tables.map((table) => [objectKey('table', table.schema, table.name), table]));
  const views = new Map(catalog.views.map((view) => [objectKey('view', view.schema, view.name), view]));
  const relationOf = ({ kind, schema, name }: GraphObject): Table | View | undefined =>
    tables.get(objectKey(kind, schema, name)) ??
    (kind.endsWith('view') ? views.get(objectKey('view', schema, name)) : undefined);
  const others = belongings(catalog.otherObjects ?? []);
  const owners = ownersOfMembers(catalog);
  const kept = new Set<string>();
  const open: GraphObject[] = [];
  const want = (object: GraphObject) => {
    const key = objectKey(object.kind, object.schema, object.name);
    if (kept.has(key)) return;
    kept.add(key);
    open.push(object);
  };
  for (const object of wanted) {
    want(object);
    const relation = relationOf(object);
    if (relation !== undefined)
      for (const member of [...parts(relation), ...(others.get(nameKey(relation)) ?? [])]) want(member);
  }
  for (let object = open.pop(); object !== undefined; object = open.pop()) {
    if (object.kind === 'publication') continue;
    for (const { object: needed } of graph.dependenciesOf(object)) want(needed);
    const owner = owners.get(objectKey(object.kind, object.schema, object.name));
    if (owner !== undefined) want(owner);
    const table = tables.get(objectKey(object.kind, object.schema, object.name));
    if (table === undefined) continue;
    // Its columns come with it, and so does what they need.
    for (const column of table.columns) want(columnObject(table, column.name));
    for (const index of table.indexes) {
      if (index.replicaIdentity || index.clustered) want({ kind: 'index', schema: table.schema, name: index.name });
    }
    for (const parent of [...table.inherits, ...(table.partitionOf ? [table.partitionOf.parent] : [])]) {
      want({ kind: 'table', schema: parent.schema, name: parent.name });
    }
  }
  return kept;
}

const nameKey = ({ schema, name }: ObjectName): string => `${schema}\0${name}`;

/** Everything that belongs to a relation. */
function parts(relation: Table | View): readonly GraphObject[] {
  const { schema, name } = relation;
  const member = (kind: string) => (each: { readonly name: string }) => ({
    kind,
    schema,
    name: memberName(name, each.name),
  });
  return [
    ...('constraints' in relation ? relation.constraints.map(member('constraint')) : []),
    ...('policies' in relation ? relation.policies.map(member('policy')) : []),
    ...relation.triggers.map(member('trigger')),
    ...relation.indexes.map((index) => ({ kind: 'index', schema, name: index.name })),
  ];
}

/** The relation of every constraint, index, trigger and policy, and the constraint of an index that backs one. */
function ownersOfMembers(catalog: Catalog): ReadonlyMap<string, GraphObject> {
  const owners = new Map<string, GraphObject>();
  for (const relation of [...catalog.tables, ...catalog.views]) {
    const { schema, name } = relation;
    const kind =
      'columns' in relation && 'materialized' in relation
        ? relation.materialized
          ? 'materialized view'
          : 'view'
        : 'table';
    const owner = { kind, schema, name };
    for (const part of parts(relation)) owners.set(objectKey(part.kind, part.schema, part.name), owner);
    for (const index of relation.indexes) {
      if (index.constraint === null) continue;
      const constraint = { kind: 'constraint', schema, name: memberName(name, index.constraint) };
      owners.set(objectKey('index', schema, index.name), constraint);
    }
  }
  return owners;
}

/** Rules and statistics by the table that they belong to. */
function belongings(others: readonly DefinedObject[]): ReadonlyMap<string, readonly GraphObject[]> {
  const found = new Map<string, GraphObject[]>();
  for (const { kind, schema, name, table } of others) {
    if (table === null) continue;
    const key = nameKey(table);
    found.set(key, [...(found.get(key) ?? []), { kind, schema, name }]);
  }
  return found;
}

function membersOf(table: Table, kept: ReadonlySet<string>): Table {
  const { schema, name } = table;
  const has = (kind: string) => (each: { readonly name: string }) =>
    kept.has(objectKey(kind, schema, memberName(name, each.name)));
  const constraints = table.constraints.filter(has('constraint'));
  const names = new Set(constraints.map((constraint) => constraint.name));
  return {
    ...table,
    constraints,
    policies: table.policies.filter(has('policy')),
    triggers: table.triggers.filter(has('trigger')),
    indexes: table.indexes.filter(
      (index) =>
        kept.has(objectKey('index', schema, index.name)) || (index.constraint !== null && names.has(index.constraint)),
    ),
  };
}

function membersOfView(view: View, kept: ReadonlySet<string>): View {
  const { schema, name } = view;
  return {
    ...view,
    triggers: view.triggers.filter((each) => kept.has(objectKey('trigger', schema, memberName(name, each.name)))),
    indexes: view.indexes.filter((each) => kept.has(objectKey('index', schema, each.name))),
  };
}
