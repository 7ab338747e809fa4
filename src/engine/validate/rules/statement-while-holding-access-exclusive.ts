import { isStrongerLock } from '../../sql/lock-mode.ts';
import { as, findNodes, strings } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { defineRule } from '../rule.ts';
import { listInWords } from '../wording.ts';

const waiting: ReadonlySet<string> = new Set([
  'pg_advisory_lock',
  'pg_advisory_xact_lock',
  'pg_sleep',
  'pg_sleep_for',
  'pg_sleep_until',
]);

export const statementWhileHoldingAccessExclusive = defineRule({
  id: 'statement-while-holding-access-exclusive',
  title: 'Slow statement while an ACCESS EXCLUSIVE lock is held',
  category: 'locking',
  severity: 'error',
  servers: {},
  foldsUnder: [
    'ddl-and-backfill-same-transaction',
    'update-without-where',
    'delete-without-where',
    'unbatched-backfill',
    'validate-constraint-in-same-transaction',
    'concurrently-in-transaction',
    'require-concurrent-index-creation',
    'changing-column-type',
    'set-not-null-full-scan',
    'adding-check-constraint',
    'adding-foreign-key-constraint',
    'adding-unique-constraint',
    'adding-primary-key-constraint',
    'add-column-volatile-default',
    'add-column-serial',
    'add-column-identity',
    'add-column-generated-stored',
  ],
  docs: {
    what: 'A statement that reads, rewrites or indexes a table, or waits, in a transaction that holds ACCESS EXCLUSIVE on an existing table.',
    why: 'The lock is kept until the transaction ends: everything that wants the locked table waits for this statement too.',
    instead: 'Put them into transactions of their own, or do the locking statements last.',
    ignoreWhen: 'the statement is quick.',
    manual: 'https://www.postgresql.org/docs/current/explicit-locking.html',
  },
  examples: [
    {
      name: 'a validation after a column was added to another table',
      setup:
        'create table a (x int); create table b (x int, constraint c check (x > 0)); alter table b add constraint d check (x > 1) not valid;',
      up: 'BEGIN;\nALTER TABLE a ADD COLUMN y int;\nALTER TABLE b VALIDATE CONSTRAINT d;\nCOMMIT;',
      finds: [{ text: 'ALTER TABLE b VALIDATE CONSTRAINT d', severity: 'error' }],
    },
    {
      name: 'the runner wraps the file',
      transaction: 'file',
      setup: 'create table a (x int); create table b (x int); alter table b add constraint d check (x > 1) not valid;',
      up: 'alter table a add column y int; alter table b validate constraint d;',
      finds: [{ text: 'alter table b validate constraint d' }],
    },
    {
      name: 'the locked table itself is read',
      setup: 'create table a (x int);',
      up: 'begin; alter table a add column y int; select count(*) from a; commit;',
      finds: [{ text: 'select count(*) from a' }],
    },
    {
      name: 'an older constraint of the locked table is validated',
      setup: 'create table a (x int); alter table a add constraint c check (x > 1) not valid;',
      up: 'begin; alter table a add column y int; alter table a validate constraint c; commit;',
      finds: [{ text: 'alter table a validate constraint c', severity: 'error' }],
    },
    {
      name: 'a wait',
      setup: 'create table a (x int);',
      up: 'begin; alter table a add column y int; select pg_sleep(0); commit;',
      finds: [{ text: 'select pg_sleep(0)', severity: 'error' }],
    },
    {
      name: 'quick statements',
      transaction: 'file',
      up: "alter table a add column y int; alter table b add column y int; comment on table a is 'x';",
      finds: [],
    },
    {
      name: 'tables created in the same migration',
      transaction: 'file',
      up: 'create table a (x int); create index i on a (x); create table b (x int); create index j on b (x);',
      finds: [],
    },
    {
      name: 'the locked table is new',
      setup: 'create table b (x int); alter table b add constraint d check (x > 1) not valid;',
      transaction: 'file',
      up: 'create table a (x int); alter table b validate constraint d;',
      finds: [],
    },
  ],
  check: (context) => {
    const { effects } = context;
    const { node, text } = context.statement;
    const waits =
      findNodes(as(node, 'SelectStmt'), 'FuncCall').some(({ funcname }) =>
        waiting.has(strings(funcname).at(-1) ?? ''),
      ) ||
      (as(node, 'DoStmt') !== undefined && [...waiting].some((name) => text.toLowerCase().includes(`${name}(`)));
    const slow = [...new Set([...effects.rewrites, ...effects.scans, ...effects.indexBuilds])].filter(
      (name) => !context.isNew(name),
    );
    if (slow.length === 0 && !waits) return [];
    // What the statement itself keeps writers from, or writes, is told by the rule for that kind of statement.
    const changes = (relation: string) =>
      slow.includes(relation) &&
      effects.locks.some(
        (lock) =>
          lock.relation === relation &&
          lock.mode !== 'SHARE UPDATE EXCLUSIVE' &&
          isStrongerLock(lock.mode, 'ROW SHARE'),
      );
    const held = context.held.filter(
      ({ relation, mode }) => mode === 'ACCESS EXCLUSIVE' && !changes(relation) && !context.isNew(relation),
    );
    if (held.length === 0) return [];
    const relations = held.map(({ relation }) => relation);
    const sizes = context.database.catalog.tables
      .filter((table) => slow.includes(qualifiedName(table)))
      .map((table) => context.standing(table).size);
    const known =
      !waits && sizes.length === slow.length && sizes.every((size) => size !== 'unknown' && size !== 'large');
    const quick = known && !sizes.includes('medium');
    return [
      {
        range: context.source.range,
        severity: quick ? 'info' : known ? 'warning' : 'error',
        message: `${listInWords(relations)} ${relations.length === 1 ? 'stays' : 'stay'} locked while this statement ${slow.length === 0 ? 'waits' : `goes through ${listInWords(slow)}`}`,
        evidence: { locked: relations, slow },
      },
    ];
  },
});
