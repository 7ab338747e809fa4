import type { ColumnDef, Node } from '@pgsql/types';
import type { Column, Index, Table } from '../../catalog/catalog.ts';
import { all, as, columnsIn, findNodes, type NodeName, nameOf } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { formatType, parseType, typeRef } from '../../sql/type-name.ts';
import { columnTypesOf, mutablePart } from '../mutable-part.ts';
import type { AlterAction, CheckContext } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';
import { tablesOfType } from '../tables-of-type.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';
import { refusedAlteration } from './refused-alteration.ts';
import { refusedAssignment } from './refused-assignment.ts';
import { refusedCall } from './refused-call.ts';
import { refusedCondition } from './refused-condition.ts';
import { refusedDomain } from './refused-domain.ts';
import { refusedDrop } from './refused-drop.ts';
import { refusedGrant } from './refused-grant.ts';
import { refusedExclusion, refusedIndex } from './refused-index.ts';
import { refusedInheritance } from './refused-inheritance.ts';
import { refusedInsert } from './refused-insert.ts';
import { refusedKind } from './refused-kind.ts';
import { refusedLabel } from './refused-label.ts';
import { refusedOptions } from './refused-options.ts';
import { refusedPart } from './refused-part.ts';
import { refusedPartition } from './refused-partition.ts';
import { refusedPolicy } from './refused-policy.ts';
import { refusedPublication } from './refused-publication.ts';
import { refusedQuery } from './refused-query.ts';
import { refusedRoutine } from './refused-routine.ts';
import { refusedSavepoint } from './refused-savepoint.ts';
import { refusedSetting } from './refused-setting.ts';
import { refusedShape } from './refused-shape.ts';
import { refusedTrigger } from './refused-trigger.ts';
import { refusedTruncate } from './refused-truncate.ts';
import { refusedValue } from './refused-value.ts';

const none: readonly Refusal[] = [];

const holdsQuery = (expression: Node | undefined): boolean => findNodes(expression, 'SubLink').length > 0;

const ofDefault = (
  context: CheckContext,
  expression: Node | undefined,
  type: ReturnType<typeof typeRef> | null,
  range: SourceRange,
): readonly Refusal[] => {
  const refused = type === null ? null : refusedValue(expression, type, context.database);
  if (refused !== null) return [{ range, sqlstate: refused.sqlstate, reason: `the default: ${refused.reason}` }];
  if (holdsQuery(expression)) return [{ range, sqlstate: '0A000', reason: 'a default cannot hold a query' }];
  return findNodes(expression, 'ColumnRef').length === 0
    ? none
    : [{ range, sqlstate: '0A000', reason: 'a default cannot read columns' }];
};

type SomeColumns = readonly { readonly name: string; readonly type: string; readonly generated?: unknown }[];

/** An expression of a column or table that reads its columns, where the server takes one. */
type OfColumns = (
  context: CheckContext,
  expression: Node | undefined,
  columns: SomeColumns,
  range: SourceRange,
) => readonly Refusal[];

const ofCheck: OfColumns = (context, expression, columns, range) => {
  if (holdsQuery(expression)) return [{ range, sqlstate: '0A000', reason: 'a check cannot hold a query' }];
  const refused = refusedCondition(expression, columnTypesOf(context.database, columns));
  return refused === null ? none : [{ ...refused, range }];
};

const asSomeColumn = ({ colname, typeName, constraints }: ColumnDef) => ({
  name: colname ?? '',
  type: formatType(typeRef(typeName)),
  generated: all(constraints, 'Constraint').find(({ contype }) => contype === 'CONSTR_GENERATED'),
});

const ofGenerated: OfColumns = (context, expression, columns, range) => {
  if (holdsQuery(expression)) return [{ range, sqlstate: '0A000', reason: 'a generated column cannot hold a query' }];
  const read = columnsIn(expression);
  const other = columns.find(({ name, generated }) => generated != null && read.includes(name))?.name;
  if (other !== undefined)
    return [{ range, sqlstate: '42P17', reason: `${quoteIdentifier(other)} is a generated column itself` }];
  const mutable = mutablePart(context.database, expression, columnTypesOf(context.database, columns));
  return mutable === null
    ? none
    : [{ range, sqlstate: '42P17', reason: `${mutable} is not IMMUTABLE, as a generated column wants it` }];
};

