import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Catalog, Grant, ObjectName, Routine } from '../catalog.ts';
import { objectKey } from '../object-key.ts';
import { otherObjectPath } from '../other-object-path.ts';
import { plainArguments, splitSignature } from '../routine-signature.ts';
import { needsSuperuser, ownedName } from './render-other-object.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** The superuser that an empty database is loaded as: what it owns needs no statement. */
export const loader = 'postgres';

/**
 * Makes every role that the catalog names, unless it exists; without a login. A role that owns what only a superuser may
 * own is made one, or it could not own it here.
 */
export function renderRoles(catalog: Catalog, options: { readonly rights: boolean }): readonly RenderedStatement[] {
  const roles = new Set<string>();
  const policies = catalog.tables.flatMap((table) => table.policies);
  for (const policy of policies) for (const role of policy.roles) if (role !== 'public') roles.add(role);
  if (options.rights) {
    for (const { owner } of ownedObjects(catalog)) roles.add(owner);
    for (const { grantee, grantor = '' } of catalog.grants ?? []) {
      for (const role of [grantee, grantor]) if (role !== '') roles.add(role);
    }
  }
  for (const other of catalog.otherObjects ?? []) {
    if (options.rights || other.kind !== 'default privileges') for (const role of other.roles ?? []) roles.add(role);
  }
  const superusers = new Set((catalog.otherObjects ?? []).filter(needsSuperuser).map(({ owner }) => owner));
  return [...roles]
    .filter((role) => role !== loader && !role.startsWith('pg_'))
    .sort()
    .map((role) => {
      const create = literal(`CREATE ROLE ${quoteIdentifier(role)}${superusers.has(role) ? ' SUPERUSER' : ''}`);
      const known = sql`EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(role)})`;
      const body = `BEGIN IF NOT ${known.text} THEN EXECUTE ${create.text}; END IF; END`;
      return statementOf('role', quoteIdentifier(role), sql`DO ${literal(body)}`);
    });
}

/** Something with an owner: what `ALTER` calls it, and its place in the dependency graph. */
export type Owned = {
  readonly key: string;
  readonly object: string;
  readonly target: Sql;
  readonly owner: string;
};

/** Everything in the catalog that has an owner of its own. */
export function ownedObjects(catalog: Catalog): readonly Owned[] {
  const owned = (key: string, kind: Sql, object: string, name: Sql, owner: string): Owned => ({
    key,
    object,
    target: sql`${kind} ${name}`,
    owner,
  });
  const relation = (key: string, kind: Sql, named: ObjectName & { readonly owner: string }): Owned =>
    owned(objectKey(key, named.schema, named.name), kind, qualifiedName(named), qualified(named), named.owner);
  return [
    ...catalog.schemas.map(({ name, owner }) =>
      owned(objectKey('schema', '', name), sql`SCHEMA`, quoteIdentifier(name), identifier(name), owner),
    ),
    ...catalog.types.map((type) => relation('type', type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`, type)),
    ...catalog.routines.map((routine) => {
      const key = objectKey('routine', routine.schema, `${routine.name}(${routine.arguments})`);
      return owned(key, sql`ROUTINE`, routinePath(routine), routineName(routine), routine.owner);
    }),
    ...catalog.tables.map((table) =>
      relation('table', table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`, table),
    ),
    ...catalog.views.map((view) =>
      view.materialized
        ? relation('materialized view', sql`MATERIALIZED VIEW`, view)
        : relation('view', sql`VIEW`, view),
    ),
    // A sequence that a column owns follows its table.
    ...catalog.sequences
      .filter((sequence) => sequence.ownedBy === null)
      .map((sequence) => relation('sequence', sql`SEQUENCE`, sequence)),
    ...(catalog.otherObjects ?? []).flatMap((other) => {
      const named = ownedName(other);
      const key = objectKey(other.kind, other.schema, other.name);
      return named === null ? [] : [owned(key, named.words, otherObjectPath(other), named.name, other.owner)];
    }),
  ];
}

/** `ALTER … OWNER TO`. */
export const renderOwner = ({ object, target, owner }: Owned): RenderedStatement =>
  statementOf('owner', object, sql`ALTER ${target} OWNER TO ${identifier(owner)}`);

/** Gives every object whose key is wanted its owner. */
export const renderOwners = (catalog: Catalog, wanted: (key: string) => boolean): readonly RenderedStatement[] =>
  ownedObjects(catalog)
    .filter(({ key, owner, object }) => wanted(key) && (owner !== loader || object === 'public'))
    .map(renderOwner);

/** Grants and revokes what differs from an object's defaults. */
export function renderGrants(catalog: Catalog): readonly RenderedStatement[] {
  // An empty database has a schema `public` with privileges of its own.
  const bare = catalog.schemas.some((schema) => schema.name === 'public')
    ? [statementOf('grant', 'public', sql`REVOKE ALL ON SCHEMA public FROM PUBLIC`)]
    : [];
  return [...bare, ...inOrderOfGrantors(catalog.grants ?? []).flatMap(renderGrantByGrantor)];
}

