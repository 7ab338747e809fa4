import type { GrantStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, nameOf, strings, type WrittenName } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

const roleOf = (role: { readonly roletype?: string; readonly rolename?: string }): string | null =>
  role.roletype === 'ROLESPEC_PUBLIC' ? '' : (role.rolename ?? null);

/** What ALL TABLES or ALL SEQUENCES IN SCHEMA stands for. */
const relationsIn = (
  { database }: CheckContext,
  kind: string | undefined,
  schemas: readonly string[],
): readonly ObjectName[] => {
  const { tables, views, sequences } = database.catalog;
  const all: readonly ObjectName[] = kind === 'OBJECT_SEQUENCE' ? sequences : [...tables, ...views];
  return all.filter(({ schema }) => schemas.includes(schema));
};

/** USAGE of schemas that roles have now, without which they reach nothing in them. */
const fromSchemas = (
  context: CheckContext,
  revoke: GrantStmt,
  roles: readonly (string | null)[],
  privileges: readonly (string | undefined)[],
): readonly Found[] => {
  if (privileges.length > 0 && !privileges.includes('usage')) return [];
  const later = context.script.statements.slice(context.statement.index + 1);
  return strings(revoke.objects).flatMap((schema) => {
    const lost = (context.database.catalog.grants ?? []).filter(
      (grant) =>
        grant.kind === 'schema' &&
        grant.name === schema &&
        !grant.revoked &&
        grant.privilege.toLowerCase() === 'usage' &&
        roles.includes(grant.grantee),
    );
    const again = later.some(({ node }) => {
      const grant = as(node, 'GrantStmt');
      return grant?.is_grant === true && grant.objtype === 'OBJECT_SCHEMA' && strings(grant.objects).includes(schema);
    });
    if (lost.length === 0 || again) return [];
    const names = lost.map(({ grantee }) => (grantee === '' ? 'PUBLIC' : grantee));
    return [
      {
        range: context.source.range,
        message: `${listInWords(names)} can no longer use anything in the schema ${quoteIdentifier(schema)}`,
        evidence: { schema, roles: names },
      },
    ];
  });
};

/** What roles were to have of tables, sequences or routines to come, and no longer will. */
const fromDefaults = (context: CheckContext): Found | null => {
  const revoke = as(context.statement.node, 'AlterDefaultPrivilegesStmt')?.action;
  if (revoke === undefined || revoke.is_grant === true || context.direction === 'down') return null;
  const given = (context.database.catalog.otherObjects ?? [])
    .filter(({ kind }) => kind === 'default privileges')
    .flatMap(({ definition, further = [] }) => [definition, ...further].map((text) => parseScript(text)))
    .flatMap((script) => (script.ok ? script.value.statements : []))
    .flatMap(({ node }) => as(node, 'AlterDefaultPrivilegesStmt')?.action ?? [])
    .filter(({ is_grant, objtype }) => is_grant === true && objtype === revoke.objtype)
    .flatMap(({ grantees }) => all(grantees, 'RoleSpec').flatMap(({ rolename }) => rolename ?? []));
  const names = all(revoke.grantees, 'RoleSpec').flatMap(({ rolename }) => rolename ?? []);
  const lost = names.filter((name) => given.includes(name));
  if (lost.length === 0) return null;
  return {
    range: context.source.range,
    message: `${listInWords(lost.map(quoteIdentifier))} will not have what is made from here on, as so far`,
    evidence: { roles: lost },
  };
};

