import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

export const concurrentRefreshMatviewLock = defineRule({
  id: 'concurrent-refresh-matview-lock',
  title: 'Only one refresh of a materialized view at a time',
  category: 'locking',
  severity: 'info',
  servers: {},
  on: ['RefreshMatViewStmt'],
  foldsUnder: ['require-concurrent-refresh-matview'],
  docs: {
    what: 'REFRESH MATERIALIZED VIEW CONCURRENTLY.',
    why: 'Readers go on, but EXCLUSIVE is held to the end: a second refresh waits, and one that is run by a schedule piles up behind this one.',
    instead: 'Refresh when the schedule does not, or leave the refresh to the schedule.',
    ignoreWhen: 'nothing else refreshes the view.',
    manual: 'https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html',
  },
  examples: [
    {
      name: 'a concurrent refresh',
      setup:
        'create table t (a int); create materialized view totals as select a from t; create unique index u on totals (a);',
      up: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
      finds: [{ text: 'CONCURRENTLY', severity: 'info' }],
      trace: { locks: { totals: 'EXCLUSIVE' } },
    },
    { name: 'a plain refresh is another matter', up: 'refresh materialized view totals;', finds: [] },
    {
      name: 'a view created in the same migration',
      up: 'create materialized view totals as select 1 as a; create unique index u on totals (a); refresh materialized view concurrently totals;',
      finds: [],
    },
  ],
  check: (context) => {
    const refresh = as(context.statement.node, 'RefreshMatViewStmt');
    if (refresh?.concurrent !== true) return [];
    const written = nameOf(refresh.relation);
    if (severityFor(context.standing(written), 'info') === null) return [];
    return [
      {
        range: context.source.words('CONCURRENTLY') ?? context.source.range,
        message: `Another refresh of ${shown(written)} waits until this one is done`,
        evidence: { view: shown(written), lock: 'EXCLUSIVE' },
      },
    ];
  },
});
