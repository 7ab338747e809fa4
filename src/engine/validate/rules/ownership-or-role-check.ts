import type { ObjectName } from '../../catalog/catalog.ts';
import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { sessionSettings } from '../session-settings.ts';
import { shown, shownObject } from '../wording.ts';

/** Fewer tables are no custom yet. */
const custom = 3;

/** The role that the file has chosen for a statement with SET ROLE; null when it has chosen none. */
const roleInForce = (context: CheckContext): string | null => {
  const own = context.transaction.number;
  const chosen = sessionSettings(context.script).findLast(
    ({ name, statement, local }) =>
      (name === 'role' || name === 'session_authorization' || name === '*') &&
      statement.index < context.statement.index &&
      (!local || (own !== null && context.transactionOf(statement.index).number === own)),
  );
  return chosen?.value == null || chosen.value === 'none' ? null : chosen.value;
};

/** The tables and views that only their owner may change so. */
const needingOwner = (context: CheckContext): readonly (ObjectName & { readonly owner: string })[] => {
  const { node } = context.statement;
  const drop = as(node, 'DropStmt');
  const names =
    drop?.removeType === 'OBJECT_TABLE' || drop?.removeType === 'OBJECT_VIEW' || drop?.removeType === 'OBJECT_MATVIEW'
      ? droppedNames(drop.objects)
      : [
          as(node, 'AlterTableStmt')?.relation,
          as(node, 'IndexStmt')?.relation,
          as(node, 'RenameStmt')?.relation,
        ].flatMap((relation) => (relation === undefined ? [] : [nameOf(relation)]));
  return names.flatMap((written) => context.database.table(written) ?? context.database.view(written) ?? []);
};

export const ownershipOrRoleCheck = defineRule({
  id: 'ownership-or-role-check',
  title: 'Role of the migration is not the owner',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  needs: 'catalog',
  on: ['AlterTableStmt', 'CreateStmt', 'DropStmt', 'IndexStmt', 'RenameStmt'],
  docs: {
    what: `After SET ROLE in the file: a change of a table or view that another role owns; and a new table in a schema of which ${custom} or more tables, all of them, belong to another role.`,
    why: 'Only the owner, a member of it, or a superuser may change a table: everybody else gets 42501. A table with another owner than all the others cannot be changed by the next migration that runs as their owner, and default privileges of that owner do not reach it.',
    instead: 'SET ROLE to the owner, or ALTER TABLE … OWNER TO in the same migration.',
    ignoreWhen: 'the role is a member of the owner.',
    manual: 'https://www.postgresql.org/docs/current/ddl-priv.html',
  },
  examples: [
    {
      name: 'a role that has just been chosen, on the server',
      setup: 'create table users (id bigint primary key);',
      up: 'SET ROLE pg_monitor; ALTER TABLE users ADD COLUMN a int;',
      finds: [{ text: 'ALTER TABLE users', severity: 'info' }],
      trace: { fails: '42501' },
    },
    {
      name: 'another owner than all the others',
      setup: 'create table a (id int); create table b (id int); create table c (id int);',
      up: 'set role pg_monitor; create table d (id int);',
      finds: [{ text: 'create table d' }],
    },
    {
      name: 'the role is set back',
      setup: 'create table users (id bigint primary key);',
      up: 'set role pg_monitor; reset role; alter table users add column a int;',
      finds: [],
    },
    {
      name: 'a table of the same migration',
      setup: 'create table users (id bigint primary key);',
      up: 'set role pg_monitor; create table fresh (id int); alter table fresh add column a int;',
      finds: [],
    },
    {
      name: 'no role is chosen',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int;',
      finds: [],
    },
  ],
  check: (context) => {
    if (context.direction === 'down') return [];
    const role = roleInForce(context);
    if (role === null) return [];
    const create = as(context.statement.node, 'CreateStmt');
    if (create !== undefined) {
      const written = nameOf(create.relation);
      const { schema } = context.database.resolve(written);
      const others = context.database.catalog.tables.filter(
        (table) => table.schema === schema && !context.created.has('table', table),
      );
      const [first] = others;
      const same = others.every(({ owner }) => owner === first?.owner);
      if (first === undefined || others.length < custom || !same || first.owner === role) return [];
      return [
        {
          range: context.source.head(3),
          message: `${shown(written)} will belong to ${quoteIdentifier(role)}, all ${others.length} other tables of ${schema} belong to ${shown({ schema: null, name: first.owner })}`,
          evidence: { table: shown(written), role, owner: first.owner },
        },
      ];
    }
    return needingOwner(context).flatMap((object) => {
      const isNew = context.created.has('table', object) || context.created.has('view', object);
      if (object.owner === role || isNew) return [];
      return [
        {
          range: context.source.head(3),
          message: `${shownObject(object)} belongs to ${shown({ schema: null, name: object.owner })}: unless ${quoteIdentifier(role)} is a member of it, this fails with 42501`,
          evidence: { object: shownObject(object), role, owner: object.owner, sqlstate: '42501' },
        },
      ];
    });
  },
});
