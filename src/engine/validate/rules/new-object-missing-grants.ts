import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { otherTables } from '../other-tables.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

/** Fewer tables are no custom yet. */
const custom = 3;

export const newObjectMissingGrants = defineRule({
  id: 'new-object-missing-grants',
  title: 'New table without the privileges that all others give',
  category: 'security and access',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  docs: {
    what: `CREATE TABLE in a schema of which ${custom} or more tables, all of them, grant something to one role, where the migration grants nothing and no default privileges exist.`,
    why: 'The application’s first statement on the table fails with 42501, after the deployment.',
    instead: 'GRANT in the same migration, or ALTER DEFAULT PRIVILEGES once.',
    ignoreWhen: 'that role has nothing to do with the table.',
    manual: 'https://www.postgresql.org/docs/current/ddl-priv.html',
  },
  examples: [
    {
      name: 'a role may read all the others',
      setup:
        'create table a (id int); create table b (id int); create table c (id int); grant select on a, b, c to public;',
      up: 'CREATE TABLE d (id int);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
    },
    {
      name: 'granted in the same migration',
      setup:
        'create table a (id int); create table b (id int); create table c (id int); grant select on a, b, c to public;',
      up: 'create table d (id int); grant select on d to public;',
      finds: [],
    },
    {
      name: 'not all the others are granted',
      setup: 'create table a (id int); create table b (id int); create table c (id int); grant select on a to public;',
      up: 'create table d (id int);',
      finds: [],
    },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'CreateStmt');
    if (create === undefined || create.partbound !== undefined || create.relation?.relpersistence === 't') return [];
    if (context.direction === 'down') return [];
    const { catalog } = context.database;
    if ((catalog.otherObjects ?? []).some(({ kind }) => kind === 'default privileges')) return [];
    const name = context.database.resolve(nameOf(create.relation));
    const others = otherTables(context, name.schema);
    if (others.length < custom) return [];
    const granted = new Map<string, Set<string>>();
    for (const grant of catalog.grants ?? [])
      if (!grant.revoked && grant.kind === 'table')
        granted.set(grant.grantee, (granted.get(grant.grantee) ?? new Set()).add(keyOf(grant)));
    const roles = [...granted].filter(([, tables]) => others.every((table) => tables.has(keyOf(table))));
    const given = context.script.statements.some(({ node }) =>
      all(as(node, 'GrantStmt')?.objects, 'RangeVar').some(
        (object) => keyOf(context.database.resolve(nameOf(object))) === keyOf(name),
      ),
    );
    if (roles.length === 0 || given) return [];
    const names = roles.map(([role]) => (role === '' ? 'PUBLIC' : role));
    return [
      {
        range: context.source.head(2),
        message: `${listInWords(names)} may use all ${others.length} other tables of ${name.schema}, but not ${shown(nameOf(create.relation))}`,
        evidence: { table: shown(nameOf(create.relation)), roles: names },
      },
    ];
  },
});
