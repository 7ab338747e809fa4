import { as } from '../../sql/nodes.ts';
import { insertAt } from '../fixes.ts';
import { droppedNames } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { newStanding, severityFor } from '../standing.ts';
import { listInWords, shown } from '../wording.ts';

export const requireConcurrentIndexDeletion = defineRule({
  id: 'require-concurrent-index-deletion',
  title: 'Index dropped without CONCURRENTLY',
  category: 'locking',
  severity: 'warning',
  servers: {},
  on: ['DropStmt'],
  foldsUnder: ['drop-index-backing-constraint', 'ban-drop-object'],
  docs: {
    what: 'DROP INDEX without CONCURRENTLY on an index of a table that exists before the migration.',
    why: 'The drop itself is quick, but it needs ACCESS EXCLUSIVE on the table: it waits behind every running query, and all later queries wait behind it.',
    instead: 'DROP INDEX CONCURRENTLY IF EXISTS, outside a transaction block, one index at a time.',
    ignoreWhen: 'no long queries run on the table, or a short lock_timeout with retries is in force.',
    manual: 'https://www.postgresql.org/docs/current/sql-dropindex.html',
  },
  examples: [
    {
      name: 'an index of an existing table',
      setup: 'create table orders (id bigint primary key, a int); create index i on orders (a);',
      up: 'DROP INDEX i;',
      finds: [{ text: 'DROP INDEX', severity: 'warning' }],
      fixed: 'DROP INDEX CONCURRENTLY i;',
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'with IF EXISTS, without a catalog',
      up: 'drop index if exists sales."I";',
      finds: [{ text: 'drop index' }],
      fixed: 'drop index CONCURRENTLY if exists sales."I";',
    },
    {
      name: 'several at once cannot be dropped concurrently by one statement',
      up: 'drop index a, b;',
      finds: [{ text: 'drop index' }],
    },
    { name: 'a concurrent drop', up: 'DROP INDEX CONCURRENTLY i;', finds: [] },
    {
      name: 'an index of a table created in the same migration',
      up: 'create table fresh (a int); create index i on fresh (a); drop index i;',
      finds: [],
    },
    {
      name: 'an index that is not there',
      setup: 'create table orders (id bigint primary key);',
      up: 'drop index if exists nothing_here;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_INDEX' || drop.concurrent === true) return [];
    const names = droppedNames(drop.objects);
    const busy = names.flatMap((written) => {
      const placed = context.database.index(written);
      if (placed === null && context.hasCatalog) return [];
      if (context.created.has('index', context.database.resolve(written)) && placed === null) return [];
      const standing = placed === null ? context.standing({ schema: null, name: '' }) : context.standing(placed.on);
      return standing.size === newStanding.size ? [] : [{ written, placed, standing }];
    });
    const first = busy[0];
    if (first === undefined) return [];
    const severity = severityFor(first.standing, 'warning');
    if (severity === null) return [];
    const tables = busy.flatMap(({ placed }) => (placed === null ? [] : [placed.on.name]));
    const word = context.source.words('INDEX');
    const partitioned = first.placed !== null && context.database.table(first.placed.on)?.kind === 'partitioned table';
    const alone = names.length === 1 && drop.behavior !== 'DROP_CASCADE';
    const possible = context.transaction.number === null && alone && !partitioned;
    return [
      {
        range: context.source.head(2),
        severity,
        message: `Dropping ${listInWords(busy.map(({ written }) => shown(written)))} waits for every query on ${tables.length === 0 ? 'its table' : listInWords([...new Set(tables)])} and makes all later ones wait (${first.standing.words})`,
        evidence: { lock: 'ACCESS EXCLUSIVE', tables, rows: first.standing.rows },
        fix:
          possible && word !== null
            ? { title: 'Drop the index CONCURRENTLY', edits: [insertAt(word.end, ' CONCURRENTLY')] }
            : null,
      },
    ];
  },
});