const ofColumn = (
  context: CheckContext,
  column: ColumnDef,
  columns: SomeColumns,
  range: SourceRange,
): readonly Refusal[] =>
  all(column.constraints, 'Constraint').flatMap((constraint) => {
    switch (constraint.contype) {
      case 'CONSTR_GENERATED':
        return ofGenerated(context, constraint.raw_expr, columns, range);
      case 'CONSTR_DEFAULT':
        return ofDefault(context, constraint.raw_expr, typeRef(column.typeName), range);
      case 'CONSTR_CHECK':
        return ofCheck(context, constraint.raw_expr, [...columns, asSomeColumn(column)], range);
      default:
        return none;
    }
  });

/** Why an index can be no key of its table. */
const notForKey = (index: Index): string | null => {
  if (!index.unique) return 'is not unique';
  if (index.predicate !== null) return 'is partial';
  return index.keys.some(({ column }) => column === null) ? 'is over an expression' : null;
};

/** Why an index cannot be taken over by a constraint. */
const notForConstraint = (index: Index): string | null =>
  notForKey(index) ??
  (index.keys.some(({ descending, nullsFirst }) => descending || nullsFirst) ? 'is not in the default order' : null);

const ofReplicaIdentity = (table: Table, index: Index): string | null => {
  const nullable = index.keys.find(
    ({ column }) => table.columns.find(({ name }) => name === column)?.notNull !== true,
  )?.column;
  return notForKey(index) ?? (nullable == null ? null : `is over ${quoteIdentifier(nullable)}, which may be NULL`);
};

const ofUsedIndex = (
  table: Table,
  name: string | undefined,
  why: (index: Index) => string | null,
  range: SourceRange,
): readonly Refusal[] => {
  const index = table.indexes.find((one) => one.name === name);
  const wrong = index === undefined ? null : why(index);
  const owner = index === undefined || why !== notForConstraint ? null : index.constraint;
  if (owner !== null)
    return [
      { range, sqlstate: '55000', reason: `${quoteIdentifier(name ?? '')} belongs to ${quoteIdentifier(owner)}` },
    ];
  return wrong === null ? none : [{ range, sqlstate: '42809', reason: `${quoteIdentifier(name ?? '')} ${wrong}` }];
};

/** The type of a column once the statement is through: types change before defaults, in whatever order they are written. */
const typeInTheEnd = (context: CheckContext, { name, type }: Column): ReturnType<typeof parseType> => {
  const change = context.alter()?.actions.find(({ cmd }) => cmd.subtype === 'AT_AlterColumnType' && cmd.name === name)
    ?.cmd.def;
  const written = as(change, 'ColumnDef')?.typeName;
  return written === undefined ? parseType(type) : typeRef(written);
};

const ofAction = (context: CheckContext, table: Table, { cmd, range }: AlterAction): readonly Refusal[] => {
  const constraint = as(cmd.def, 'Constraint');
  const column = context.database.column(table, cmd.name ?? '');
  switch (cmd.subtype) {
    case 'AT_AddColumn': {
      const added = as(cmd.def, 'ColumnDef');
      return added === undefined ? none : ofColumn(context, added, table.columns, range);
    }
    case 'AT_ColumnDefault':
      return column === null || cmd.def === undefined
        ? none
        : ofDefault(context, cmd.def, typeInTheEnd(context, column), range);
    case 'AT_AddConstraint':
      if (constraint?.contype === 'CONSTR_CHECK') return ofCheck(context, constraint.raw_expr, table.columns, range);
      if (constraint?.contype === 'CONSTR_EXCLUSION') {
        const refused = refusedExclusion(constraint, context, columnTypesOf(context.database, table.columns));
        return refused === null ? none : [{ ...refused, range }];
      }
      return ofUsedIndex(table, constraint?.indexname, notForConstraint, range);
    case 'AT_ReplicaIdentity':
      return ofUsedIndex(
        table,
        as(cmd.def, 'ReplicaIdentityStmt')?.name,
        (index) => ofReplicaIdentity(table, index),
        range,
      );
    case 'AT_DropNotNull': {
      const name = quoteIdentifier(cmd.name ?? '');
      if (column?.identity != null) return [{ range, sqlstate: '42601', reason: `${name} is an identity column` }];
      const key = table.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
      return key.includes(cmd.name ?? '')
        ? [{ range, sqlstate: '42P16', reason: `${name} is part of the primary key` }]
        : none;
    }
    default:
      return none;
  }
};

