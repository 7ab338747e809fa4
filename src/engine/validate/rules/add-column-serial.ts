import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { eachAction } from '../each-action.ts';
import { typeBaseName } from '../node-questions.ts';
import { defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

const serials = new Set(['serial', 'serial2', 'serial4', 'serial8', 'bigserial', 'smallserial']);

export const addColumnSerial = defineRule({
  id: 'add-column-serial',
  title: 'Serial column rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['AT_AddColumn'],
  docs: {
    what: 'ADD COLUMN with the type serial, bigserial or smallserial on an existing table.',
    why: 'Its default calls nextval(), which is volatile: every row is written again to get its number, under ACCESS EXCLUSIVE.',
    instead:
      'ADD COLUMN bigint without a default; CREATE SEQUENCE … OWNED BY the column; SET DEFAULT nextval(…); backfill in batches; then make it NOT NULL.',
    ignoreWhen: 'the table is small.',
    manual: 'https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL',
  },
  examples: [
    {
      name: 'bigserial on an existing table',
      setup: 'create table orders (a int);',
      up: 'ALTER TABLE orders ADD COLUMN id bigserial;',
      finds: [{ text: 'ADD COLUMN id bigserial', severity: 'error' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: ['orders'] },
    },
    { name: 'without a catalog', up: 'alter table orders add id serial;', finds: [{ text: 'add id serial' }] },
    { name: 'a plain integer', up: 'alter table orders add id bigint;', finds: [] },
    { name: 'in a new table', up: 'create table fresh (id serial); alter table fresh add b serial;', finds: [] },
  ],
  check: (context) =>
    eachAction(context, ['AT_AddColumn'], 'error', ({ cmd, range }, altered, severity) => {
      const column = as(cmd.def, 'ColumnDef');
      if (!serials.has(typeBaseName(column?.typeName))) return null;
      return {
        range,
        severity,
        message: `Numbering ${quoteIdentifier(column?.colname ?? '')} rewrites all of ${shown(altered.written)} while nobody can read or write it (${altered.standing.words})`,
        evidence: {
          table: shown(altered.written),
          column: column?.colname,
          rewrite: true,
          rows: altered.standing.rows,
        },
      };
    }),
});
