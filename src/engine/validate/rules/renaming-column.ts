import { as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { leavesAlone } from '../leaves-alone.ts';
import { defineRule } from '../rule.ts';
import { takesBackRename } from '../takes-back-rename.ts';
import { usersOf } from '../users-of.ts';
import { listInWords, shown } from '../wording.ts';

/** The kinds of relations whose columns queries name. */
const queried: readonly string[] = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'];

export const renamingColumn = defineRule({
  id: 'renaming-column',
  title: 'Renamed column breaks the running application',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  on: ['RenameStmt'],
  foldsUnder: ['ddl-on-partition-child'],
  docs: {
    what: 'RENAME COLUMN on a table or view that exists before the migration.',
    why: 'From the moment of the rename every query that names the old column fails, and no moment exists at which old and new code both work. Function bodies that name it as text are not changed.',
    instead:
      'Add the new column, keep both in step with a trigger, backfill, move readers and writers, drop the old one later; or rename the table and put a view with both names in its place.',
    ignoreWhen: 'no running code names the column.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a column of an existing table',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'ALTER TABLE users RENAME COLUMN email TO mail;',
      finds: [{ text: 'RENAME COLUMN email TO mail', severity: 'error' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE' }, rewrites: [] },
    },
    {
      name: 'a quoted column without a catalog',
      up: 'alter table if exists only "Users" rename "E-mail" to email;',
      finds: [{ text: 'rename "E-mail" to email', severity: 'error' }],
    },
    {
      name: 'a column of a view',
      setup: 'create table users (id bigint primary key); create view v as select id from users;',
      up: 'alter view v rename column id to user_id;',
      finds: [{ text: 'rename column id to user_id', severity: 'error' }],
    },
    {
      name: 'a column added in the same migration',
      up: 'alter table users add column a int; alter table users rename column a to b;',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh rename a to b;',
      finds: [],
    },
    {
      name: 'the down that takes the rename back',
      up: '-- lockstep:ignore renaming-column nobody reads it yet\nalter table users rename column a to b;',
      down: 'alter table users rename column b to a;',
      finds: [],
    },
  ],
  check: (context) => {
    const rename = as(context.statement.node, 'RenameStmt');
    if (rename?.renameType !== 'OBJECT_COLUMN' || !queried.includes(rename.relationType ?? '')) return [];
    if (leavesAlone(context)) return [];
    const written = nameOf(rename.relation);
    const name = context.database.resolve(written);
    const column = rename.subname ?? '';
    if (context.standing(written).size === 'new') return [];
    if (context.created.has('column', name, column) || context.createdByUp.has('column', name, column)) return [];
    if (
      takesBackRename(
        context,
        (up) =>
          up.renameType === 'OBJECT_COLUMN' &&
          up.subname === rename.newname &&
          up.newname === column &&
          keyOf(context.database.resolve(nameOf(up.relation))) === keyOf(name),
      )
    )
      return [];
    const start = context.source.words('RENAME')?.start ?? context.statement.start;
    const users = usersOf(context.database, name, column);
    const named = users.length === 0 ? '' : `; ${listInWords(users)} ${users.length === 1 ? 'uses' : 'use'} it`;
    return [
      {
        range: { start, end: context.statement.end },
        message: `Code that still says ${quoteIdentifier(column)} fails as soon as ${shown(written)} has ${quoteIdentifier(rename.newname ?? '')} instead${named}`,
        evidence: { table: shown(written), column, newName: rename.newname, usedBy: users },
      },
    ];
  },
});