/** What a role hands on comes after what it was given, and after the right to use the schema where that is. */
export function inOrderOfGrantors(grants: readonly Grant[]): readonly Grant[] {
  const isOn = ({ kind, schema, name }: Grant, column: string | null, privilege: string, grantee: string): string =>
    JSON.stringify([kind === 'column' ? 'table' : kind, schema, name, column, privilege, grantee]);
  const ordered: Grant[] = [];
  const held = new Set<string>();
  const give = (grant: Grant) => {
    ordered.push(grant);
    if (grant.grantable) held.add(isOn(grant, grant.column, grant.privilege, grant.grantee));
  };
  // Who holds it on the table holds it on each column.
  const isHeld = (grant: Grant): boolean =>
    [grant.column, null].some((column) => held.has(isOn(grant, column, grant.privilege, grant.grantor ?? '')));

  for (const grant of grants) if (grant.grantor === undefined) give(grant);
  const handedOn = grants.filter(({ grantor }) => grantor !== undefined);
  let waiting = [
    ...handedOn.filter(({ kind }) => kind === 'schema'),
    ...handedOn.filter(({ kind }) => kind !== 'schema'),
  ];
  for (let next = waiting.findIndex(isHeld); next !== -1; next = waiting.findIndex(isHeld)) {
    for (const grant of waiting.slice(next, next + 1)) give(grant);
    waiting = waiting.toSpliced(next, 1);
  }
  return [...ordered, ...waiting.map(({ grantor: _, ...grant }) => grant)];
}

/** `renderGrant` in the name of the role that handed the privilege on; what it does not say is the owner's doing. */
export function renderGrantByGrantor(grant: Grant): readonly RenderedStatement[] {
  const statement = renderGrant(grant);
  if (grant.grantor === undefined) return [statement];
  const { kind, object } = statement;
  return [
    statementOf(kind, object, sql`SET ROLE ${identifier(grant.grantor)}`),
    statement,
    statementOf(kind, object, sql`RESET ROLE`),
  ];
}

/** `GRANT`, or `REVOKE` for what the owner's defaults give and the object does not have. */
export function renderGrant(grant: Grant): RenderedStatement {
  const privilege = rendered(grant.privilege.toUpperCase());
  const column = grant.column === null ? sql`` : sql` (${identifier(grant.column)})`;
  const grantee = grant.grantee === '' ? sql`PUBLIC` : identifier(grant.grantee);
  const { target, object } = grantTarget(grant);
  const piece = grant.revoked
    ? sql`REVOKE ${privilege}${column} ON ${target} FROM ${grantee}`
    : sql`GRANT ${privilege}${column} ON ${target} TO ${grantee}${grant.grantable ? sql` WITH GRANT OPTION` : sql``}`;
  return statementOf('grant', object, piece);
}

function grantTarget(grant: Grant): { readonly target: Sql; readonly object: string } {
  switch (grant.kind) {
    case 'schema':
      return { target: sql`SCHEMA ${identifier(grant.name)}`, object: quoteIdentifier(grant.name) };
    case 'language':
      return { target: sql`LANGUAGE ${identifier(grant.name)}`, object: quoteIdentifier(grant.name) };
    case 'foreign data wrapper':
      return { target: sql`FOREIGN DATA WRAPPER ${identifier(grant.name)}`, object: quoteIdentifier(grant.name) };
    case 'server':
      return { target: sql`FOREIGN SERVER ${identifier(grant.name)}`, object: quoteIdentifier(grant.name) };
    case 'type':
      return { target: sql`TYPE ${qualified(grant)}`, object: qualifiedName(grant) };
    case 'sequence':
      return { target: sql`SEQUENCE ${qualified(grant)}`, object: qualifiedName(grant) };
    case 'routine': {
      const signature = splitSignature(grant.name);
      const name = qualified({ schema: grant.schema, name: signature.name });
      const target = sql`ROUTINE ${name}(${rendered(plainArguments(signature.arguments))})`;
      return { target, object: `${quoteIdentifier(grant.schema)}.${grant.name}` };
    }
    case 'table':
    case 'view':
    case 'materialized view':
    case 'column':
      return { target: sql`TABLE ${qualified(grant)}`, object: qualifiedName(grant) };
  }
}

/** The dotted path of a routine with its arguments. */
export const routinePath = (routine: Routine): string => `${qualifiedName(routine)}(${routine.arguments})`;

/** A routine as statements about a `ROUTINE` name it: there an aggregate of any rows, too, has empty brackets. */
export const routineName = (routine: Routine): Sql =>
  sql`${qualified(routine)}(${rendered(plainArguments(routine.arguments))})`;
