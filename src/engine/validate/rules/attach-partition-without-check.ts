import { as, nameOf } from '../../sql/nodes.ts';
import { qualifiedName } from '../../sql/qualified-name.ts';
import { eachAction } from '../each-action.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const attachPartitionWithoutCheck = defineRule({
  id: 'attach-partition-without-check',
  title: 'Attached partition is scanned under an ACCESS EXCLUSIVE lock',
  category: 'locking',
  severity: 'error',
  servers: { from: 10 },
  on: ['AT_AttachPartition'],
  docs: {
    what: 'ATTACH PARTITION of a table with rows for which no validated CHECK proves the bound, or whose partition key may be NULL.',
    why: 'All its rows are read while nobody can read or write the table. The partitioned table itself only has SHARE UPDATE EXCLUSIVE from PostgreSQL 12 on.',
    instead:
      'ADD CONSTRAINT … CHECK (the bound AND the key IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT; ATTACH PARTITION; then drop the check.',
    ignoreWhen: 'nobody uses the table before it is attached, or it is small.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
  },
  examples: [
    {
      name: 'no check',
      setup: 'create table events (at int not null) partition by range (at); create table old (at int not null);',
      up: 'ALTER TABLE events ATTACH PARTITION old FOR VALUES FROM (1) TO (10);',
      finds: [{ text: 'ATTACH PARTITION old FOR VALUES FROM (1) TO (10)', severity: 'error' }],
      trace: { locks: { events: 'SHARE UPDATE EXCLUSIVE', old: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'the check is there, but the key may be NULL',
      setup:
        'create table events (at int) partition by range (at); create table old (at int, constraint c check (at >= 1 and at < 10));',
      up: 'alter table events attach partition old for values from (1) to (10);',
      finds: [{ text: 'attach partition old for values from (1) to (10)' }],
    },
    {
      name: 'a check and a required key prove the bound',
      setup:
        'create table events (at int not null) partition by range (at); create table old (at int not null, constraint c check (at >= 1 and at < 10));',
      up: 'alter table events attach partition old for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      setup: 'create table events (at int not null) partition by range (at);',
      up: 'create table fresh (like events including all); alter table events attach partition fresh for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'an empty table',
      setup: 'create table events (at int not null) partition by range (at); create table old (at int not null);',
      facts: [{ table: 'old', rows: 0, bytes: 8192 }],
      up: 'alter table events attach partition old for values from (1) to (10);',
      finds: [{ text: 'attach partition old for values from (1) to (10)', severity: 'info' }],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AttachPartition'], 'error', ({ cmd, range }, altered) => {
      const written = nameOf(as(cmd.def, 'PartitionCmd')?.name);
      const child = context.database.resolve(written);
      const standing = context.standing(written);
      const severity = severityFor(standing, 'error');
      if (severity === null || !context.effects.scans.includes(qualifiedName(child))) return null;
      return {
        range,
        severity,
        message: `All of ${shown(written)} is read while nobody can use it, because nothing proves that its rows belong into ${shown(altered.written)} (${standing.words})`,
        evidence: {
          table: shown(altered.written),
          partition: shown(written),
          lock: 'ACCESS EXCLUSIVE',
          scan: true,
          rows: standing.rows,
        },
      };
    }),
});
