import type { GrantStmt } from '@pgsql/types';
import type { Catalog, Grant, ObjectName } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { all, nameOf, nameOfObject, strings } from '../nodes.ts';
import type { Simulation } from './simulation.ts';

type Holder = Pick<Grant, 'kind' | 'schema' | 'name'>;

const everything: Readonly<Record<Holder['kind'], readonly string[]>> = {
  schema: ['usage', 'create'],
  table: ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain'],
  view: ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain'],
  'materialized view': ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain'],
  sequence: ['usage', 'select', 'update'],
  type: ['usage'],
  routine: ['execute'],
  language: ['usage'],
  'foreign data wrapper': ['usage'],
  server: ['usage'],
  column: [],
};

function relationOf(simulation: Simulation, name: ObjectName): readonly Holder[] {
  const kind = simulation.lookup.relationKind(name);
  const grantable = kind === 'table' || kind === 'view' || kind === 'materialized view' || kind === 'sequence';
  return grantable ? [{ kind, schema: name.schema, name: name.name }] : [];
}

/** The schemas, relations and routines that the statement names; other kinds of objects are left as they are. */
function holdersOf(simulation: Simulation, statement: GrantStmt): readonly Holder[] {
  if (statement.targtype !== 'ACL_TARGET_OBJECT') return [];
  const { objects } = statement;
  if (statement.objtype === 'OBJECT_TABLE' || statement.objtype === 'OBJECT_SEQUENCE')
    return all(objects, 'RangeVar').flatMap((range) => relationOf(simulation, simulation.relation(nameOf(range))));
  if (statement.objtype === 'OBJECT_SCHEMA')
    return strings(objects).map((name) => ({ kind: 'schema' as const, schema: name, name }));
  if (statement.objtype !== 'OBJECT_FUNCTION') return [];
  return (objects ?? []).flatMap((object) => {
    const { schema, name } = nameOfObject(object);
    const found = (schema === null ? simulation.searchPath : [schema])
      .map((candidate) => simulation.lookup.routines({ schema: candidate, name }))
      .find((routines) => routines.length > 0);
    const [routine, second] = found ?? [];
    if (routine === undefined || second !== undefined) return [];
    return [{ kind: 'routine' as const, schema: routine.schema, name: `${routine.name}(${routine.arguments})` }];
  });
}

const same = (a: Grant, b: Grant): boolean =>
  a.kind === b.kind &&
  a.schema === b.schema &&
  a.name === b.name &&
  a.column === b.column &&
  a.grantee === b.grantee &&
  a.privilege === b.privilege;

/** What everybody has of a new routine: a catalog names it only where it was taken away. */
const isGivenAnyway = ({ kind, grantee, privilege }: Grant): boolean =>
  kind === 'routine' && grantee === '' && privilege === 'execute';

/** `GRANT` and `REVOKE` of schemas, relations, their columns, and routines. */
export function changePrivileges(simulation: Simulation, statement: GrantStmt): Catalog {
  const { catalog } = simulation;
  const written = all(statement.privileges, 'AccessPriv');
  const grantees = all(statement.grantees, 'RoleSpec').map(({ roletype, rolename }) =>
    roletype === 'ROLESPEC_PUBLIC' ? '' : (rolename ?? ''),
  );
  const changed = holdersOf(simulation, statement).flatMap((holder) => {
    const grantable = statement.grant_option === true;
    const named = written.flatMap(({ priv_name = '', cols }) =>
      (cols === undefined ? [null] : strings(cols)).map((column) => ({ privilege: priv_name.toLowerCase(), column })),
    );
    const whole = everything[holder.kind].map((privilege) => ({ privilege, column: null }));
    return (named.length === 0 ? whole : named).flatMap(({ privilege, column }) =>
      grantees.map((grantee): Grant => {
        const kind = column === null ? holder.kind : 'column';
        return { ...holder, kind, column, grantee, privilege, grantable, revoked: false };
      }),
    );
  });
  if (changed.length === 0) return catalog;
  const kept = (catalog.grants ?? []).filter((grant) => !changed.some((other) => same(grant, other)));
  const differing =
    statement.is_grant === true
      ? changed.filter((grant) => !isGivenAnyway(grant))
      : changed.filter(isGivenAnyway).map((grant) => ({ ...grant, grantable: false, revoked: true }));
  return { ...catalog, grants: [...kept, ...differing] };
}

/** A catalog in which privileges of a relation follow it to its new name. */
export function moveGrants(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const isOf = (grant: Grant) => sameName(grant, from) && grant.kind !== 'schema' && grant.kind !== 'type';
  if (catalog.grants?.some(isOf) !== true) return catalog;
  const { schema, name } = to;
  return { ...catalog, grants: catalog.grants.map((grant) => (isOf(grant) ? { ...grant, schema, name } : grant)) };
}

/** A catalog without privileges on what is not there any more. */
export function withoutLostGrants({ catalog, lookup }: Simulation): Catalog {
  const { grants } = catalog;
  const isThere = (grant: Grant): boolean => {
    switch (grant.kind) {
      case 'schema':
        return lookup.hasSchema(grant.name);
      case 'routine':
        return catalog.routines.some(
          (one) => one.schema === grant.schema && `${one.name}(${one.arguments})` === grant.name,
        );
      case 'type':
        return lookup.type(grant) !== undefined;
      case 'column':
        return (lookup.table(grant) ?? lookup.view(grant))?.columns.some(({ name }) => name === grant.column) === true;
      case 'language':
      case 'foreign data wrapper':
      case 'server':
        return true;
      default:
        return lookup.relationKind(grant) !== undefined;
    }
  };
  return grants === undefined || grants.every(isThere) ? catalog : { ...catalog, grants: grants.filter(isThere) };
}
