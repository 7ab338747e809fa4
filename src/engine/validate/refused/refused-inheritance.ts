import type { Table } from '../../catalog/catalog.ts';
import { sameName } from '../../sql/catalog-lookup.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { formatType, parseType, typeRef } from '../../sql/type-name.ts';
import type { AlterAction, CheckContext } from '../rule.ts';
import { columnList, shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Pick<Refusal, 'sqlstate' | 'reason'>;

/** `ALTER TABLE ONLY` of what the tables below have to share. */
const ofParentAlone = (context: CheckContext, table: Table, { cmd }: AlterAction): Reason | null => {
  const constraint = as(cmd.def, 'Constraint');
  const isPartitioned = table.kind === 'partitioned table';
  const shared =
    (cmd.subtype === 'AT_AddColumn' && cmd.missing_ok !== true) ||
    cmd.subtype === 'AT_AlterColumnType' ||
    (cmd.subtype === 'AT_DropColumn' && isPartitioned && context.database.column(table, cmd.name ?? '') !== null) ||
    // Since 18 what is inherited becomes the partitions' own.
    (cmd.subtype === 'AT_DropNotNull' && isPartitioned && context.serverVersion < 180_000) ||
    (cmd.subtype === 'AT_DropConstraint' &&
      isPartitioned &&
      context.serverVersion < 180_000 &&
      context.database.constraint(table, cmd.name ?? '')?.kind === 'check') ||
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
  if (cmd.missing_ok === true && context.database.column(table, name) !== null) return null;
  const type = formatType(typeRef(added.typeName));
  for (const child of context.database.descendantsOf(table)) {
    const own = context.database.column(child, name)?.type ?? '';
    const parsed = own === '' ? null : parseType(own);
    if (parsed !== null && formatType(parsed) !== type)
      return { sqlstate: '42804', reason: `${shown(child)} has a column ${quoteIdentifier(name)} of type ${own}` };
  }
  return null;
};

/** Why nothing can inherit from a table but its partitions, or from a partition. */
const ofParent = (parent: Table | null): Reason | null => {
  if (parent?.kind === 'partitioned table')
    return { sqlstate: '42809', reason: `${shown(parent)} is partitioned: only partitions inherit from it` };
  return parent?.partitionOf == null
    ? null
    : { sqlstate: '42809', reason: `nothing inherits from ${shown(parent)}, which is a partition` };
};

const ofInherit = (context: CheckContext, table: Table, { cmd }: AlterAction): Reason | null => {
  const parent = context.database.table(nameOf(as(cmd.def, 'RangeVar')));
  if (cmd.subtype === 'AT_DropInherit' && parent !== null && !table.inherits.some((one) => sameName(one, parent)))
    return { sqlstate: '42P01', reason: `${shown(parent)} is no parent of ${shown(table)}` };
  if (cmd.subtype !== 'AT_AddInherit') return null;
  if (table.partitionOf !== null)
    return { sqlstate: '42809', reason: `${shown(table)} is a partition and inherits from nothing else` };
  const refused = ofParent(parent);
  if (refused !== null) return refused;
  const missing = (parent?.columns ?? []).filter(({ name }) => context.database.column(table, name) === null);
  return missing.length === 0
    ? null
    : { sqlstate: '42804', reason: `${columnList(missing.map(({ name }) => name))} of the parent is missing` };
};

/** A new table that inherits from what it cannot, twice from one, or a column that its parent has as something else. */
const ofNewTable = (context: CheckContext): readonly Refusal[] => {
  const create = as(context.statement.node, 'CreateStmt');
  // A partition names its parent in the same place.
  if (create === undefined || create.partbound !== undefined) return [];
  const range = context.source.head(2);
  const seen = new Set<Table>();
  for (const relation of all(create.inhRelations, 'RangeVar')) {
    const parent = context.database.table(nameOf(relation));
    const refused = ofParent(parent);
    if (refused !== null) return [{ ...refused, range }];
    if (parent === null) continue;
    if (seen.has(parent)) return [{ range, sqlstate: '42P07', reason: `it inherits from ${shown(parent)} twice` }];
    seen.add(parent);
    for (const { colname = '', typeName } of all(create.tableElts, 'ColumnDef')) {
      const inherited = parseType(context.database.column(parent, colname)?.type ?? '');
      if (inherited !== null && formatType(inherited) !== formatType(typeRef(typeName)))
        return [
          {
            range,
            sqlstate: '42804',
            reason: `${quoteIdentifier(colname)} of ${shown(parent)} is of type ${formatType(inherited)}`,
          },
        ];
    }
  }
  return [];
};

/** What the server refuses because a table and those below it have to have the same columns. */
export const refusedInheritance = (context: CheckContext): readonly Refusal[] => {
  if ('CreateStmt' in context.statement.node) return ofNewTable(context);
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
