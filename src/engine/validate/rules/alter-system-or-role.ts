import { all, as } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';

const powers: readonly string[] = ['superuser', 'isreplication', 'bypassrls', 'createrole'];

export const alterSystemOrRole = defineRule({
  id: 'alter-system-or-role',
  title: 'Migration changes the server or gives a role great power',
  category: 'security and access',
  severity: 'warning',
  servers: {},
  on: ['AlterRoleStmt', 'AlterSystemStmt', 'CreateRoleStmt'],
  docs: {
    what: 'ALTER SYSTEM, and CREATE or ALTER ROLE with SUPERUSER, REPLICATION, BYPASSRLS or CREATEROLE.',
    why: 'It reaches beyond the database that is migrated: to every database of the server, and past every privilege check.',
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
    if (power === undefined) return [];
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
