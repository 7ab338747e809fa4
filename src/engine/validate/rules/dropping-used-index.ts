import { as } from '../../sql/nodes.ts';
import { countInWords } from '../../sql/quantity.ts';
import { keyOf } from '../../sql/table-index.ts';
import { droppedNames } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

export const droppingUsedIndex = defineRule({
  id: 'dropping-used-index',
  title: 'Dropped index that queries use',
  category: 'index and constraint',
  severity: 'warning',
  servers: {},
  on: ['DropStmt'],
  docs: {
    what: 'DROP INDEX of an index that the facts show to have been scanned.',
    why: 'The queries that used it read whole tables from then on, and under load that is an outage.',
    instead: 'See which queries use it first; build what replaces it before.',
    ignoreWhen: 'another index serves those queries as well.',
    manual: 'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW',
  },
  examples: [
    {
      name: 'an index in use',
      setup: 'create table users (id bigint primary key, a int); create index i on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { indexes: [{ schema: 'public', name: 'i', bytes: 900_000, scans: 120_000 }] },
      up: 'DROP INDEX CONCURRENTLY i;',
      finds: [{ text: 'DROP INDEX CONCURRENTLY i', severity: 'warning' }],
    },
    {
      name: 'an index that nobody uses',
      setup: 'create table users (id bigint primary key, a int); create index i on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { indexes: [{ schema: 'public', name: 'i', bytes: 900_000, scans: 0 }] },
      up: 'drop index concurrently i;',
      finds: [],
    },
    {
      name: 'a replacement is built in the same migration',
      setup: 'create table users (id bigint primary key, a int); create index i on users (a);',
      facts: [{ table: 'users', rows: 50_000_000, bytes: 9_000_000_000 }],
      live: { indexes: [{ schema: 'public', name: 'i', bytes: 900_000, scans: 120_000 }] },
      up: 'create index concurrently j on users (a, id); drop index concurrently i;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_INDEX' || context.facts === null) return [];
    return droppedNames(drop.objects).flatMap((written) => {
      const placed = context.database.index(written);
      if (placed === null) return [];
      const key = keyOf({ schema: placed.on.schema, name: placed.index.name });
      const fact = context.facts?.indexes.find((index) => keyOf(index) === key);
      const leading = placed.index.keys[0]?.column ?? null;
      const replaced = (context.database.table(placed.on)?.indexes ?? []).some(
        (other) => other.name !== placed.index.name && leading !== null && other.keys[0]?.column === leading,
      );
      if (fact === undefined || fact.scans === 0 || replaced) return [];
      return [
        {
          range: context.source.range,
          message: `${shown(written)} has been used ${countInWords(fact.scans)} times: those queries read the whole table without it`,
          evidence: { index: shown(written), scans: fact.scans, lastScanAt: fact.lastScanAt ?? null },
        },
      ];
    });
  },
});
