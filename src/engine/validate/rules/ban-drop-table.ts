import { as } from '../../sql/nodes.ts';
import { droppedNames } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { shown, shownObject } from '../wording.ts';

export const banDropTable = defineRule({
  id: 'ban-drop-table',
  title: 'Dropped table loses its rows',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['DropStmt'],
  foldsUnder: ['create-table-force'],
  docs: {
    what: 'DROP TABLE of a table that this migration did not create itself.',
    why: 'All rows are lost for good, and code that names the table fails from that moment. Tables that it references by foreign key are locked as well.',
    instead:
      'Rename the table first, or revoke access to it, wait until it is certain that nobody misses it, and drop it in a later migration; keep a dump.',
    ignoreWhen: 'the table is out of use and its rows may go.',
    manual: 'https://www.postgresql.org/docs/current/sql-droptable.html',
  },
  examples: [
    {
      name: 'an existing table',
      setup: 'create table orders (id bigint primary key);',
      up: 'DROP TABLE orders;',
      finds: [{ text: 'orders', severity: 'error' }],
    },
    {
      name: 'several, without a catalog',
      up: 'drop table if exists sales."Orders", old cascade;',
      finds: [{ text: 'sales."Orders"' }, { text: 'old' }],
    },
    {
      name: 'an empty table',
      setup: 'create table orders (id bigint primary key);',
      facts: [{ table: 'orders', rows: 0, bytes: 16_384 }],
      up: 'drop table orders;',
      finds: [{ text: 'orders', severity: 'info' }],
    },
    {
      name: 'a table created in the same migration',
      up: 'create table scratch (a int); drop table scratch;',
      finds: [],
    },
    { name: 'the down of a new table', up: 'create table fresh (a int);', down: 'drop table fresh;', finds: [] },
    {
      name: 'a table that is not there',
      setup: 'create table orders (id bigint primary key);',
      up: 'drop table if exists nothing_here;',
      finds: [],
    },
  ],
  check: (context) => {
    const drop = as(context.statement.node, 'DropStmt');
    if (drop?.removeType !== 'OBJECT_TABLE') return [];
    const from = context.source.words('EXISTS')?.end ?? context.source.head(2).end;
    const ranges = context.source.list({ start: from, end: context.statement.end });
    return droppedNames(drop.objects).flatMap((written, i) => {
      const standing = context.standing(written);
      if (standing.size === 'new') return [];
      const table = context.database.table(written);
      if (drop.missing_ok === true && context.hasCatalog && table === null) return [];
      const name = context.database.resolve(written);
      const pointing = context.database
        .referencesTo(name)
        .filter((reference) => reference.table.name !== name.name || reference.table.schema !== name.schema);
      const by = [...new Set(pointing.map((reference) => shownObject(reference.table)))];
      const also = by.length === 0 ? '' : `; ${by.join(', ')} ${by.length === 1 ? 'references' : 'reference'} it`;
      const whole = ranges[i] ?? context.source.range;
      const behind = context.source.words('CASCADE', whole) ?? context.source.words('RESTRICT', whole);
      const tokens = context.source.tokens(whole);
      const end =
        behind === null ? whole.end : (tokens.findLast((token) => token.end <= behind.start)?.end ?? whole.end);
      return [
        {
          range: { start: whole.start, end },
          severity: standing.size === 'empty' ? ('info' as const) : ('error' as const),
          message: `All rows of ${shown(written)} are lost for good${also} (${standing.words})`,
          evidence: { table: shown(written), rows: standing.rows, bytes: standing.bytes, referencedBy: by },
        },
      ];
    });
  },
});
