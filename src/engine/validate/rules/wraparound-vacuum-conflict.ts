import { isStrongerLock } from '../../sql/lock-mode.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { countInWords } from '../../sql/quantity.ts';
import { defineRule } from '../rule.ts';

/** The default of `autovacuum_freeze_max_age`. */
const usualLimit = 200_000_000;

export const wraparoundVacuumConflict = defineRule({
  id: 'wraparound-vacuum-conflict',
  title: 'A vacuum that does not yield is near',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  needs: 'facts',
  docs: {
    what: 'A statement that takes SHARE UPDATE EXCLUSIVE or more on a table whose oldest row is within a tenth of autovacuum_freeze_max_age.',
    why: 'An ordinary autovacuum gives way to a statement that waits for it. One against wraparound does not: the statement waits for all of it, and everybody else behind the statement.',
    instead: 'VACUUM (FREEZE) the table before, at a quiet time.',
    ignoreWhen: 'the table is small enough to be vacuumed in seconds.',
    manual: 'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND',
  },
  examples: [
    {
      name: 'a table of great age',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000, transactionAge: 195_000_000 }],
      up: 'ALTER TABLE users ADD COLUMN a int;',
      finds: [{ text: 'ALTER TABLE users', severity: 'warning' }],
    },
    {
      name: 'a higher limit',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000, transactionAge: 195_000_000 }],
      live: { settings: [{ name: 'autovacuum_freeze_max_age', value: '1000000000', unit: null }] },
      up: 'alter table users add column a int;',
      finds: [],
    },
    {
      name: 'a young table',
      setup: 'create table users (id bigint primary key);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000, transactionAge: 1_000_000 }],
      up: 'alter table users add column a int;',
      finds: [],
    },
  ],
  check: (context) => {
    const { facts } = context;
    const setting = facts?.settings?.find(({ name }) => name === 'autovacuum_freeze_max_age');
    const limit = setting === undefined ? usualLimit : Number(setting.value);
    const old = (facts?.tables ?? []).find(
      (table) =>
        (table.transactionAge ?? 0) > limit * 0.9 &&
        context.effects.locks.some(
          ({ relation, mode }) => relation === qualifiedName(table) && isStrongerLock(mode, 'ROW EXCLUSIVE'),
        ),
    );
    if (old === undefined) return [];
    return [
      {
        range: context.source.head(3),
        message: `${qualifiedName(old)} is ${countInWords(old.transactionAge ?? 0)} transactions old: from ${countInWords(limit)} on a vacuum that does not yield runs on it`,
        evidence: { relation: qualifiedName(old), transactionAge: old.transactionAge, limit },
      },
    ];
  },
});
