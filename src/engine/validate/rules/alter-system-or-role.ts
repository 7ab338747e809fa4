import type { Node } from '@pgsql/types';
import { all, as, findNodes, strings } from '../../sql/nodes.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';

const powers: readonly string[] = ['superuser', 'isreplication', 'bypassrls', 'createrole'];

/** Settings that change what the statements of a role mean. */
const telling: readonly string[] = ['search_path', 'session_replication_role', 'row_security'];

/** True for the search path that sessions have already, with or without the schema of the user's own name. */
const isSearchedAnyway = ({ database }: CheckContext, values: readonly Node[] | undefined): boolean => {
  const written = all(values, 'A_Const').map(({ sval }) => sval?.sval ?? '');
  const own = (schema: string): boolean => schema !== '$user';
  return written.filter(own).join() === database.catalog.server.searchPath.filter(own).join();
};

const ofSetting = (context: CheckContext): readonly Found[] => {
  const { node } = context.statement;
  const set = as(node, 'AlterRoleSetStmt')?.setstmt ?? as(node, 'AlterDatabaseSetStmt')?.setstmt;
  const name = (set?.name ?? '').toLowerCase();
  if (set?.kind !== 'VAR_SET_VALUE' || !telling.includes(name)) return [];
  if (name === 'search_path' && context.hasCatalog && isSearchedAnyway(context, set.args)) return [];
  return [
    {
      range: context.source.identifier(name) ?? context.source.range,
      message: `New sessions start with another ${name}: what ran before may find other objects or rows`,
      evidence: { setting: name },
    },
  ];
};

const readable = 'The password can be read in this file and in the log of the server';

/** A password that another server is reached with: in the connection of a subscription, or in a user mapping. */
const ofConnection = (context: CheckContext): Found | null => {
  const { node } = context.statement;
  const connection = (as(node, 'CreateSubscriptionStmt') ?? as(node, 'AlterSubscriptionStmt'))?.conninfo ?? '';
  const options = (as(node, 'CreateUserMappingStmt') ?? as(node, 'AlterUserMappingStmt'))?.options;
  const inConnection = /(?:^|\s)password\s*=|:\/\/[^/@\s]*:[^/@\s]+@/i.test(connection);
  const inOptions = all(options, 'DefElem').some(
    ({ defname, arg }) => /password/i.test(defname ?? '') && (as(arg, 'String')?.sval ?? '') !== '',
  );
  if (!inConnection && !inOptions) return null;
  return {
    range: context.source.words(inConnection ? 'CONNECTION' : 'OPTIONS') ?? context.source.range,
    message: readable,
  };
};

/** Roles that come with the server and reach beyond a database, or past its privileges. */
const powerful: readonly string[] = [
  'pg_execute_server_program',
  'pg_read_all_data',
  'pg_read_server_files',
  'pg_write_all_data',
  'pg_write_server_files',
];

const ofPredefinedRole = (context: CheckContext): Found | null => {
  const grant = as(context.statement.node, 'GrantRoleStmt');
  if (grant?.is_grant !== true || context.direction === 'down') return null;
  const role = all(grant.granted_roles, 'AccessPriv').find(({ priv_name }) => powerful.includes(priv_name ?? ''));
  if (role?.priv_name === undefined) return null;
  return {
    range: context.source.identifier(role.priv_name) ?? context.source.range,
    message: `The role gets what ${role.priv_name} may do, past every privilege of this database`,
    evidence: { power: role.priv_name },
  };
};

/** Functions that end what other sessions do. */
const ending: ReadonlySet<string> = new Set(['pg_terminate_backend', 'pg_cancel_backend']);

/** A program that is run on the server, or sessions of others that are ended. */
const ofServer = (context: CheckContext): Found | null => {
  const { node } = context.statement;
  if (as(node, 'CopyStmt')?.is_program === true)
    return {
      range: context.source.words('PROGRAM') ?? context.source.range,
      message: 'A program runs on the server, with the rights of its account',
    };
  const called = findNodes(as(node, 'SelectStmt')?.targetList, 'FuncCall').find(({ funcname }) =>
    ending.has(strings(funcname).at(-1) ?? ''),
  );
  if (called === undefined) return null;
  const name = strings(called.funcname).at(-1) ?? '';
  return {
    range: context.source.identifier(name) ?? context.source.range,
    message: 'What other sessions are doing is ended and rolled back',
  };
};

