import type { Node, SelectStmt } from '@pgsql/types';
import type { Column, Table } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { parseType, typeRef } from '../../sql/type-name.ts';
import type { CheckContext } from '../rule.ts';
import type { ColumnTypes } from '../type-of-expression.ts';
import type { Refusal } from './refusal.ts';
import { refusedValue } from './refused-value.ts';

const none: readonly Refusal[] = [];

/** The columns of relations as an expression names them: those whose name only one of them has. */
const columnsOf = (relations: readonly { readonly columns: readonly Pick<Column, 'name' | 'type'>[] }[]) => {
  const types = new Map<string, string | null>();
  for (const { columns } of relations)
    for (const { name, type } of columns) types.set(name, types.has(name) ? null : type);
  return { typeOf: (name: string) => types.get(name) ?? null } satisfies Pick<ColumnTypes, 'typeOf'>;
};

const ofColumn = (
  context: CheckContext,
  table: Table,
  name: string,
  value: Node | undefined,
  columns: Pick<ColumnTypes, 'typeOf'>,
): readonly Refusal[] => {
  const type = parseType(context.database.column(table, name)?.type ?? '');
  const refused = type === null ? null : refusedValue(value, type, context.database, columns);
  const range = context.source.identifier(name) ?? context.source.range;
  return refused === null ? none : [{ ...refused, range, reason: `${quoteIdentifier(name)}: ${refused.reason}` }];
};

/** What a query reads, where that is tables and views whose columns are known, without names of their own for columns. */
const readBy = ({ database }: CheckContext, from: readonly Node[] | undefined) => {
  const found = (from ?? []).map((item) => {
    const relation = as(item, 'RangeVar');
    if (relation === undefined || relation.alias?.colnames !== undefined) return null;
    return database.table(nameOf(relation)) ?? database.view(nameOf(relation));
  });
  const known = found.filter((one) => one !== null);
  return known.length === found.length ? known : null;
};

/** True for a column whose values the server alone gives. */
const isComputed = (column: Column | null): boolean => column?.generated != null || column?.identity === 'always';

const inUpdate = (context: CheckContext): readonly Refusal[] => {
  const update = as(context.statement.node, 'UpdateStmt');
  const table = context.database.table(nameOf(update?.relation));
  const others = readBy(context, update?.fromClause);
  if (update === undefined || table === null || others === null || update.withClause !== undefined) return none;
  const columns = columnsOf([table, ...others]);
  const computed = all(update.targetList, 'ResTarget').find(
    ({ name = '', val }) => as(val, 'SetToDefault') === undefined && isComputed(context.database.column(table, name)),
  );
  if (computed !== undefined) {
    const { name = '' } = computed;
    const range = context.source.identifier(name) ?? context.source.range;
    return [{ range, sqlstate: '428C9', reason: `${quoteIdentifier(name)} can only be set to DEFAULT` }];
  }
  return all(update.targetList, 'ResTarget').flatMap(({ name = '', indirection, val }) =>
    indirection === undefined ? ofColumn(context, table, name, val, columns) : none,
  );
};

/** What an INSERT selects: constants, and columns of one level of tables. */
const ofSelect = (
  context: CheckContext,
  table: Table,
  select: SelectStmt,
  named: readonly string[],
): readonly Refusal[] => {
  const sources = readBy(context, select.fromClause);
  const isPlain = select.op === 'SETOP_NONE' && select.withClause === undefined && select.valuesLists === undefined;
  const targets = all(select.targetList, 'ResTarget');
  if (!isPlain || sources === null || targets.length === 0) return none;
  const into = named.length > 0 ? named : table.columns.map(({ name }) => name);
  const columns = columnsOf(sources);
  // A star stands for columns of which it is not worked out which goes where.
  if (targets.some(({ val }) => as(val, 'ColumnRef')?.fields?.some((field) => 'A_Star' in field))) return none;
  return targets.flatMap(({ val }, at) => {
    // Elsewhere a constant without a type waits for the column's.
    if (as(val, 'A_Const')?.sval !== undefined) return none;
    return ofColumn(context, table, into[at] ?? '', val, columns);
  });
};

const inInsert = (context: CheckContext): readonly Refusal[] => {
  const insert = as(context.statement.node, 'InsertStmt');
  const select = as(insert?.selectStmt, 'SelectStmt');
  const table = context.database.table(nameOf(insert?.relation));
  if (select === undefined || table === null || insert?.withClause !== undefined) return none;
  const named = all(insert?.cols, 'ResTarget').map(({ name }) => name ?? '');
  return ofSelect(context, table, select, named);
};

const inUsing = (context: CheckContext): readonly Refusal[] => {
  const altered = context.alter();
  const table = altered?.table ?? null;
  if (table === null) return none;
  return (altered?.actions ?? []).flatMap(({ cmd, range }) => {
    const definition = as(cmd.def, 'ColumnDef');
    const using = cmd.subtype === 'AT_AlterColumnType' ? definition?.raw_default : undefined;
    // A constant becomes what it is asked to be.
    if (using === undefined || as(using, 'A_Const') !== undefined) return none;
    const refused = refusedValue(using, typeRef(definition?.typeName), context.database, columnsOf([table]));
    return refused === null ? none : [{ ...refused, range }];
  });
};

/** Values that are given to columns of a type that they can never have: in UPDATE, in INSERT … SELECT, in USING. */
export const refusedAssignment = (context: CheckContext): readonly Refusal[] => [
  ...inUpdate(context),
  ...inInsert(context),
  ...inUsing(context),
];
