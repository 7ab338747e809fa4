import type { Node } from '@pgsql/types';
import { all, as } from '../../sql/nodes.ts';
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

export const alterSystemOrRole = defineRule({
  id: 'alter-system-or-role',
  title: 'Migration changes the server, or what a role may do or sees',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterDatabaseSetStmt', 'AlterRoleSetStmt', 'AlterRoleStmt', 'AlterSystemStmt', 'CreateRoleStmt'],
  docs: {
    what: 'ALTER SYSTEM; CREATE or ALTER ROLE with SUPERUSER, REPLICATION, BYPASSRLS, CREATEROLE or a password; ALTER ROLE or DATABASE … SET search_path, session_replication_role or row_security.',
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
    { name: 'an ordinary role', up: 'create role app login;', finds: [] },
    { name: 'a power is taken away', up: 'alter role app nosuperuser;', finds: [] },
    { name: 'a setting of a role', up: "alter role app set statement_timeout = '5s';", finds: [] },
  ],
  check: (context) => {
    const { node } = context.statement;
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
          message: 'The password can be read in this file and in the log of the server',
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
