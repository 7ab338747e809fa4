import { qualifiedName } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { identifier, literal, qualified, rendered, type Sql, sql } from '../../sql/sql.ts';
import type { Catalog, Grant, Routine } from '../catalog.ts';
import { otherObjectPath } from '../other-object-path.ts';
import { ownedName } from './render-other-object.ts';
import { type RenderedStatement, statementOf } from './rendered-statement.ts';

/** The superuser that an empty database is loaded as: what it owns needs no statement. */
const loader = 'postgres';

/** Makes every role that the catalog names, unless it exists; without a login. */
export function renderRoles(catalog: Catalog, options: { readonly rights: boolean }): readonly RenderedStatement[] {
  const roles = new Set<string>();
  const policies = catalog.tables.flatMap((table) => table.policies);
  for (const policy of policies) for (const role of policy.roles) if (role !== 'public') roles.add(role);
  if (options.rights) {
    for (const { owner } of owners(catalog)) roles.add(owner);
    for (const grant of catalog.grants ?? []) if (grant.grantee !== '') roles.add(grant.grantee);
    for (const other of catalog.otherObjects ?? []) for (const role of other.roles ?? []) roles.add(role);
  }
  return [...roles]
    .filter((role) => role !== loader && !role.startsWith('pg_'))
    .sort()
    .map((role) => {
      const create = literal(`CREATE ROLE ${quoteIdentifier(role)}`);
      const known = sql`EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(role)})`;
      const body = `BEGIN IF NOT ${known.text} THEN EXECUTE ${create.text}; END IF; END`;
      return statementOf('role', quoteIdentifier(role), sql`DO ${literal(body)}`);
    });
}

type Owned = { readonly kind: Sql; readonly object: string; readonly name: Sql; readonly owner: string };

function owners(catalog: Catalog): readonly Owned[] {
  const owned = (kind: Sql, object: string, name: Sql, owner: string): Owned => ({ kind, object, name, owner });
  return [
    ...catalog.schemas.map((schema) =>
      owned(sql`SCHEMA`, quoteIdentifier(schema.name), identifier(schema.name), schema.owner),
    ),
    ...catalog.types.map((type) =>
      owned(type.kind === 'domain' ? sql`DOMAIN` : sql`TYPE`, qualifiedName(type), qualified(type), type.owner),
    ),
    ...catalog.routines.map((routine) =>
      owned(sql`ROUTINE`, routinePath(routine), routineName(routine), routine.owner),
    ),
    ...catalog.tables.map((table) =>
      owned(
        table.kind === 'foreign table' ? sql`FOREIGN TABLE` : sql`TABLE`,
        qualifiedName(table),
        qualified(table),
        table.owner,
      ),
    ),
    ...catalog.views.map((view) =>
      owned(view.materialized ? sql`MATERIALIZED VIEW` : sql`VIEW`, qualifiedName(view), qualified(view), view.owner),
    ),
    // A sequence that a column owns follows its table.
    ...catalog.sequences
      .filter((sequence) => sequence.ownedBy === null)
      .map((sequence) => owned(sql`SEQUENCE`, qualifiedName(sequence), qualified(sequence), sequence.owner)),
    ...(catalog.otherObjects ?? []).flatMap((other) => {
      const named = ownedName(other);
      return named === null ? [] : [owned(named.words, otherObjectPath(other), named.name, other.owner)];
    }),
  ];
}

/** Gives every object its owner. */
export function renderOwners(catalog: Catalog): readonly RenderedStatement[] {
  return owners(catalog)
    .filter(({ owner, object }) => owner !== loader || object === 'public')
    .map(({ kind, object, name, owner }) =>
      statementOf('owner', object, sql`ALTER ${kind} ${name} OWNER TO ${identifier(owner)}`),
    );
}

/** Grants and revokes what differs from an object's defaults. */
export function renderGrants(catalog: Catalog): readonly RenderedStatement[] {
  // An empty database has a schema `public` with privileges of its own.
  const bare = catalog.schemas.some((schema) => schema.name === 'public')
    ? [statementOf('grant', 'public', sql`REVOKE ALL ON SCHEMA public FROM PUBLIC`)]
    : [];
  return [...bare, ...(catalog.grants ?? []).map(renderGrant)];
}

function renderGrant(grant: Grant): RenderedStatement {
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
    case 'type':
      return { target: sql`TYPE ${qualified(grant)}`, object: qualifiedName(grant) };
    case 'sequence':
      return { target: sql`SEQUENCE ${qualified(grant)}`, object: qualifiedName(grant) };
    case 'routine': {
      const at = grant.name.indexOf('(');
      const name = qualified({ schema: grant.schema, name: grant.name.slice(0, at) });
      const target = sql`ROUTINE ${name}${rendered(grant.name.slice(at))}`;
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

/** A routine as statements name it. */
export function routineName(routine: Routine): Sql {
  const parameters = routine.kind === 'aggregate' && routine.arguments === '' ? '*' : routine.arguments;
  return sql`${qualified(routine)}(${rendered(parameters)})`;
}
