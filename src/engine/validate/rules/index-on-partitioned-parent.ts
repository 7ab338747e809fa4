import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const indexOnPartitionedParent = defineRule({
  id: 'index-on-partitioned-parent',
  title: 'Index on a partitioned table locks every partition, or cannot be built concurrently',
  category: 'locking',
  severity: 'error',
  servers: { from: 11 },
  on: ['IndexStmt'],
  docs: {
    what: 'CREATE INDEX on a partitioned table: plain, or with CONCURRENTLY, which PostgreSQL refuses there.',
    why: 'A plain build holds SHARE on the parent and on all partitions until the last one is done, so writes to all of them wait. CONCURRENTLY fails with 0A000.',
    instead:
      'CREATE INDEX ON ONLY the parent; CREATE INDEX CONCURRENTLY on each partition; ALTER INDEX … ATTACH PARTITION for each.',
    ignoreWhen: 'all partitions together are small.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
  },
  examples: [
    {
      name: 'a plain build',
      setup:
        'create table events (at timestamptz, a int) partition by range (at); create table events_1 partition of events default;',
      up: 'CREATE INDEX i ON events (a);',
      finds: [{ text: 'CREATE INDEX', severity: 'error' }],
      trace: { locks: { events: 'SHARE', events_1: 'SHARE' } },
    },
    {
      name: 'a concurrent build',
      setup: 'create table events (at timestamptz, a int) partition by range (at);',
      up: 'create index concurrently i on events (a);',
      finds: [{ text: 'concurrently', severity: 'error' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'on the parent only',
      setup: 'create table events (at timestamptz, a int) partition by range (at);',
      up: 'create index i on only events (a);',
      finds: [],
    },
    {
      name: 'on one partition',
      setup:
        'create table events (at timestamptz, a int) partition by range (at); create table events_1 partition of events default;',
      up: 'create index concurrently i on events_1 (a);',
      finds: [],
    },
    {
      name: 'a partitioned table created in the same migration',
      up: 'create table events (at timestamptz, a int) partition by range (at); create index i on events (a);',
      finds: [],
    },
  ],
  check: (context) => {
    const index = as(context.statement.node, 'IndexStmt');
    if (index === undefined) return [];
    const written = nameOf(index.relation);
    const table = context.database.table(written);
    if (table?.kind !== 'partitioned table') return [];
    const standing = context.standing(written);
    if (index.concurrent === true) {
      return [
        {
          range: context.source.words('CONCURRENTLY') ?? context.source.head(2),
          message: `${shown(written)} is partitioned, and PostgreSQL builds no index CONCURRENTLY on a partitioned table: the statement fails with 0A000`,
          evidence: { table: shown(written), sqlstate: '0A000' },
        },
      ];
    }
    const severity = severityFor(standing, 'error');
    if (severity === null || index.relation?.inh !== true) return [];
    const partitions = context.database.descendantsOf(table).length;
    // Without a partition there is no row, and nobody who writes one.
    if (partitions === 0 && context.hasCatalog) return [];
    return [
      {
        range: context.source.head(index.unique === true ? 3 : 2),
        severity,
        message: `Writes to ${shown(written)} and all its partitions (${partitions}) wait until the last index is built (${standing.words})`,
        evidence: { table: shown(written), partitions, lock: 'SHARE', rows: standing.rows },
      },
    ];
  },
});
