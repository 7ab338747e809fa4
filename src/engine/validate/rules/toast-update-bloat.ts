import { all, nameOf } from '../../sql/nodes.ts';
import { bytesInWords } from '../../sql/quantity.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { keyOf } from '../../sql/table-index.ts';
import { rowChangesOf } from '../row-changes.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** From about here on a value is stored outside of its row: `TOAST_TUPLE_THRESHOLD`. */
const outside = 2000;

/** Less written anew is no matter. */
const worthwhile = 1024 ** 3;

export const toastUpdateBloat = defineRule({
  id: 'toast-update-bloat',
  title: 'Update that writes large values anew',
  category: 'timeouts and operational',
  severity: 'info',
  servers: {},
  needs: 'facts',
  on: ['ExplainStmt', 'UpdateStmt'],
  docs: {
    what: 'An UPDATE that sets a column whose values, by the statistics, have 2 kB or more on average, in a table where all of them together have 1 GB or more.',
    why: 'A large value stands outside of its row (TOAST). An update that leaves it alone does not touch it; one that sets it writes the whole value again, even when it is the same, and the old one stays until vacuum: the table may double, and so much WAL is written.',
    instead:
      'Batches, with time for vacuum between them; WHERE column IS DISTINCT FROM the new value, so that equal values stay.',
    ignoreWhen: 'the condition picks few rows.',
    manual: 'https://www.postgresql.org/docs/current/storage-toast.html',
  },
  examples: [
    {
      name: 'documents are rewritten',
      setup: 'create table pages (id bigint primary key, body text, kind int);',
      facts: [
        {
          table: 'pages',
          rows: 2_000_000,
          bytes: 20_000_000_000,
          columns: [{ name: 'body', nullFraction: 0, distinct: -1, averageBytes: 9000 }],
        },
      ],
      up: "UPDATE pages SET body = replace(body, 'http:', 'https:') WHERE kind = 1;",
      finds: [{ text: 'body', severity: 'info' }],
    },
    {
      name: 'another column of the same table',
      setup: 'create table pages (id bigint primary key, body text, kind int);',
      facts: [
        {
          table: 'pages',
          rows: 2_000_000,
          bytes: 20_000_000_000,
          columns: [{ name: 'body', nullFraction: 0, distinct: -1, averageBytes: 9000 }],
        },
      ],
      up: 'update pages set kind = 2 where kind = 1;',
      finds: [],
    },
    {
      name: 'short values',
      setup: 'create table pages (id bigint primary key, body text, kind int);',
      facts: [
        {
          table: 'pages',
          rows: 2_000_000,
          bytes: 2_000_000_000,
          columns: [{ name: 'body', nullFraction: 0, distinct: -1, averageBytes: 90 }],
        },
      ],
      up: "update pages set body = '' where kind = 1;",
      finds: [],
    },
    { name: 'without facts nothing is known', up: "update pages set body = '' where kind = 1;", finds: [] },
  ],
  check: (context) => {
    if (context.facts === null || context.direction === 'down') return [];
    return rowChangesOf(context.statement.node).updates.flatMap((update) => {
      const written = nameOf(update.relation);
      const name = context.database.resolve(written);
      const facts = context.facts?.tables.find((table) => keyOf(table) === keyOf(name));
      const set = all(update.targetList, 'ResTarget');
      const wide = facts?.columns.find(
        (column) => (column.averageBytes ?? 0) >= outside && set.some((target) => target.name === column.name),
      );
      if (facts === undefined || wide === undefined) return [];
      const bytes = (wide.averageBytes ?? 0) * facts.rows * (1 - wide.nullFraction);
      const target = set.find((one) => one.name === wide.name);
      const start = context.offset(target?.location);
      const range = context.source.identifier(wide.name, { start, end: context.statement.end });
      if (bytes < worthwhile) return [];
      return [
        {
          range: range === null ? context.source.head(1) : { start: range.start, end: range.end },
          message: `${quoteIdentifier(wide.name)} of ${shown(written)} holds ${bytesInWords(wide.averageBytes ?? 0)} per row: up to ${bytesInWords(bytes)} are written anew, and the old values stay until vacuum`,
          evidence: { table: shown(written), column: wide.name, averageBytes: wide.averageBytes, bytes },
        },
      ];
    });
  },
});
