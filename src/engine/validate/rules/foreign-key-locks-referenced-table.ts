import { qualifiedName } from '../../sql/qualified-name.ts';
import { writtenForeignKeys } from '../foreign-keys.ts';
import { defineRule } from '../rule.ts';
import { listInWords, shown } from '../wording.ts';

export const foreignKeyLocksReferencedTable = defineRule({
  id: 'foreign-key-locks-referenced-table',
  title: 'Foreign key of a new table locks the tables that it points at',
  category: 'locking',
  severity: 'info',
  servers: {},
  on: ['CreateStmt'],
  docs: {
    what: 'CREATE TABLE with foreign keys to two or more existing tables.',
    why: 'Each of them gets SHARE ROW EXCLUSIVE until the transaction ends: while the statement waits for a long transaction on one, writes to all the others wait.',
    instead: 'A short lock_timeout; or create the table first and add each foreign key in a transaction of its own.',
    ignoreWhen: 'no transaction on those tables lasts long.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  },
  examples: [
    {
      name: 'two tables',
      setup: 'create table users (id bigint primary key); create table shops (id bigint primary key);',
      up: 'CREATE TABLE visits (user_id bigint REFERENCES users, shop_id bigint REFERENCES shops);',
      finds: [{ text: 'CREATE TABLE', severity: 'info' }],
      trace: { locks: { users: 'SHARE ROW EXCLUSIVE', shops: 'SHARE ROW EXCLUSIVE' } },
    },
    {
      name: 'one table',
      setup: 'create table users (id bigint primary key);',
      up: 'create table visits (user_id bigint references users, guest_id bigint references users);',
      finds: [],
    },
    {
      name: 'tables created in the same migration',
      up: 'create table a (id bigint primary key); create table b (id bigint primary key); create table c (x bigint references a, y bigint references b);',
      finds: [],
    },
  ],
  check: (context) => {
    const keys = writtenForeignKeys(context).filter(({ place }) => place === 'created table');
    const tables = [
      ...new Map(keys.map((key) => [qualifiedName(context.database.resolve(key.references)), key.references])),
    ];
    const old = tables.filter(([name, written]) => !context.isNew(name) && written.name !== keys[0]?.table.name);
    if (old.length < 2) return [];
    return [
      {
        range: context.source.head(2),
        message: `Writes to ${listInWords(old.map(([, written]) => shown(written)))} wait together until this transaction ends`,
        evidence: { tables: old.map(([name]) => name), lock: 'SHARE ROW EXCLUSIVE' },
      },
    ];
  },
});
