import type { View } from '../../catalog/catalog.ts';
import { as, nameOf } from '../../sql/nodes.ts';
import { insertAt } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { shown } from '../wording.ts';

/** CONCURRENTLY needs a unique index on bare columns over all rows. */
const canBeConcurrent = (view: View): boolean =>
  view.populated &&
  view.indexes.some(
    (index) =>
      index.unique && index.valid && index.predicate === null && index.keys.every((key) => key.column !== null),
  );

export const requireConcurrentRefreshMatview = defineRule({
  id: 'require-concurrent-refresh-matview',
  title: 'Materialized view refreshed without CONCURRENTLY',
  category: 'locking',
  severity: 'error',
  servers: {},
  on: ['RefreshMatViewStmt'],
  docs: {
    what: 'REFRESH MATERIALIZED VIEW with data and without CONCURRENTLY, or CONCURRENTLY on a view that does not allow it.',
    why: 'ACCESS EXCLUSIVE is held on the view while its whole query runs: nobody can read it.',
    instead:
      'REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index on plain columns without WHERE, and a view that is populated.',
    ignoreWhen: 'nobody reads the view during the refresh, or its query is quick.',
    manual: 'https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html',
  },
  examples: [
    {
      name: 'a view with a unique index',
      setup:
        'create table t (a int); create materialized view totals as select a from t; create unique index u on totals (a);',
      up: 'REFRESH MATERIALIZED VIEW totals;',
      finds: [{ text: 'REFRESH MATERIALIZED VIEW', severity: 'error' }],
      fixed: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
      trace: { locks: { totals: 'ACCESS EXCLUSIVE' } },
    },
    {
      name: 'without a unique index there is no concurrent form yet',
      setup: 'create table t (a int); create materialized view totals as select a from t;',
      up: 'refresh materialized view totals;',
      finds: [{ text: 'refresh materialized view' }],
    },
    {
      name: 'without a catalog',
      up: 'refresh materialized view totals;',
      finds: [{ text: 'refresh materialized view' }],
    },
    {
      name: 'CONCURRENTLY without a unique index is refused',
      setup: 'create table t (a int); create materialized view totals as select a from t;',
      up: 'refresh materialized view concurrently totals;',
      finds: [{ text: 'concurrently', severity: 'error' }],
      trace: { fails: '55000' },
    },
    {
      name: 'concurrently, in a transaction too',
      up: 'begin; refresh materialized view concurrently totals; commit;',
      finds: [],
    },
    {
      name: 'emptied',
      up: 'refresh materialized view totals with no data;',
      finds: [{ text: 'with no data', severity: 'error' }],
    },
    {
      name: 'emptied, as it was',
      setup: 'create materialized view totals as select 1 as a with no data;',
      up: 'refresh materialized view totals with no data;',
      finds: [],
    },
    {
      name: 'created in the same migration',
      up: 'create materialized view totals as select 1 as a with no data; refresh materialized view totals;',
      finds: [],
    },
    {
      name: 'a view that was never populated cannot be read yet',
      setup: 'create table t (a int); create materialized view totals as select a from t with no data;',
      up: 'refresh materialized view totals;',
      finds: [],
    },
  ],
  check: (context) => {
    const refresh = as(context.statement.node, 'RefreshMatViewStmt');
    if (refresh === undefined) return [];
    const written = nameOf(refresh.relation);
    const view = context.database.view(written);
    if (refresh.skipData === true) {
      const filled = view?.populated !== false && !context.created.has('view', context.database.resolve(written));
      return filled
        ? [
            {
              range: context.source.words('WITH NO DATA') ?? context.source.range,
              severity: 'error',
              message: `${shown(written)} is emptied, and queries of it fail until it is refreshed again`,
              evidence: { view: shown(written) },
              fix: null,
            },
          ]
        : [];
    }
    if (refresh.concurrent === true) {
      if (view === null || canBeConcurrent(view) || context.isUncertain(view)) return [];
      const lacks = view.populated ? 'a unique index on plain columns of all rows' : 'a first, plain refresh';
      return [
        {
          range: context.source.words('CONCURRENTLY') ?? context.source.range,
          severity: 'error',
          message: `${shown(written)} lacks ${lacks}: the statement fails with 55000`,
          evidence: { view: shown(written), sqlstate: '55000' },
          fix: null,
        },
      ];
    }
    if (context.created.has('view', context.database.resolve(written))) return [];
    if (view !== null && !view.populated) return [];
    const standing = context.standing(written);
    const severity = severityFor(standing, 'error');
    const word = context.source.words('VIEW');
    if (severity === null || word === null) return [];
    const possible = view !== null && canBeConcurrent(view);
    return [
      {
        range: context.source.head(3),
        severity,
        message: `Nobody can read ${shown(written)} while its query runs (${standing.words})`,
        evidence: { view: shown(written), lock: 'ACCESS EXCLUSIVE', uniqueIndex: view === null ? 'unknown' : possible },
        fix: possible ? { title: 'Refresh CONCURRENTLY', edits: [insertAt(word.end, ' CONCURRENTLY')] } : null,
      },
    ];
  },
});
