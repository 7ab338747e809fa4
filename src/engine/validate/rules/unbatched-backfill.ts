import { as, nameOf } from '../../sql/nodes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { isTautology } from '../tautology.ts';
import { shown } from '../wording.ts';

/** Conditions that name single rows: comparisons of one column with a constant by `=` or `IN`. */
const isNarrow = (where: unknown): boolean => {
  const text = JSON.stringify(where ?? null);
  return (
    /"kind":"AEXPR_(OP|IN)","name":\[\{"String":\{"sval":"="\}\}\],"lexpr":\{"ColumnRef"/.test(text) &&
    !/SubLink/.test(text)
  );
};

/** A range with both ends, or a list of keys that a subquery cuts off with LIMIT: one batch of many. */
const isBatch = (where: unknown): boolean => {
  const text = JSON.stringify(where ?? null);
  return /"limitCount"/.test(text) || /"kind":"AEXPR_BETWEEN"/.test(text);
};

export const unbatchedBackfill = defineRule({
  id: 'unbatched-backfill',
  title: 'Many rows changed in one statement',
  category: 'timeouts and operational',
  severity: 'warning',
  servers: {},
  foldsUnder: ['update-without-where', 'delete-without-where', 'ddl-and-backfill-same-transaction'],
  docs: {
    what: 'An UPDATE or DELETE on an existing table that is not limited to single keys or to a batch.',
    why: 'All its rows stay locked and all old versions stay until the one transaction ends: writers wait, the table grows, replicas fall behind.',
    instead: 'Change a few thousand rows by key range at a time, each in a transaction of its own, with pauses.',
    ignoreWhen: 'few rows meet the condition.',
    manual: 'https://www.postgresql.org/docs/current/routine-vacuuming.html',
  },
  examples: [
    {
      name: 'a backfill by condition',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'UPDATE users SET a = 0 WHERE a IS NULL;',
      finds: [{ text: 'UPDATE users SET a = 0 WHERE a IS NULL', severity: 'warning' }],
    },
    {
      name: 'a delete by a join',
      up: 'delete from orders using gone where gone.id = orders.gone_id and gone.old;',
      finds: [{ text: 'delete from orders using gone where gone.id = orders.gone_id and gone.old' }],
    },
    {
      name: 'single rows',
      up: "update users set a = 0 where id = 7; delete from users where kind in ('x', 'y');",
      finds: [],
    },
    {
      name: 'one batch',
      up: 'update users set a = 0 where id between 1 and 5000; delete from users where id in (select id from users limit 1000);',
      finds: [],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); update fresh set a = 0 where a is null;',
      finds: [],
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 90, bytes: 16_384 }],
      up: 'update users set a = 0 where a is null;',
      finds: [],
    },
  ],
  check: (context) => {
    const { node } = context.statement;
    const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt');
    if (change === undefined || isTautology(change.whereClause)) return [];
    const joins = as(node, 'UpdateStmt')?.fromClause ?? as(node, 'DeleteStmt')?.usingClause;
    if ((joins === undefined && isNarrow(change.whereClause)) || isBatch(change.whereClause)) return [];
    const written = nameOf(change.relation);
    const standing = context.standing(written);
    const severity = severityFor(standing, 'warning');
    if (severity === null || severity === 'info') return [];
    return [
      {
        range: context.source.range,
        severity,
        message: `All rows of ${shown(written)} that meet the condition are changed in one transaction (${standing.words})`,
        evidence: { table: shown(written), rows: standing.rows },
      },
    ];
  },
});
