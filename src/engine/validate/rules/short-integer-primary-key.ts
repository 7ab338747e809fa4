import { all, as, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { typeFix } from '../type-fix.ts';
import { shown } from '../wording.ts';
import { writtenColumns } from '../written-columns.ts';

const limits: Readonly<Record<string, { readonly last: string; readonly wide: string }>> = {
  int2: { last: '32767', wide: 'bigint' },
  int4: { last: '2147483647', wide: 'bigint' },
  serial2: { last: '32767', wide: 'bigserial' },
  smallserial: { last: '32767', wide: 'bigserial' },
  serial: { last: '2147483647', wide: 'bigserial' },
  serial4: { last: '2147483647', wide: 'bigserial' },
};

/** The columns that alone are the primary key of what the statement creates. */
const keysOf = (context: CheckContext): ReadonlySet<string> => {
  const create = as(context.statement.node, 'CreateStmt');
  const single = all(create?.tableElts, 'Constraint')
    .filter(({ contype }) => contype === 'CONSTR_PRIMARY')
    .map(({ keys }) => strings(keys))
    .filter((keys) => keys.length === 1);
  return new Set(single.flat());
};

export const shortIntegerPrimaryKey = defineRule({
  id: 'short-integer-primary-key',
  title: 'Primary key that runs out of numbers',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt'],
  optIn: true,
  docs: {
    what: 'A new primary key over one column of type smallint, integer or serial.',
    why: 'Numbers that were given out once are gone, deleted and rolled back rows included. At the end each INSERT fails with 22003, and making the column wider rewrites the table and every table that refers to it.',
    instead: 'bigint, which costs four bytes a row, often none because of the alignment.',
    ignoreWhen: 'the table is a short list, such as one of countries.',
    manual: 'https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT',
  },
  examples: [
    {
      name: 'on the column',
      up: 'CREATE TABLE orders (id integer PRIMARY KEY);',
      finds: [{ text: 'integer', severity: 'info' }],
      fixed: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
    },
    {
      name: 'a serial with the key behind the columns',
      up: 'create table orders (id serial, note text, primary key (id));',
      finds: [{ text: 'serial' }],
      fixed: 'create table orders (id bigserial, note text, primary key (id));',
    },
    { name: 'a bigint', up: 'create table orders (id bigint primary key, n int);', finds: [] },
    {
      name: 'part of a longer key',
      up: 'create table lines (order_id bigint, n int, primary key (order_id, n));',
      finds: [],
    },
  ],
  check: (context) => {
    const keys = keysOf(context);
    return writtenColumns(context).flatMap((column) => {
      const { table, name, type, definition, typeRange } = column;
      const limit = type.schema === null && !type.array ? limits[type.name] : undefined;
      const isKey =
        keys.has(name) || all(definition.constraints, 'Constraint').some(({ contype }) => contype === 'CONSTR_PRIMARY');
      if (limit === undefined || !isKey) return [];
      return [
        {
          range: typeRange,
          message: `The primary key ${quoteIdentifier(name)} of ${shown(table)} ends at ${limit.last}`,
          evidence: { table: shown(table), column: name, type: type.name, last: limit.last },
          fix: typeFix(context, column, limit.wide),
        },
      ];
    });
  },
});
