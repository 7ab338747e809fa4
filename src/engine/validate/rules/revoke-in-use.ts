import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

const roleOf = (role: { readonly roletype?: string; readonly rolename?: string }): string | null =>
  role.roletype === 'ROLESPEC_PUBLIC' ? '' : (role.rolename ?? null);

export const revokeInUse = defineRule({
  id: 'revoke-in-use',
  title: 'Revoked privilege that a role has now',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['GrantStmt'],
  docs: {
    what: 'REVOKE on tables, views or sequences of privileges that the catalog shows the role to have, and that the migration does not grant again.',
    why: 'Statements of that role fail with 42501 from that moment.',
    instead: 'Move the code to another role first, then revoke.',
    ignoreWhen: 'nothing runs as that role, or it never uses the privilege.',
    manual: 'https://www.postgresql.org/docs/current/sql-revoke.html',
  },
  examples: [
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
    const revoke = as(context.statement.node, 'GrantStmt');
    if (revoke === undefined || revoke.is_grant === true || revoke.targtype !== 'ACL_TARGET_OBJECT') return [];
    if (revoke.objtype !== 'OBJECT_TABLE' && revoke.objtype !== 'OBJECT_SEQUENCE') return [];
    const roles = all(revoke.grantees, 'RoleSpec').map(roleOf);
    const privileges = all(revoke.privileges, 'AccessPriv').map(({ priv_name }) => priv_name?.toLowerCase());
    const later = context.script.statements.slice(context.statement.index + 1);
    return all(revoke.objects, 'RangeVar').flatMap((relation) => {
      const name = context.database.resolve(nameOf(relation));
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
          message: `${listInWords(names)} can no longer ${listInWords(words)} on ${shown(nameOf(relation))}`,
          evidence: { object: shown(nameOf(relation)), roles: names, privileges: words },
        },
      ];
    });
  },
});
