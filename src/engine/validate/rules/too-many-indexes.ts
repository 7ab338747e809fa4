import { as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

/** Beyond this each write costs more in indexes than in the table. */
const many = 12;

export const tooManyIndexes = defineRule({
  id: 'too-many-indexes',
  title: 'Table with a great many indexes gets another one',
  category: 'index and constraint',
  severity: 'info',
  servers: {},
  on: ['IndexStmt'],
  docs: {
    what: `CREATE INDEX on a table that has ${many} indexes or more.`,
    why: 'Each INSERT, and most UPDATEs, write into all of them; vacuum goes through all of them.',
    instead: 'See which of them are never scanned, and drop those first.',
    ignoreWhen: 'the table is rarely written to.',
    manual: 'https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW',
  },
  examples: [
    {
      name: 'one more than a dozen',
      setup: `create table users (id bigint primary key, a int); ${Array.from({ length: 11 }, (_, i) => `create index i${i} on users (a, (a + ${i}));`).join(' ')}`,
      up: 'CREATE INDEX CONCURRENTLY more ON users (a);',
      finds: [{ text: 'CREATE INDEX', severity: 'info' }],
    },
    {
      name: 'few',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'create index concurrently more on users (a);',
      finds: [],
    },
    { name: 'without a catalog nothing is known', up: 'create index concurrently more on users (a);', finds: [] },
  ],
  check: (context) => {
    const create = as(context.statement.node, 'IndexStmt');
    if (create === undefined || context.direction === 'down') return [];
    const written = nameOf(create.relation);
    const count = context.database.table(written)?.indexes.length ?? 0;
    if (count < many || severityFor(context.standing(written), 'info') === null) return [];
    // Told once for a table, at its first.
    const own = keyOf(context.database.resolve(written));
    const told = context.script.statements.slice(0, context.statement.index).some(({ node }) => {
      const earlier = as(node, 'IndexStmt')?.relation;
      return earlier !== undefined && keyOf(context.database.resolve(nameOf(earlier))) === own;
    });
    if (told && count > many) return [];
    return [
      {
        range: context.source.head(2),
        message: `${shown(written)} has ${count} indexes already: each write goes into all of them`,
        evidence: { table: shown(written), indexes: count },
      },
    ];
  },
});