export const alterSystemOrRole = defineRule({
  id: 'alter-system-or-role',
  title: 'Migration changes the server, or what a role may do or sees',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: [
    'AlterDatabaseSetStmt',
    'AlterRoleSetStmt',
    'AlterRoleStmt',
    'AlterSubscriptionStmt',
    'AlterSystemStmt',
    'AlterUserMappingStmt',
    'CopyStmt',
    'CreateRoleStmt',
    'CreateSubscriptionStmt',
    'CreateUserMappingStmt',
    'GrantRoleStmt',
    'SelectStmt',
  ],
  docs: {
    what: 'ALTER SYSTEM; CREATE or ALTER ROLE with SUPERUSER, REPLICATION, BYPASSRLS, CREATEROLE or a password; a password of a subscription or of a user mapping; GRANT of a role that comes with the server and reaches its files, its programs or all data; COPY with PROGRAM; pg_terminate_backend and pg_cancel_backend; ALTER ROLE or DATABASE … SET search_path, session_replication_role or row_security.',
    why: 'It reaches beyond the database that is migrated: to every database of the server, and past every privilege check. A password stays in the repository and in the logs. With another search path new sessions find other tables under the same names.',
    instead: 'Do it apart from migrations, where it is reviewed as a change of the server.',
    ignoreWhen: 'the server belongs to this one application.',
    manual: 'https://www.postgresql.org/docs/current/sql-altersystem.html',
  },
  examples: [
    {
      name: 'a setting of the server',
      up: "ALTER SYSTEM SET work_mem = '1GB';",
      finds: [{ text: 'ALTER SYSTEM', severity: 'warning' }],
    },
    { name: 'a superuser', up: 'create role boss superuser login;', finds: [{ text: 'superuser' }] },
    { name: 'a role that sees all rows', up: 'alter role app bypassrls;', finds: [{ text: 'bypassrls' }] },
    {
      name: 'a password',
      up: "alter role app password 'secret'; create role web login password 'secret'; alter role web password null;",
      finds: [{ text: 'password' }, { text: 'password' }],
    },
    {
      name: 'another search path for all sessions of a role or database',
      up: "alter role app set search_path = other, public; alter database app set search_path = other; alter role app reset search_path; alter role app set search_path to default; alter database app set work_mem = '1MB';",
      finds: [{ text: 'search_path' }, { text: 'search_path' }],
    },
    {
      name: 'the search path that sessions have already',
      setup: 'create table t (a int);',
      up: 'alter role app set search_path = public; alter role app set search_path = "$user", public;',
      finds: [],
    },
    {
      name: 'a password of another server',
      up: "create subscription s connection 'host=a password=b' publication p with (connect = false); create subscription t connection 'postgres://a:b@c/d' publication p with (connect = false); create subscription u connection 'host=a passfile=/b' publication p with (connect = false); create user mapping for public server f options (user 'a', password 'b');",
      finds: [{ text: 'connection' }, { text: 'connection' }, { text: 'options' }],
    },
    {
      name: 'roles of the server',
      up: 'grant pg_read_server_files to app; grant pg_monitor to app; revoke pg_read_server_files from app;',
      finds: [{ text: 'pg_read_server_files' }],
    },
    {
      name: 'a program of the server, and sessions of others',
      setup: 'create table users (id bigint);',
      up: "copy users to program 'gzip'; select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid(); copy users to '/tmp/users'; select pg_backend_pid(); select pg_cancel_backend(4711);",
      finds: [{ text: 'program' }, { text: 'pg_terminate_backend' }, { text: 'pg_cancel_backend' }],
    },
    { name: 'an ordinary role', up: 'create role app login;', finds: [] },
    { name: 'a power is taken away', up: 'alter role app nosuperuser;', finds: [] },
    { name: 'a setting of a role', up: "alter role app set statement_timeout = '5s';", finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
    const reached = ofConnection(context) ?? ofPredefinedRole(context) ?? ofServer(context);
    if (reached !== null) return [reached];
    if (as(node, 'AlterSystemStmt') !== undefined)
      return [{ range: context.source.head(2), message: 'This changes a setting of the whole server' }];
    const options = as(node, 'CreateRoleStmt')?.options ?? as(node, 'AlterRoleStmt')?.options;
    const power = all(options, 'DefElem').find(
      ({ defname, arg }) => powers.includes(defname ?? '') && as(arg, 'Boolean')?.boolval === true,
    )?.defname;
    const password = all(options, 'DefElem').find(
      ({ defname, arg }) => defname === 'password' && as(arg, 'String') !== undefined,
    );
    if (power === undefined && password !== undefined)
      return [
        {
          range: context.source.words('PASSWORD') ?? context.source.range,
          message: readable,
        },
      ];
    if (power === undefined) return ofSetting(context);
    const word = power === 'isreplication' ? 'REPLICATION' : power.toUpperCase();
    return [
      {
        range: context.source.words(word) ?? context.source.range,
        message: `The role gets ${word}, in every database of the server`,
        evidence: { power: word },
      },
    ];
  },
});