export const revokeInUse = defineRule({
  id: 'revoke-in-use',
  title: 'Revoked privilege that a role has now',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterDefaultPrivilegesStmt', 'GrantStmt'],
  docs: {
    what: 'REVOKE on schemas, tables, views or sequences of privileges that the catalog shows the role to have, and that the migration does not grant again; ALTER DEFAULT PRIVILEGES … REVOKE of what the role was to have of new objects.',
    why: 'Statements of that role fail with 42501 from that moment.',
    instead: 'Move the code to another role first, then revoke.',
    ignoreWhen: 'nothing runs as that role, or it never uses the privilege.',
    manual: 'https://www.postgresql.org/docs/current/sql-revoke.html',
  },
  examples: [
    {
      name: 'the privileges on all tables of a schema',
      setup:
        'create role web; create table users (id bigint primary key); create table plans (id bigint primary key); grant select on users to web;',
      up: 'revoke all on all tables in schema public from web;',
      finds: [{ text: 'revoke all on all tables in schema public from web' }],
    },
    {
      name: 'a schema',
      setup: 'create role web_app; create schema app; grant usage, create on schema app to web_app;',
      up: 'revoke create on schema app from web_app; revoke usage on schema app from public; revoke all on schema app from web_app;',
      finds: [{ text: 'revoke all on schema app from web_app', severity: 'warning' }],
    },
    {
      name: 'a privilege of everybody',
      setup: 'create table users (id bigint primary key); grant select on users to public;',
      up: 'REVOKE SELECT ON users FROM PUBLIC;',
      finds: [{ text: 'REVOKE SELECT ON users FROM PUBLIC', severity: 'warning' }],
    },
    {
      name: 'all privileges',
      setup: 'create table users (id bigint primary key); grant select, insert on users to public;',
      up: 'revoke all on table public.users from public cascade;',
      finds: [{ text: 'revoke all on table public.users from public cascade' }],
    },
    {
      name: 'narrowed: what is still needed is granted again',
      setup: 'create table users (id bigint primary key); grant select, insert on users to public;',
      up: 'begin; revoke all on users from public; grant select on users to public; commit;',
      finds: [],
    },
    {
      name: 'a privilege that nobody has',
      setup: 'create table users (id bigint primary key);',
      up: 'revoke all on users from public;',
      finds: [],
    },
    { name: 'without a catalog nobody knows', up: 'revoke all on users from public;', finds: [] },
  ],
  check: (context) => {
    const defaults = fromDefaults(context);
    if (defaults !== null) return [defaults];
    const revoke = as(context.statement.node, 'GrantStmt');
    if (revoke === undefined || revoke.is_grant === true || revoke.targtype === 'ACL_TARGET_DEFAULTS') return [];
    const everything = revoke.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
    const roles = all(revoke.grantees, 'RoleSpec').map(roleOf);
    const privileges = all(revoke.privileges, 'AccessPriv').map(({ priv_name }) => priv_name?.toLowerCase());
    const later = context.script.statements.slice(context.statement.index + 1);
    if (revoke.objtype === 'OBJECT_SCHEMA') return fromSchemas(context, revoke, roles, privileges);
    if (revoke.objtype !== 'OBJECT_TABLE' && revoke.objtype !== 'OBJECT_SEQUENCE') return [];
    const named: readonly WrittenName[] = everything
      ? relationsIn(context, revoke.objtype, strings(revoke.objects))
      : all(revoke.objects, 'RangeVar').map(nameOf);
    return named.flatMap((written) => {
      const name = context.database.resolve(written);
      const lost = (context.database.catalog.grants ?? []).filter(
        (grant) =>
          !grant.revoked &&
          grant.kind !== 'routine' &&
          keyOf(grant) === keyOf(name) &&
          roles.includes(grant.grantee) &&
          (privileges.length === 0 || privileges.includes(grant.privilege.toLowerCase())),
      );
      const again = later.some(({ node }) => {
        const grant = as(node, 'GrantStmt');
        return (
          grant?.is_grant === true &&
          all(grant.objects, 'RangeVar').some(
            (object) => keyOf(context.database.resolve(nameOf(object))) === keyOf(name),
          )
        );
      });
      if (lost.length === 0 || again) return [];
      const names = [...new Set(lost.map(({ grantee }) => (grantee === '' ? 'PUBLIC' : grantee)))];
      const words = [...new Set(lost.map(({ privilege }) => privilege.toUpperCase()))];
      return [
        {
          range: context.source.range,
          message: `${listInWords(names)} can no longer ${listInWords(words)} on ${shown(written)}`,
          evidence: { object: shown(written), roles: names, privileges: words },
        },
      ];
    });
  },
});
