import { as } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { formatType, parseType, type TypeRef, typeRef } from '../../sql/type-name.ts';
import { eachAction } from '../each-action.ts';
import { type AlterAction, defineRule } from '../rule.ts';
import { shown } from '../wording.ts';

/** What happens to a value that the new type cannot hold. */
type Narrowing = 'fails' | 'changes';

const wholeNumbers = ['int2', 'int4', 'int8'];
const temporal = ['date', 'timestamp', 'timestamptz'];
const texts = ['varchar', 'text', 'bpchar'];

const ofNumbers = (from: TypeRef, to: TypeRef): Narrowing | null => {
  const [old, wanted] = [wholeNumbers.indexOf(from.name), wholeNumbers.indexOf(to.name)];
  if (old >= 0 && wanted >= 0) return wanted < old ? 'fails' : null;
  const fractional = ['numeric', 'float4', 'float8'].includes(from.name);
  if (fractional && wanted >= 0) return from.name === 'numeric' && from.modifiers[1] === 0 ? 'fails' : 'changes';
  if (from.name === 'float8' && to.name === 'float4') return 'changes';
  if (from.name !== 'numeric' || to.name !== 'numeric' || to.modifiers.length === 0) return null;
  const [precision = 0, scale = 0] = to.modifiers;
  const [oldPrecision = Number.POSITIVE_INFINITY, oldScale = 0] = from.modifiers;
  if (from.modifiers.length === 0 || scale < oldScale) return 'changes';
  return precision - scale < oldPrecision - oldScale ? 'fails' : null;
};

const ofTexts = (from: TypeRef, to: TypeRef, casts: boolean): Narrowing | null => {
  const limit = to.modifiers[0];
  if (limit === undefined) return null;
  const old = from.name === 'text' ? undefined : from.modifiers[0];
  if (old !== undefined && old <= limit) return null;
  return casts ? 'changes' : 'fails';
};

/** Null when the new type holds all values of the old one, or when the pair is not one that is known. */
const narrowing = (from: TypeRef, to: TypeRef, casts: boolean): Narrowing | null => {
  if (from.array || to.array || from.schema !== null || to.schema !== null) return null;
  if (texts.includes(from.name) && texts.includes(to.name)) return ofTexts(from, to, casts);
  if (temporal.includes(from.name) && temporal.includes(to.name)) {
    if (to.name === 'date') return from.name === 'date' ? null : 'changes';
    return from.name !== 'date' && (to.modifiers[0] ?? 6) < (from.modifiers[0] ?? 6) ? 'changes' : null;
  }
  return ofNumbers(from, to);
};

/** `cast`: USING is an explicit cast of the column itself; `other`: it computes, so that nothing can be said. */
const usingOf = ({ cmd }: AlterAction): 'none' | 'cast' | 'other' => {
  const using = as(cmd.def, 'ColumnDef')?.raw_default;
  if (using === undefined) return 'none';
  const cast = as(using, 'TypeCast');
  if (cast === undefined) return as(using, 'ColumnRef') === undefined ? 'other' : 'none';
  return as(cast.arg, 'ColumnRef') === undefined ? 'other' : 'cast';
};

export const narrowingColumnType = defineRule({
  id: 'narrowing-column-type',
  title: 'New type cannot hold every value of the old one',
  category: 'data loss',
  severity: 'error',
  servers: {},
  on: ['AT_AlterColumnType'],
  docs: {
    what: 'ALTER COLUMN … TYPE to a type with less room: a shorter varchar, bigint to integer, a smaller numeric, a timestamp to a date, digits or microseconds that fall away.',
    why: 'Numbers and timestamps are rounded and an explicit cast cuts texts, without a word; a value that does not fit otherwise makes the statement fail after the table has been read.',
    instead:
      'Add a CHECK with the new limit as NOT VALID, validate it, and mostly leave the type as it is: the constraint does the same work.',
    ignoreWhen: 'a query has shown that every value fits.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE',
  },
  examples: [
    {
      name: 'a shorter varchar fails on longer values',
      setup: 'create table users (id bigint primary key, name varchar(200));',
      up: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(50);',
      finds: [{ text: 'ALTER COLUMN name TYPE varchar(50)', severity: 'warning' }],
      trace: { rewrites: ['users'] },
    },
    {
      name: 'an explicit cast cuts them',
      setup: 'create table users (id bigint primary key, name text);',
      up: 'alter table users alter name type varchar(50) using name::varchar(50);',
      finds: [{ text: 'alter name type varchar(50) using name::varchar(50)', severity: 'error' }],
    },
    {
      name: 'digits behind the point are rounded away, a time of day is lost',
      setup: 'create table orders (id bigint primary key, total numeric(10,2), at timestamptz);',
      up: 'alter table orders alter total type numeric(10,0), alter at type date;',
      finds: [
        { text: 'alter total type numeric(10,0)', severity: 'error' },
        { text: 'alter at type date', severity: 'error' },
      ],
    },
    {
      name: 'bigint to integer',
      setup: 'create table orders (id bigint primary key);',
      up: 'alter table orders alter id type int;',
      finds: [{ text: 'alter id type int', severity: 'warning' }],
    },
    {
      name: 'the down of a widening meets what was written since',
      setup: 'create table orders (id int primary key);',
      up: 'alter table orders alter id type bigint;',
      down: 'alter table orders alter id type int;',
      finds: [{ text: 'alter id type int', severity: 'info', direction: 'down' }],
    },
    {
      name: 'more room',
      setup: 'create table users (id int primary key, name varchar(50), total numeric(10,2), at date);',
      up: 'alter table users alter id type bigint, alter name type text, alter total type numeric(12,2), alter at type timestamptz;',
      finds: [],
    },
    {
      name: 'the column has the shorter length already',
      setup: 'create table users (name varchar(50));',
      up: 'alter table users alter name type varchar(50);',
      finds: [],
    },
    {
      name: 'without a catalog the old type is not known',
      up: 'alter table users alter name type varchar(50);',
      finds: [],
    },
  ],
  check: (context) =>
    eachAction(context, ['AT_AlterColumnType'], 'error', (action, altered, severity) => {
      const name = action.cmd.name ?? '';
      const column = context.database.column(altered.table, name);
      const using = usingOf(action);
      if (column === null || column.type === '' || using === 'other') return null;
      if (context.created.has('column', altered.name, name)) return null;
      const from = parseType(column.type);
      const to = typeRef(as(action.cmd.def, 'ColumnDef')?.typeName);
      const lost = from === null ? null : narrowing(from, to, using === 'cast');
      if (lost === null) return null;
      const full = lost === 'changes' ? ('error' as const) : ('warning' as const);
      const what =
        lost === 'changes'
          ? 'values that do not fit are cut or rounded without a word'
          : 'the statement fails on the first value that does not fit';
      return {
        range: action.range,
        severity: context.direction === 'down' || severity === 'info' ? 'info' : full,
        message: `${quoteIdentifier(name)} of ${shown(altered.written)} goes from ${column.type} to ${formatType(to)}: ${what}`,
        evidence: { table: shown(altered.written), column: name, from: column.type, to: formatType(to), lost },
      };
    }),
});
