import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown, shownObject, someInWords } from '../wording.ts';

export const banTruncateCascade = defineRule({
  id: 'ban-truncate-cascade',
  title: 'TRUNCATE CASCADE empties tables that are not named',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['TruncateStmt'],
  docs: {
    what: 'TRUNCATE … CASCADE of a table that others reference. With a catalog those tables are named, and there is silence when there are none.',
    why: 'Every table with a foreign key to it is emptied as well, and every table that references those, whatever ON DELETE says.',
    instead: 'Name all tables in one TRUNCATE without CASCADE.',
    ignoreWhen: 'all of them are to be emptied.',
    manual: 'https://www.postgresql.org/docs/current/sql-truncate.html',
  },
  examples: [
    {
      name: 'a referencing table, and one that references that',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint references users); create table items (order_id bigint references orders);',
      up: 'TRUNCATE users CASCADE;',
      finds: [{ text: 'CASCADE', severity: 'error' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE', orders: 'ACCESS EXCLUSIVE', items: 'ACCESS EXCLUSIVE' } },
    },
    { name: 'without a catalog', up: 'truncate table users cascade;', finds: [{ text: 'cascade' }] },
    {
      name: 'nothing references it',
      setup: 'create table users (id bigint primary key);',
      up: 'truncate users cascade;',
      finds: [],
    },
    {
      name: 'all are named',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint references users);',
      up: 'truncate users, orders cascade;',
      finds: [],
    },
    { name: 'a table created in the same migration', up: 'create table t (a int); truncate t cascade;', finds: [] },
  ],
  check: (context) => {
    const statement = as(context.statement.node, 'TruncateStmt');
    if (statement?.behavior !== 'DROP_CASCADE') return [];
    const written = all(statement.relations, 'RangeVar').map(nameOf);
    if (written.every((name) => context.standing(name).size === 'new')) return [];
    const reached = new Map(written.map((name) => [keyOf(context.database.resolve(name)), '']));
    const others: ObjectName[] = [];
    const pending = written.map(context.database.resolve);
    for (let next = pending.shift(); next !== undefined; next = pending.shift())
      for (const { table } of context.database.referencesTo(next)) {
        if (reached.has(keyOf(table))) continue;
        reached.set(keyOf(table), shownObject(table));
        others.push(table);
        pending.push(table);
      }
    const emptied = [...reached.values()].filter((name) => name !== '');
    const hadRows = others.some((table) => context.standing(table).size !== 'empty');
    if (context.hasCatalog && emptied.length === 0) return [];
    return [
      {
        range: context.source.words('CASCADE') ?? context.source.range,
        severity: context.hasCatalog && !hadRows ? ('info' as const) : ('error' as const),
        message: context.hasCatalog
          ? `${someInWords(emptied)} ${emptied.length === 1 ? 'is' : 'are'} emptied too`
          : `Every table that references ${listInWords(written.map(shown))} is emptied too`,
        evidence: { tables: written.map(shown), emptied },
      },
    ];
  },
});
