import type { ObjectName } from '../../catalog/catalog.ts';
import { as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { publicationsOf } from '../publications.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

/** Where the table that had this name is now: renamed or moved away, or null when it was dropped; undefined when never there. */
const formerOwner = (context: CheckContext, name: ObjectName): { readonly now: ObjectName | null } | undefined => {
  let now: ObjectName | null | undefined;
  for (const { node } of context.script.statements.slice(0, context.statement.index)) {
    const rename = as(node, 'RenameStmt');
    if (rename?.renameType === 'OBJECT_TABLE' && rename.relation?.relname === name.name)
      now = { schema: rename.relation.schemaname ?? name.schema, name: rename.newname ?? '' };
    const drop = as(node, 'DropStmt');
    if (drop?.removeType === 'OBJECT_TABLE' && droppedNames(drop.objects).some((one) => one.name === name.name))
      now = null;
  }
  return now === undefined ? undefined : { now };
};

/** What hangs on a table and does not come along with its rows, in words. */
const attachmentsOf = (context: CheckContext, name: ObjectName): readonly string[] => {
  const { database } = context;
  const table = database.table(name);
  if (table === null) return [];
  const grants = (database.catalog.grants ?? []).filter((grant) => !grant.revoked && keyOf(grant) === keyOf(name));
  const views = database.catalog.dependencies.filter(
    ({ dependent, on }) => dependent.kind.endsWith('view') && keyOf(on) === keyOf(name),
  );
  const pointing = database.referencesTo(name).filter(({ table: from }) => keyOf(from) !== keyOf(name));
  const counted: readonly (readonly [number, string])[] = [
    [grants.length, 'its privileges'],
    [table.triggers.length, 'its triggers'],
    [table.policies.length, 'its policies'],
    [publicationsOf(database, table).length, 'its publications'],
    [pointing.length, 'the foreign keys that point at it'],
    [views.length, 'the views on it'],
    [table.comment === null ? 0 : 1, 'its comment'],
  ];
  return counted.flatMap(([count, words]) => (count === 0 ? [] : [words]));
};

export const tableSwapLosesAttachments = defineRule({
  id: 'table-swap-loses-attachments',
  title: 'Swapped table comes without what hung on the old one',
  category: 'data loss',
  severity: 'warning',
  servers: {},
  on: ['DropStmt', 'RenameStmt'],
  docs: {
    what: 'RENAME of a table made in this migration to the name that an existing table had, which had privileges, triggers, policies, publications, views or foreign keys of others.',
    why: 'They all stay with the old table, whatever it is called now: code loses its rights, views and foreign keys go on to the old rows, changes are no longer published.',
    instead: 'Make each of them anew on the new table, in the transaction of the swap.',
    ignoreWhen: 'they are made elsewhere.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'privileges and a view stay behind',
      setup:
        'create table users (id bigint primary key); grant select on users to public; create view ids as select id from users;',
      up: 'create table users_new (id bigint primary key);\nbegin;\nalter table users rename to users_old;\nALTER TABLE users_new RENAME TO users;\ncommit;',
      finds: [{ text: 'RENAME TO users', severity: 'warning' }],
    },
    {
      name: 'nothing hung on it',
      setup: 'create table users (id bigint primary key);',
      up: 'create table users_new (id bigint primary key); alter table users rename to users_old; alter table users_new rename to users;',
      finds: [],
    },
    {
      name: 'no swap',
      setup: 'create table users (id bigint primary key); grant select on users to public;',
      up: 'create table teams_new (id bigint primary key); alter table teams_new rename to teams;',
      finds: [],
    },
  ],
  check: (context) => {
    const rename = as(context.statement.node, 'RenameStmt');
    if (rename?.renameType !== 'OBJECT_TABLE') return [];
    const written = nameOf(rename.relation);
    const wanted = { schema: context.database.resolve(written).schema, name: rename.newname ?? '' };
    const former = formerOwner(context, wanted);
    if (former?.now == null || context.standing(written).size !== 'new') return [];
    const left = attachmentsOf(context, former.now);
    if (left.length === 0) return [];
    return [
      {
        range: { start: context.source.words('RENAME')?.start ?? context.statement.start, end: context.statement.end },
        message: `${listInWords(left)} stay with ${shown(former.now)}, not with the new ${shown({ schema: null, name: wanted.name })}`,
        evidence: { table: wanted.name, old: shown(former.now), left },
      },
    ];
  },
});
