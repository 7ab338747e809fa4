import type { Index, Table } from '../../catalog/catalog.ts';
import { as, nameOf } from '../../sql/nodes.ts';
import { eachAction } from '../each-action.ts';
import { insertBefore } from '../fixes.ts';
import { type CheckContext, defineRule, type Fix } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { columnList, listInWords, shown } from '../wording.ts';

const words = (index: Index): string =>
  columnList(index.keys.map(({ column, expression }) => column ?? expression ?? ''));

/** A constraint of the parent only takes an index that backs a constraint of the partition as well. */
const adopts = (parent: Index, own: Index): boolean =>
  own.valid &&
  own.method === parent.method &&
  own.unique === parent.unique &&
  own.nullsNotDistinct === parent.nullsNotDistinct &&
  own.include.length === parent.include.length &&
  (own.predicate === null) === (parent.predicate === null) &&
  (parent.constraint === null || own.constraint !== null) &&
  own.keys.length === parent.keys.length &&
  own.keys.every((key, at) => key.column === parent.keys[at]?.column);

const missing = (parent: Table, child: Table): readonly Index[] =>
  parent.indexes.filter((index) => !child.indexes.some((own) => adopts(index, own)));

const build = (context: CheckContext, child: string, indexes: readonly Index[]): Fix | null => {
  // What a definition says besides its columns (a collation, an operator class, options) would have to be said again.
  const plain = indexes.every(
    (index) => index.constraint === null && index.definition.endsWith(` USING ${index.method} (${words(index)})`),
  );
  if (!plain || context.transaction.number !== null) return null;
  const statements = indexes.map(
    (index) =>
      `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ON ${child}${index.method === 'btree' ? '' : ` USING ${index.method}`} (${words(index)});\n`,
  );
  return {
    title: 'Build the missing indexes CONCURRENTLY first',
    edits: [insertBefore(context, context.statement, statements.join(''))],
  };
};

export const attachPartitionBuildsIndex = defineRule({
  id: 'attach-partition-builds-index',
  title: 'Attaching the partition builds its missing indexes',
  category: 'locking',
  severity: 'error',
  servers: { from: 11 },
  on: ['AT_AttachPartition'],
  docs: {
    what: 'ATTACH PARTITION of a table that lacks an index, primary key or unique constraint which the partitioned table has.',
    why: 'Each missing index is built while the attached table is locked in ACCESS EXCLUSIVE mode.',
    instead: 'Build each index CONCURRENTLY on the table first: ATTACH PARTITION then adopts it.',
    ignoreWhen: 'nobody uses the table before it is attached, or it is small.',
    manual: 'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
  },
  examples: [
    {
      name: 'an index is missing',
      setup:
        'create table events (at int not null, kind int) partition by range (at); create index on events (kind); create table old (at int not null, kind int, constraint c check (at >= 1 and at < 10));',
      up: 'ALTER TABLE events ATTACH PARTITION old FOR VALUES FROM (1) TO (10);',
      finds: [{ text: 'ATTACH PARTITION old FOR VALUES FROM (1) TO (10)', severity: 'error' }],
      fixed:
        'CREATE INDEX CONCURRENTLY ON old (kind);\nALTER TABLE events ATTACH PARTITION old FOR VALUES FROM (1) TO (10);',
      trace: { locks: { events: 'SHARE UPDATE EXCLUSIVE', old: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'the primary key is missing',
      setup: 'create table events (at int primary key) partition by range (at); create table old (at int not null);',
      up: 'alter table events attach partition old for values from (1) to (10);',
      finds: [{ text: 'attach partition old for values from (1) to (10)' }],
    },
    {
      name: 'the index is there',
      setup:
        'create table events (at int not null, kind int) partition by range (at); create index on events (kind); create table old (at int not null, kind int); create index on old (kind);',
      up: 'alter table events attach partition old for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'the partitioned table has no index',
      setup: 'create table events (at int not null) partition by range (at); create table old (at int not null);',
      up: 'alter table events attach partition old for values from (1) to (10);',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      setup: 'create table events (at int not null, kind int) partition by range (at); create index on events (kind);',
      up: 'create table fresh (at int not null, kind int); alter table events attach partition fresh for values from (1) to (10);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AttachPartition'], 'error', ({ cmd, range }, altered) => {
      const written = nameOf(as(cmd.def, 'PartitionCmd')?.name);
      const child = context.database.table(written);
      if (altered.table === null || child === null || child.kind !== 'table') return null;
      const standing = context.standing(written);
      const severity = severityFor(standing, 'error');
      const indexes = missing(altered.table, child);
      if (severity === null || indexes.length === 0) return null;
      return {
        range,
        severity,
        message: `${shown(written)} has no index of its own on ${listInWords(indexes.map((index) => `(${words(index)})`))} as ${shown(altered.written)} has: it is built while nobody can use the table (${standing.words})`,
        evidence: {
          table: shown(altered.written),
          partition: shown(written),
          missing: indexes.map(({ name }) => name),
          lock: 'ACCESS EXCLUSIVE',
          rows: standing.rows,
        },
        fix: build(context, shown(written), indexes),
      };
    }),
});
