import { all, as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { shown, shownObject, someInWords } from '../wording.ts';

export const banTruncate = defineRule({
  id: 'ban-truncate',
  title: 'TRUNCATE loses all rows',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['TruncateStmt'],
  docs: {
    what: 'TRUNCATE of a table that this migration did not create itself; with CASCADE also every table that references it.',
    why: 'All rows are lost at once, under ACCESS EXCLUSIVE; sessions that read an older snapshot see an empty table.',
    instead: 'Delete in batches, or rename the table and drop it later.',
    ignoreWhen: 'the rows may go.',
    manual: 'https://www.postgresql.org/docs/current/sql-truncate.html',
  },
  examples: [
    {
      name: 'an existing table',
      setup: 'create table orders (a int);',
      up: 'TRUNCATE orders;',
      finds: [{ text: 'TRUNCATE orders', severity: 'error' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'with CASCADE the referencing tables are emptied too',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint references users);',
      up: 'truncate table users cascade;',
      finds: [{ text: 'truncate table users cascade' }],
      trace: { locks: { users: 'ACCESS EXCLUSIVE', orders: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'an empty table',
      setup: 'create table orders (a int);',
      facts: [{ table: 'orders', rows: 0, bytes: 8192 }],
      up: 'truncate orders;',
      finds: [{ text: 'truncate orders', severity: 'info' }],
    },
    { name: 'a table created in the same migration', up: 'create table fresh (a int); truncate fresh;', finds: [] },
    { name: 'another statement', up: 'select trunc(1.5);', finds: [] },
  ],
  check: (context) => {
    const truncate = as(context.statement.node, 'TruncateStmt');
    if (truncate === undefined) return [];
    const named = all(truncate.relations, 'RangeVar').map(nameOf);
    const old = named.filter((written) => context.standing(written).size !== 'new');
    if (old.length === 0) return [];
    const cascade = truncate.behavior === 'DROP_CASCADE';
    const also = cascade
      ? [
          ...new Set(
            old.flatMap((written) =>
              context.database.referencesTo(context.database.resolve(written)).map(({ table }) => shownObject(table)),
            ),
          ),
        ]
      : [];
    // What hangs on the tables that are reached by CASCADE has a rule of its own.
    const empty = old.every((written) => context.standing(written).size === 'empty');
    const standings = old.map((written) => context.standing(written).words);
    return [
      {
        range: context.source.range,
        severity: empty ? ('info' as const) : ('error' as const),
        message: `All rows of ${old.map(shown).join(', ')}${also.length === 0 ? '' : `, and of ${someInWords(also)} by CASCADE,`} are lost (${standings.join('; ')})`,
        evidence: { tables: old.map(shown), cascadesTo: also, lock: 'ACCESS EXCLUSIVE' },
      },
    ];
  },
});
