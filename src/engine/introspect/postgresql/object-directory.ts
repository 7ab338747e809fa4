import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { byNumber } from './objects/columns.ts';
import type { NamedObject, ObjectDirectory } from './objects/dependencies.ts';
import type { CatalogRows } from './read-catalog-rows.ts';

/** Names for the numbers that the server's dependency graph speaks of. */
export function directoryOf(rows: CatalogRows): ObjectDirectory {
  const catalogs = new Map<string, Map<number, NamedObject>>();
  const set = (catalog: string, oid: number, object: NamedObject) => {
    const objects = catalogs.get(catalog);
    if (objects === undefined) catalogs.set(catalog, new Map([[oid, object]]));
    else objects.set(oid, object);
  };
  const put = (catalog: string, oid: number, kind: string, schema: string, name: string) =>
    set(catalog, oid, { kind, schema, name });
  const relations = new Map<number, { readonly schema: string; readonly name: string }>();

  for (const table of rows.tables) {
    relations.set(table.oid, table);
    put('pg_class', table.oid, 'table', table.schema, table.name);
  }
  for (const view of rows.views) {
    relations.set(view.oid, view);
    put('pg_class', view.oid, view.materialized ? 'materialized view' : 'view', view.schema, view.name);
  }
  for (const sequence of rows.sequences) put('pg_class', sequence.oid, 'sequence', sequence.schema, sequence.name);
  for (const type of rows.types) {
    put('pg_type', type.oid, 'type', type.schema, type.name);
    if (type.relation !== 0) put('pg_class', type.relation, 'type', type.schema, type.name);
  }
  for (const routine of rows.routines) {
    put('pg_proc', routine.oid, 'routine', routine.schema, `${routine.name}(${routine.arguments})`);
  }
  for (const schema of rows.schemas) put('pg_namespace', schema.oid, 'schema', '', schema.name);
  for (const extension of rows.extensions) put('pg_extension', extension.oid, 'extension', '', extension.name);
  for (const other of rows.otherObjects) put(other.class, other.oid, other.kind, other.schema, other.name);

  const member = (catalog: string, oid: number, kind: string, relation: number, name: string) => {
    const owner = relations.get(relation);
    if (owner !== undefined) put(catalog, oid, kind, owner.schema, memberName(owner.name, name));
  };
  for (const index of rows.indexes) {
    const relation = relations.get(index.relation);
    if (relation !== undefined) put('pg_class', index.oid, 'index', relation.schema, index.name);
  }
  for (const constraint of rows.constraints) {
    if (constraint.relation !== 0) {
      member('pg_constraint', constraint.oid, 'constraint', constraint.relation, constraint.name);
      continue;
    }
    // The constraint of a domain is part of the domain.
    const domain = catalogs.get('pg_type')?.get(constraint.domain);
    if (domain !== undefined) set('pg_constraint', constraint.oid, domain);
  }
  for (const trigger of rows.triggers) member('pg_trigger', trigger.oid, 'trigger', trigger.relation, trigger.name);
  for (const policy of rows.policies) member('pg_policy', policy.oid, 'policy', policy.relation, policy.name);

  const columnOf = byNumber(rows.columns);
  const defaults = new Map(rows.columns.flatMap((row) => (row.defaultOid === null ? [] : [[row.defaultOid, row]])));
  return {
    object: (catalog, oid) => catalogs.get(catalog)?.get(oid),
    columnName: (relation, number) => columnOf(relation, number)?.name,
    columnObject: (relation, number) => {
      const owner = relations.get(relation);
      const column = columnOf(relation, number);
      if (owner === undefined || column === undefined) return undefined;
      return { kind: 'column', schema: owner.schema, name: memberName(owner.name, column.name) };
    },
    columnOfDefault: (oid) => defaults.get(oid),
  };
}

const memberName = (relation: string, member: string): string =>
  `${quoteIdentifier(relation)}.${quoteIdentifier(member)}`;