/** Attributes of a composite type keep their type while a column is of it. */
const inAlterType = (context: CheckContext): readonly Refusal[] => {
  const alter = as(context.statement.node, 'AlterTableStmt');
  const type = alter?.objtype === 'OBJECT_TYPE' ? context.database.type(nameOf(alter.relation)) : null;
  const retypes = all(alter?.cmds, 'AlterTableCmd').some(({ subtype }) => subtype === 'AT_AlterColumnType');
  const [table] = type === null || !retypes ? [] : tablesOfType(context.database, type);
  return table === undefined
    ? none
    : [{ range: context.source.range, sqlstate: '0A000', reason: `a column of ${shown(table)} is of this type` }];
};

const inAlterTable = (context: CheckContext): readonly Refusal[] => {
  const altered = context.alter();
  const table = altered?.table ?? null;
  return table === null ? none : (altered?.actions ?? []).flatMap((action) => ofAction(context, table, action));
};

const inCreateTable = (context: CheckContext): readonly Refusal[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const range = context.source.head(2);
  const columns = all(create?.tableElts, 'ColumnDef');
  const written = columns.map(asSomeColumn);
  return [
    ...columns.flatMap((column) => ofColumn(context, column, written, range)),
    ...all(create?.tableElts, 'Constraint').flatMap((constraint) => {
      if (constraint.contype === 'CONSTR_CHECK') return ofCheck(context, constraint.raw_expr, written, range);
      const refused =
        constraint.contype === 'CONSTR_EXCLUSION'
          ? refusedExclusion(constraint, context, columnTypesOf(context.database, written))
          : null;
      return refused === null ? none : [{ ...refused, range }];
    }),
  ];
};

type Look = (context: CheckContext) => readonly Refusal[];

/** Who looks at which statements. */
const looks: Readonly<Partial<Record<NodeName, readonly Look[]>>> = {
  AlterDomainStmt: [refusedDomain, refusedKind],
  AlterEnumStmt: [refusedLabel, refusedKind],
  AlterFunctionStmt: [refusedRoutine],
  AlterObjectSchemaStmt: [refusedShape],
  AlterPolicyStmt: [refusedPolicy],
  AlterPublicationStmt: [refusedPublication],
  AlterSeqStmt: [refusedShape],
  AlterTableStmt: [
    inAlterTable,
    inAlterType,
    refusedAlteration,
    refusedInheritance,
    refusedOptions,
    refusedPartition,
    refusedShape,
    refusedAssignment,
    refusedKind,
    refusedPart,
  ],
  CallStmt: [refusedCall],
  ClusterStmt: [refusedPart],
  CommentStmt: [refusedShape, refusedRoutine, refusedKind, refusedPart],
  CreateExtensionStmt: [refusedShape],
  CreateFunctionStmt: [refusedRoutine],
  CreatePolicyStmt: [refusedPolicy],
  CreatePublicationStmt: [refusedPublication],
  CreateSeqStmt: [refusedShape],
  CreateStatsStmt: [refusedPart],
  CreateStmt: [inCreateTable, refusedOptions, refusedPartition, refusedShape, refusedKind, refusedInheritance],
  CreateTableAsStmt: [refusedQuery, refusedShape],
  CreateTrigStmt: [refusedTrigger],
  DeleteStmt: [refusedKind],
  DoStmt: [refusedRoutine],
  DropStmt: [refusedRoutine, refusedDrop, refusedPublication, refusedKind, refusedPart],
  GrantStmt: [refusedGrant],
  IndexStmt: [refusedIndex, refusedOptions, refusedKind],
  InsertStmt: [refusedInsert, refusedKind, refusedAssignment],
  LockStmt: [refusedKind],
  MergeStmt: [refusedKind],
  RefreshMatViewStmt: [refusedKind],
  RenameStmt: [refusedKind, refusedPart],
  TransactionStmt: [refusedSavepoint],
  TruncateStmt: [refusedKind, refusedTruncate],
  UpdateStmt: [refusedKind, refusedAssignment],
  VariableSetStmt: [refusedSetting],
  ViewStmt: [refusedOptions, refusedQuery, refusedShape],
};

/** The statements of which something may be refused. */
export const refusedKinds = Object.keys(looks) as readonly NodeName[];

/** Everything in a statement that the server refuses by its own rules and the catalog, in the order of the text. */
export const refusals = (context: CheckContext): readonly Refusal[] =>
  Object.keys(context.statement.node)
    .flatMap((kind) => looks[kind as NodeName] ?? [])
    .flatMap((look) => look(context))
    .toSorted((a, b) => a.range.start - b.range.start);
