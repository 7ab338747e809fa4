import { all, as } from '../../sql/nodes.ts';
import { countInWords } from '../../sql/quantity.ts';
import { keyOf, type PlacedIndex } from '../../sql/table-index.ts';
import { indexServes } from '../index-serves.ts';
import { droppedNames } from '../node-questions.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { columnList, shown, shownObject } from '../wording.ts';

/** A foreign key that no other index serves once this one is gone; null when there is none, or the file makes another. */
const withoutIndex = (context: CheckContext, { on, index }: PlacedIndex): Found | null => {
  const table = context.database.table(on);
  const name = { schema: on.schema, name: index.name };
  if (table === null || context.standing(on).size === 'new') return null;
  if (context.created.has('index', name) || context.createdByUp.has('index', name)) return null;
  const severity = severityFor(context.standing(on), 'warning');
  const others = table.indexes.filter((other) => other.name !== index.name);
  const comes = context.script.statements.slice(context.statement.index + 1).some(({ node }) => {
    const later = as(node, 'IndexStmt');
    return (
      later?.relation?.relname === on.name && all(later.indexParams, 'IndexElem')[0]?.name === index.keys[0]?.column
    );
  });
  const key = table.constraints.find(
    ({ kind, columns }) =>
      kind === 'foreign key' && indexServes(index, columns) && !others.some((other) => indexServes(other, columns)),
  );
  const other = key?.references?.table;
  if (severity === null || comes || key === undefined || other === undefined) return null;
  return {
    range: context.source.range,
    severity,
    message: `Each delete in ${shownObject(other)} reads all of ${shown(on)} without an index on ${columnList(key.columns)}`,
    evidence: { index: index.name, constraint: key.name },
  };
};

export const droppingUsedIndex = defineRule({
  id: 'dropping-used-index',
  title: 'Dropped index that queries or a foreign key use',
  category: 'index and constraint',
  severity: 'warning',
  servers: {},
  on: ['DropStmt'],
  docs: {
    what: 'DROP INDEX of an index that the facts show to have been scanned, or of the only one that leads with the columns of a foreign key.',
    why: 'The queries that used it read whole tables from then on, and under load that is an outage; so does each delete in the table that the foreign key points at.',
    instead: 'See which queries use it first; build what replaces it before.',
    ignoreWhen: 'another index serves those queries as well.',
    manual: 'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW',
  },
  examples: [
    {
      name: 'the only index of a foreign key',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint, user_id bigint references users, note text); create index i on orders (user_id); create index j on orders (note, user_id); create index k on orders (user_id) where id > 0;',
      up: 'drop index concurrently i; drop index concurrently j;',
      finds: [{ text: 'drop index concurrently i', severity: 'warning' }],
    },
    {
      name: 'another index serves the foreign key, or comes',
      setup:
        'create table users (id bigint primary key); create table orders (id bigint, user_id bigint references users); create index i on orders (user_id); create index j on orders (user_id, id);',
      up: 'drop index concurrently i; drop index concurrently j; create index concurrently k on orders (user_id desc);',
      finds: [],
    },
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
    if (drop?.removeType !== 'OBJECT_INDEX') return [];
    return droppedNames(drop.objects).flatMap((written) => {
      const placed = context.database.index(written);
      if (placed === null) return [];
      const bare = withoutIndex(context, placed);
      if (bare !== null) return [bare];
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
