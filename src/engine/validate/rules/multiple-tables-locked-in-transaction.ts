import { isStrongerLock } from '../../sql/lock-mode.ts';
import { defineRule } from '../rule.ts';
import { listInWords } from '../wording.ts';

export const multipleTablesLockedInTransaction = defineRule({
  id: 'multiple-tables-locked-in-transaction',
  title: 'One transaction locks several tables against each other',
  category: 'locking',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt'],
  foldsUnder: ['statement-while-holding-access-exclusive', 'ddl-and-backfill-same-transaction'],
  docs: {
    what: 'An ALTER TABLE that takes ACCESS EXCLUSIVE in a transaction which holds it on another existing table.',
    why: 'While the second lock is waited for, the first table is blocked too; a transaction that takes both in the other order makes a deadlock.',
    instead: 'One transaction per table.',
    ignoreWhen: 'the changes must become visible together.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS',
  },
  examples: [
    {
      name: 'two tables',
      up: 'BEGIN; ALTER TABLE users ADD COLUMN a int; ALTER TABLE shops ADD COLUMN b int; COMMIT;',
      finds: [{ text: 'ALTER TABLE shops', severity: 'info' }],
    },
    {
      name: 'one table twice',
      up: 'begin; alter table users add column a int; alter table users add column b int; commit;',
      finds: [],
    },
    {
      name: 'no transaction',
      up: 'alter table users add column a int; alter table shops add column b int;',
      finds: [],
    },
    {
      name: 'one of them is new',
      up: 'begin; create table users (id int); alter table users add column a int; alter table shops add column b int; commit;',
      finds: [],
    },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new') return [];
    const strong = (mode: Parameters<typeof isStrongerLock>[0]) => isStrongerLock(mode, 'EXCLUSIVE');
    const own = context.effects.locks.filter(({ mode, relation }) => strong(mode) && !context.isNew(relation));
    const wanted = new Set(own.map(({ relation }) => relation));
    const held = context.held.filter(
      ({ mode, relation }) => strong(mode) && !wanted.has(relation) && !context.isNew(relation),
    );
    const [first] = own;
    if (first === undefined || held.length === 0) return [];
    const names = held.map(({ relation }) => relation);
    return [
      {
        range: context.source.head(3),
        message: `${listInWords(names)} ${names.length === 1 ? 'stays' : 'stay'} locked while this waits for ${first.relation}`,
        evidence: { held: names, wanted: first.relation, lock: 'ACCESS EXCLUSIVE' },
      },
    ];
  },
});
