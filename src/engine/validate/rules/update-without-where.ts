import { all, nameOf } from '../../sql/nodes.ts';
import { rowChangesOf } from '../row-changes.ts';
import { defineRule } from '../rule.ts';
import { severityFor } from '../standing.ts';
import { isTautology } from '../tautology.ts';
import { shown } from '../wording.ts';

export const updateWithoutWhere = defineRule({
  id: 'update-without-where',
  title: 'UPDATE of all rows at once',
  category: 'data loss',
  severity: 'error',
  servers: {},
  docs: {
    what: 'UPDATE without WHERE, or with a WHERE that is always true, on an existing table.',
    why: 'One transaction locks and writes every row: writers of any row wait, the table doubles, and replicas fall behind. What stood in the columns before is lost.',
    instead: 'Backfill in batches by key range, each in a transaction of its own, with pauses.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/sql-update.html',
  },
  examples: [
    {
      name: 'a table that can hold one row, or as many as there are labels',
      setup:
        "create table settings (id int primary key check (id = 1), theme text); create table flags (on_ boolean primary key check (on_), n int); create type part as enum ('a', 'b'); create table parts (part part primary key, n int); create table ranks (n int primary key check (n >= 1 and n < 6), t text); create table many (n int primary key check (n > 0), t text);",
      up: "update settings set theme = 'dark'; update flags set n = 1; update parts set n = 1; update ranks set t = ''; update many set t = '';",
      finds: [
        { text: "update settings set theme = 'dark'", severity: 'info' },
        { text: 'update flags set n = 1', severity: 'info' },
        { text: 'update parts set n = 1', severity: 'info' },
        { text: "update ranks set t = ''", severity: 'info' },
        { text: "update many set t = ''", severity: 'error' },
      ],
    },
    {
      name: 'a backfill in one go',
      setup: 'create table users (id bigint primary key, a int);',
      up: 'UPDATE users SET a = 0;',
      finds: [{ text: 'UPDATE users SET a = 0', severity: 'error' }],
    },
    {
      name: 'always true, without a catalog',
      up: 'update users set a = 0 where true;',
      finds: [{ text: 'update users set a = 0 where true' }],
    },
    {
      name: 'a small table',
      setup: 'create table users (id bigint primary key, a int);',
      facts: [{ table: 'users', rows: 300, bytes: 65_536 }],
      up: 'update users set a = 0;',
      finds: [{ text: 'update users set a = 0', severity: 'info' }],
    },
    { name: 'with WHERE', up: 'update users set a = 0 where id between 1 and 1000;', finds: [] },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); update fresh set a = 0;',
      finds: [],
    },
  ],
  check: (context) =>
    rowChangesOf(context.statement.node).updates.flatMap((change) => {
      if (!isTautology(change.whereClause)) return [];
      // A join in FROM without WHERE is rare and still touches all rows; one row per key is not told from here.
      const written = nameOf(change.relation);
      const standing = context.standing(written);
      const severity = severityFor(standing, 'error');
      if (severity === null) return [];
      const columns = all(change.targetList, 'ResTarget').flatMap(({ name }) => (name === undefined ? [] : [name]));
      return [
        {
          range: context.source.range,
          severity,
          message: `Every row of ${shown(written)} is locked and written in one transaction (${standing.words})`,
          evidence: { table: shown(written), columns, rows: standing.rows, bytes: standing.bytes },
        },
      ];
    }),
});
