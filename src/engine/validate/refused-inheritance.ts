import type { Table } from '../catalog/catalog.ts';
import { as, nameOf } from '../sql/nodes.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { formatType, parseType, typeRef } from '../sql/type-name.ts';
import type { Refusal } from './refusal.ts';
import type { AlterAction, CheckContext } from './rule.ts';
import { columnList, shown } from './wording.ts';

type Reason = Pick<Refusal, 'sqlstate' | 'reason'>;

/** `ALTER TABLE ONLY` of what the tables below have to share. */
const ofParentAlone = (context: CheckContext, table: Table, { cmd }: AlterAction): Reason | null => {
  const constraint = as(cmd.def, 'Constraint');
  const isPartitioned = table.kind === 'partitioned table';
  const shared =
    (cmd.subtype === 'AT_AddColumn' && cmd.missing_ok !== true) ||
    cmd.subtype === 'AT_AlterColumnType' ||
    (cmd.subtype === 'AT_DropColumn' && isPartitioned) ||
    (cmd.subtype === 'AT_AddConstraint' && constraint?.contype === 'CONSTR_CHECK' && constraint.is_no_inherit !== true);
  const [child] = context.database.lookup.childrenOf(table);
  return shared && child !== undefined
    ? { sqlstate: '42P16', reason: `${shown(child)} has to be changed too, which ONLY leaves out` }
    : null;
};

/** A new column that a table below has already, as something else. */
const ofNewColumn = (context: CheckContext, table: Table, { cmd }: AlterAction): Reason | null => {
  const added = as(cmd.def, 'ColumnDef');
  if (cmd.subtype !== 'AT_AddColumn' || added === undefined) return null;
  const name = added.colname ?? '';
  const type = formatType(typeRef(added.typeName));
  for (const child of context.database.descendantsOf(table)) {
    const own = context.database.column(child, name)?.type ?? '';
    const parsed = own === '' ? null : parseType(own);
    if (parsed !== null && formatType(parsed) !== type)
      return { sqlstate: '42804', reason: `${shown(child)} has a column ${quoteIdentifier(name)} of type ${own}` };
  }
  return null;
};

const ofInherit = (context: CheckContext, table: Table, { cmd }: AlterAction): Reason | null => {
  if (cmd.subtype !== 'AT_AddInherit') return null;
  const parent = context.database.table(nameOf(as(cmd.def, 'RangeVar')));
  const missing = (parent?.columns ?? []).filter(({ name }) => context.database.column(table, name) === null);
  return missing.length === 0
    ? null
    : { sqlstate: '42804', reason: `${columnList(missing.map(({ name }) => name))} of the parent is missing` };
};

/** What the server refuses of an `ALTER TABLE` because a table and those below it have to have the same columns. */
export const refusedInheritance = (context: CheckContext): readonly Refusal[] => {
  const altered = context.alter();
  const table = altered?.table ?? null;
  if (altered === null || table === null) return [];
  const alone = as(context.statement.node, 'AlterTableStmt')?.relation?.inh !== true;
  return altered.actions.flatMap((action) => {
    const refused =
      (alone ? ofParentAlone(context, table, action) : ofNewColumn(context, table, action)) ??
      ofInherit(context, table, action);
    return refused === null ? [] : [{ ...refused, range: action.range }];
  });
};
