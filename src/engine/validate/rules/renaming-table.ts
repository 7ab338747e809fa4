import type { ViewStmt } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { all, as, nameOf, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { insertBefore, isNamedLater, takesAway } from '../fixes.ts';
import { leavesAlone } from '../leaves-alone.ts';
import { renamedKind } from '../renamed-kind.ts';
import { defineRule } from '../rule.ts';
import { takesBackRename } from '../takes-back-rename.ts';
import { usersOf } from '../users-of.ts';
import { listInWords, shown } from '../wording.ts';

/** True when a view gives everything that a table has, as far as its columns are known. */
const showsAll = (view: ViewStmt, table: Table | null): boolean => {
  const select = as(view.query, 'SelectStmt');
  const names = all(select?.targetList, 'ResTarget').map(({ name, val }) => {
    const fields = as(val, 'ColumnRef')?.fields;
    return as(fields?.at(-1), 'A_Star') === undefined ? (name ?? strings(fields).at(-1)) : '*';
  });
  return names.includes('*') || (table?.columns ?? []).every((column) => names.includes(column.name));
};

export const renamingTable = defineRule({
  id: 'renaming-table',
  title: 'Renamed table breaks the running application',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  on: ['RenameStmt', 'ViewStmt'],
  docs: {
    what: 'RENAME TO on a table that exists before the migration, without a view that takes over the old name in the same transaction.',
    why: 'From the moment of the rename every query that names the old table fails; views and foreign keys follow the table, text in functions does not.',
    instead:
      'In one transaction rename the table and CREATE VIEW with the old name: a plain view on one table can be written through. Move the code, then drop the view.',
    ignoreWhen: 'no running code names the table.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a view that leaves columns out, and one that leaves out none',
      setup: 'create table users (id bigint primary key, email text); create table plans (id bigint, name text);',
      up: 'begin; alter table users rename to people; create view users as select id from people; alter table plans rename to tariffs; create view plans as select t.id, upper(t.name) as name, 1 as one from tariffs t; commit;',
      finds: [{ text: 'rename to people' }],
    },
    {
      name: 'an existing table',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE users RENAME TO accounts;',
      finds: [{ text: 'RENAME TO accounts', severity: 'error' }],
      fixed: 'BEGIN;\nALTER TABLE users RENAME TO accounts;\nCREATE VIEW users AS SELECT * FROM accounts;\nCOMMIT;',
      trace: { locks: { accounts: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'without a catalog',
      up: 'alter table sales."Users" rename to accounts;',
      finds: [{ text: 'rename to accounts' }],
    },
    {
      name: 'a view takes over the name in the same transaction',
      up: 'begin; alter table users rename to accounts; create view users as select * from accounts; commit;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh rename to newer;',
      finds: [],
    },
    {
      name: 'a table that is called an index, and an index that is called a table',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users_pkey rename to users_key; alter index users rename to people;',
      finds: [{ text: 'rename to people' }],
    },
    {
      name: 'a view after the transaction comes too late',
      up: 'alter table users rename to accounts; create view users as select * from accounts;',
      finds: [{ text: 'rename to accounts' }],
    },
  ],
  check: (context) => {
    const rename = as(context.statement.node, 'RenameStmt');
    if (rename === undefined || renamedKind(context.database, rename) !== 'OBJECT_TABLE') return [];
    if (leavesAlone(context)) return [];
    const written = nameOf(rename.relation);
    const name = context.database.resolve(written);
    if (context.standing(written).size === 'new') return [];
    if (
      takesBackRename(
        context,
        (up) => up.renameType === 'OBJECT_TABLE' && up.newname === name.name && up.relation?.relname === rename.newname,
      )
    )
      return [];
    const { number: block } = context.transaction;
    const replaced = context.script.statements.slice(context.statement.index + 1).some((statement) => {
      const view = as(statement.node, 'ViewStmt');
      if (view === undefined || block === null || context.transactionOf(statement.index).number !== block) return false;
      const viewName = nameOf(view.view);
      return (
        viewName.name === name.name &&
        (viewName.schema ?? name.schema) === name.schema &&
        showsAll(view, context.database.table(written))
      );
    });
    if (replaced) return [];
    const isTakenLater = context.script.statements
      .slice(context.statement.index + 1)
      .some(
        ({ node }) =>
          as(node, 'ViewStmt')?.view?.relname === name.name ||
          as(node, 'CreateStmt')?.relation?.relname === name.name ||
          as(node, 'CreateTableAsStmt')?.into?.rel?.relname === name.name ||
          as(node, 'RenameStmt')?.newname === name.name,
      );
    const newName = rename.newname ?? '';
    // The view stands in the way of what changes the table further, and of a down that gives the old name back.
    const isInTheWay =
      isNamedLater(context, newName, takesAway) ||
      (context.downScript?.statements ?? []).some(({ node }) => as(node, 'RenameStmt')?.newname === name.name);
    const start = context.source.words('RENAME')?.start ?? context.statement.start;
    const users = usersOf(context.database, name, null);
    const said =
      users.length === 0 ? '' : `; ${listInWords(users.slice(0, 5))} ${users.length === 1 ? 'names' : 'name'} it`;
    const renamed = shown({ schema: written.schema, name: newName });
    return [
      {
        range: { start, end: context.statement.end },
        message: `Code that still says ${shown(written)} fails as soon as the table is called ${quoteIdentifier(newName)}${said}`,
        evidence: { table: shown(written), newName, usedBy: users },
        fix:
          block === null && !isTakenLater && !isInTheWay
            ? {
                title: 'Put a view with the old name in its place, in one transaction',
                edits: [
                  insertBefore(context, context.statement, 'BEGIN;\n'),
                  {
                    start: context.statement.end,
                    end: context.statement.end,
                    text: `;\nCREATE VIEW ${shown(written)} AS SELECT * FROM ${renamed};\nCOMMIT`,
                  },
                ],
              }
            : null,
      },
    ];
  },
});
