import type { GrantStmt } from '@pgsql/types';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { routinesMeant } from '../routine-signature.ts';
import { type CheckContext, defineRule } from '../rule.ts';

/** What PUBLIC has anyway, or what harms nobody. */
const harmless: readonly string[] = [
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_TYPE',
  'OBJECT_DOMAIN',
  'OBJECT_LANGUAGE',
];

/** True when a routine that runs with its owner's rights, and was closed to PUBLIC, is opened to it. */
const opensRoutine = ({ database }: CheckContext, { objects }: GrantStmt): boolean =>
  all(objects, 'ObjectWithArgs').some((object) =>
    (routinesMeant(database, object) ?? []).some(
      (routine) =>
        /\bSECURITY DEFINER\b/i.test(routine.definition) &&
        (database.catalog.grants ?? []).some(
          ({ kind, schema, name, grantee, revoked }) =>
            kind === 'routine' &&
            grantee === '' &&
            revoked === true &&
            schema === routine.schema &&
            name.startsWith(`${routine.name}(`),
        ),
    ),
  );

export const grantWidening = defineRule({
  id: 'grant-widening',
  title: 'Privileges for everybody, or to pass on',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterDefaultPrivilegesStmt', 'GrantStmt'],
  docs: {
    what: 'GRANT on tables, views, sequences, schemas or the database TO PUBLIC, at once or by ALTER DEFAULT PRIVILEGES; GRANT ALL on a table that was there; GRANT EXECUTE TO PUBLIC on a routine with its owner’s rights that PUBLIC may not execute; GRANT … WITH GRANT OPTION.',
    why: 'PUBLIC is every role there is and will be. ALL is more than reading and writing: TRUNCATE, triggers and foreign keys too. Who holds a grant option can pass the privilege on to anybody.',
    instead: 'Grant the privileges that are needed to a role that is named.',
    ignoreWhen: 'the data is meant for every role of the database.',
    manual: 'https://www.postgresql.org/docs/current/sql-grant.html',
  },
  examples: [
    {
      name: 'a table for everybody',
      setup: 'create table users (id bigint);',
      up: 'GRANT SELECT, UPDATE ON users TO PUBLIC;',
      finds: [{ text: 'TO PUBLIC', severity: 'warning' }],
    },
    {
      name: 'a schema in which everybody may create',
      up: 'grant create on schema public to public;',
      finds: [{ text: 'to public', severity: 'warning' }],
    },
    {
      name: 'a privilege to pass on',
      up: 'grant select on users to app with grant option;',
      finds: [{ text: 'with grant option', severity: 'warning' }],
    },
    {
      name: 'all privileges of a table that was there, and of all tables',
      setup: 'create table users (id bigint);',
      up: 'grant all on users to app; grant all privileges on all tables in schema public to app;',
      finds: [
        { text: 'grant all', severity: 'warning' },
        { text: 'grant all', severity: 'warning' },
      ],
    },
    {
      name: 'what is made later, for everybody',
      up: 'alter default privileges in schema public grant select on tables to public;',
      finds: [{ text: 'to public' }],
    },
    {
      name: 'all privileges of a table that the migration makes',
      up: 'create table t (id bigint); grant all on t to app; alter default privileges grant select on tables to app;',
      finds: [],
    },
    { name: 'to a role', up: 'grant select, insert on users to app;', finds: [] },
    { name: 'everybody may execute functions anyway', up: 'grant execute on function f(int) to public;', finds: [] },
    {
      name: 'a function with its owner’s rights that not everybody might execute',
      setup:
        "create function f(a int) returns int language sql security definer set search_path = pg_catalog as 'select 1'; revoke execute on function f(int) from public; create function g() returns int language sql security definer set search_path = pg_catalog as 'select 1';",
      up: 'grant execute on function f(int) to public; grant execute on function g() to public;',
      finds: [{ text: 'to public' }],
    },
    { name: 'a schema that everybody may look into', up: 'grant usage on schema api to public;', finds: [] },
    {
      name: 'what PUBLIC had on a view that is made again',
      setup:
        'create table users (id int, name text); create view names as select name from users; grant select on names to public;',
      up: 'drop view names; create view names as select id, name from users; grant select on names to public;',
      finds: [],
    },
    {
      name: 'PUBLIC has it already',
      setup: 'create table users (id bigint); grant select on users to public;',
      up: 'grant select on users to public;',
      finds: [],
    },
    { name: 'a privilege is taken back', up: 'revoke all on users from public;', finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const grant = as(node, 'GrantStmt') ?? as(node, 'AlterDefaultPrivilegesStmt')?.action;
    if (grant?.is_grant !== true || context.direction === 'down') return [];
    const named = all(grant.privileges, 'AccessPriv').map(({ priv_name }) => (priv_name ?? '').toUpperCase());
    const onlyUsage = grant.objtype === 'OBJECT_SCHEMA' && named.length > 0 && named.every((each) => each === 'USAGE');
    const everybody = all(grant.grantees, 'RoleSpec').some(({ roletype }) => roletype === 'ROLESPEC_PUBLIC');
    const onlyConnects = named.length > 0 && named.every((each) => each === 'CONNECT' || each.startsWith('TEMP'));
    // What was dropped and made again gets back what it had.
    const held = [context.database.catalog, context.original].flatMap((catalog) =>
      (catalog?.grants ?? []).filter(({ grantee, kind }) => grantee === '' && kind !== 'routine'),
    );
    const objects = all(grant.objects, 'RangeVar').map((range) =>
      context.database.resolve({ schema: range.schemaname ?? null, name: range.relname ?? '' }),
    );
    const has =
      named.length > 0 &&
      objects.length > 0 &&
      objects.every(({ schema, name }) =>
        named.every((privilege) =>
          held.some(
            (each) => each.schema === schema && each.name === name && each.privilege === privilege.toLowerCase(),
          ),
        ),
      );
    if (everybody && !onlyUsage && !onlyConnects && !has && !harmless.includes(grant.objtype ?? '')) {
      const range = context.source.words('TO PUBLIC') ?? context.source.range;
      const what = named.length === 0 ? 'all privileges' : named.join(', ');
      return [{ range, message: `Every role, present and future, gets ${what}`, evidence: { privileges: named } }];
    }
    if (everybody && opensRoutine(context, grant))
      return [
        {
          range: context.source.words('TO PUBLIC') ?? context.source.range,
          message: 'Every role, present and future, may run what has its owner’s rights',
        },
      ];
    const isTable = grant.objtype === 'OBJECT_TABLE' && as(node, 'GrantStmt') !== undefined;
    const wasThere =
      grant.targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ||
      all(grant.objects, 'RangeVar').some((relation) => {
        const name = context.database.resolve(nameOf(relation));
        return !context.created.has('table', name) && !context.created.has('view', name);
      });
    if (isTable && named.length === 0 && wasThere && grant.grant_option !== true)
      return [
        {
          range: context.source.head(2),
          message:
            'ALL is more than reading and writing: the role may also TRUNCATE, add triggers and refer to the table',
        },
      ];
    if (grant.grant_option !== true) return [];
    return [
      {
        range: context.source.words('WITH GRANT OPTION') ?? context.source.range,
        message: 'The role can pass these privileges on to anybody',
        evidence: { privileges: named },
      },
    ];
  },
});
