import { as, columnsIn } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { typeChange } from '../../sql/type-change.ts';
import { formatType, parseType, typeRef } from '../../sql/type-name.ts';
import { eachAction } from '../each-action.ts';
import { type AlterAction, type AlteredTable, type CheckContext, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** True when USING computes something, so that every row has to be written again whatever the types are. */
const computes = (action: AlterAction, column: string): boolean => {
  const using = as(action.cmd.def, 'ColumnDef')?.raw_default;
  if (using === undefined) return false;
  const bare = as(using, 'TypeCast')?.arg ?? using;
  const reference = as(bare, 'ColumnRef');
  return reference === undefined || columnsIn(bare)[0] !== column;
};

const change = (context: CheckContext, altered: AlteredTable, action: AlterAction) => {
  const name = action.cmd.name ?? '';
  const column = context.database.column(altered.table, name);
  const wanted = typeRef(as(action.cmd.def, 'ColumnDef')?.typeName);
  const from = column === null || column.type === '' ? null : parseType(column.type);
  const { server } = context.database.catalog;
  const effect = typeChange(from, wanted, {
    lookup: context.database.lookup,
    searchPath: context.database.searchPath,
    serverVersion: context.serverVersion,
    timeZone: context.settings.timeZone ?? (context.hasCatalog ? server.timeZone : null),
  });
  return {
    name,
    from: column === null || column.type === '' ? null : column.type,
    to: formatType(wanted),
    rewrite: computes(action, name) ? ('table' as const) : effect.rewrite,
  };
};

export const changingColumnType = defineRule({
  id: 'changing-column-type',
  title: 'Type change rewrites the table',
  category: 'rewrite',
  severity: 'error',
  servers: {},
  on: ['AT_AlterColumnType'],
  foldsUnder: ['dependent-view-blocks-alter', 'ddl-on-partition-child'],
  docs: {
    what: 'ALTER COLUMN … TYPE to a type whose stored form differs from the old one, or with a USING that computes.',
    why: 'The whole table and all its indexes are written again under ACCESS EXCLUSIVE: reads and writes wait, and up to twice the space is needed. Code that runs with the old type may break.',
    instead:
      'Add a column of the new type, keep both in step with a trigger, backfill in batches, switch readers, then drop the old column. Widening varchar, varchar to text, a larger numeric precision of the same scale and (under TimeZone UTC) timestamp to timestamptz rewrite nothing and are not reported.',
    ignoreWhen: 'the table is small, or out of use during the rewrite.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  },
  examples: [
    {
      name: 'integer to bigint',
      setup: 'create table orders (id bigint primary key, a int);',
      up: 'ALTER TABLE orders ALTER COLUMN a TYPE bigint;',
      finds: [{ text: 'ALTER COLUMN a TYPE bigint', severity: 'error' }],
      trace: { locks: { orders: 'ACCESS EXCLUSIVE' }, rewrites: ['orders'] },
    },
    {
      name: 'a shorter varchar',
      setup: 'create table orders (id bigint primary key, a varchar(20));',
      up: 'alter table orders alter a set data type varchar(10);',
      finds: [{ text: 'alter a set data type varchar(10)', severity: 'error' }],
      trace: { rewrites: ['orders'] },
    },
    {
      name: 'text to a limited varchar',
      setup: 'create table orders (id bigint primary key, a text);',
      up: 'alter table orders alter a type varchar(200);',
      finds: [{ text: 'alter a type varchar(200)' }],
      trace: { rewrites: ['orders'] },
    },
    {
      name: 'another scale of numeric',
      setup: 'create table orders (id bigint primary key, a numeric(10,2));',
      up: 'alter table orders alter a type numeric(12,3);',
      finds: [{ text: 'alter a type numeric(12,3)' }],
      trace: { rewrites: ['orders'] },
    },
    {
      name: 'USING that computes',
      setup: 'create table orders (id bigint primary key, a text);',
      up: 'alter table orders alter a type text using upper(a);',
      finds: [{ text: 'alter a type text using upper(a)' }],
      trace: { rewrites: ['orders'] },
    },
    {
      name: 'without a catalog the old type is not known',
      up: 'alter table orders alter column a type bigint;',
      finds: [{ text: 'alter column a type bigint', severity: 'error' }],
    },
    {
      name: 'timestamp to timestamptz before 12',
      serverVersion: 11,
      setup: 'create table orders (id bigint primary key, a timestamp);',
      up: 'alter table orders alter a type timestamptz;',
      finds: [{ text: 'alter a type timestamptz' }],
    },
    {
      name: 'timestamp to timestamptz under UTC from 12 on',
      serverVersion: 12,
      setup: 'create table orders (id bigint primary key, a timestamp);',
      up: 'alter table orders alter a type timestamptz;',
      finds: [],
    },
    {
      name: 'a longer varchar, varchar to text, a larger precision, cidr to inet',
      setup:
        'create table orders (id bigint primary key, a varchar(20), b varchar(5), c numeric(10,2), d cidr, e text);',
      up: 'alter table orders alter a type varchar(40), alter b type text using b::text, alter c type numeric(14,2), alter d type inet, alter e type varchar;',
      finds: [],
      trace: { rewrites: [] },
    },
    {
      name: 'a table created in the same migration',
      up: 'create table fresh (a int); alter table fresh alter a type bigint;',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AlterColumnType'], 'error', (action, altered, severity) => {
      const { name, from, to, rewrite } = change(context, altered, action);
      if (rewrite === 'none') return null;
      const types = from === null ? `to ${to} (the old type is not known here)` : `from ${from} to ${to}`;
      return {
        range: action.range,
        severity,
        message: `Changing ${quoteIdentifier(name)} ${types} ${rewrite === 'table' && from !== null ? 'rewrites' : 'may rewrite'} all of ${shown(altered.written)} and its indexes while nobody can read or write it (${altered.standing.words})`,
        evidence: {
          table: shown(altered.written),
          column: name,
          from,
          to,
          lock: 'ACCESS EXCLUSIVE',
          rewrite: true,
          rows: altered.standing.rows,
          bytes: altered.standing.bytes,
          indexes: altered.table?.indexes.length ?? null,
        },
      };
    }),
});
