import { isStrongerLock } from '../../sql/lock-mode.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** From here on the partitions are worth a word; fewer are locked in no time. */
const many = 8;

export const ddlOnPartitionedParentFansOut = defineRule({
  id: 'ddl-on-partitioned-parent-fans-out',
  title: 'Lock on a partitioned table is taken on every partition',
  category: 'locking',
  severity: 'info',
  servers: { from: 10 },
  on: ['AlterTableStmt'],
  docs: {
    what: `ALTER TABLE of a partitioned table or an inheritance parent that locks ${many} or more tables below it.`,
    why: 'Each partition is locked in turn and all stay locked to the end: one long query on any of them holds up the change, and everybody else on the others.',
    instead: 'A short lock_timeout and more tries, at a quiet time; do per partition first what can be done there.',
    ignoreWhen: 'no query on the partitions lasts long.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html',
  },
  examples: [
    {
      name: 'a column of a table with many partitions',
      setup: `create table events (id bigint, at int) partition by range (at); ${Array.from({ length: 8 }, (_, i) => `create table events_${i} partition of events for values from (${i}) to (${i + 1});`).join(' ')}`,
      up: 'ALTER TABLE events ADD COLUMN note text;',
      finds: [{ text: 'ALTER TABLE', severity: 'info' }],
    },
    {
      name: 'few partitions',
      setup:
        'create table events (id bigint, at int) partition by range (at); create table events_1 partition of events for values from (1) to (2);',
      up: 'alter table events add column note text;',
      finds: [],
    },
    { name: 'without a catalog nothing is known of partitions', up: 'alter table events add column a int;', finds: [] },
  ],
  check: (context) => {
    const altered = context.alter();
    if (altered === null || altered.standing.size === 'new') return [];
    const below = new Set(context.database.descendantsOf(altered.name).map(qualifiedName));
    const locked = context.effects.locks.filter(
      ({ relation, mode }) => below.has(relation) && isStrongerLock(mode, 'SHARE UPDATE EXCLUSIVE'),
    );
    const [first] = locked;
    if (first === undefined || locked.length < many) return [];
    return [
      {
        range: context.source.head(2),
        message: `${first.mode} is taken on all ${locked.length} tables below ${shown(altered.written)}, and kept to the end`,
        evidence: { table: shown(altered.written), locked: locked.length, lock: first.mode },
      },
    ];
  },
});
