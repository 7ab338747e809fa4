import type { Node } from '@pgsql/types';
import type { ObjectName, Table } from '../catalog/catalog.ts';
import { all, as, columnsIn, findNodes, nameOf, strings, type WrittenName } from '../sql/nodes.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { builtinTypes } from '../sql/type-change.ts';
import { droppedNames } from './node-questions.ts';
import type { AlterAction, CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';
import { unknownInQueries } from './unknown-in-queries.ts';
import { unknownInTriggers } from './unknown-in-triggers.ts';
import { shown } from './wording.ts';
import { writtenColumns } from './written-columns.ts';

/** A name that the catalog does not hold when the statement runs. */
type UnknownName = {
  readonly what: string;
  readonly range: SourceRange;
  readonly sqlstate: string;
  /** The relation that is missing, or in which the name is missing. */
  readonly object: ObjectName;
  /** True when the statement itself goes through and only calls of what it makes fail. */
  readonly whenCalled?: boolean;
};

const systemColumns = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);
const systemSchemas = new Set(['pg_catalog', 'information_schema', 'pg_temp', 'pg_toast']);

const isSystem = ({ schema, name }: WrittenName): boolean =>
  (schema !== null && systemSchemas.has(schema)) || (schema === null && name.startsWith('pg_'));

const at = (context: CheckContext, name: string, within?: SourceRange): SourceRange =>
  context.source.identifier(name, within) ?? within ?? context.source.range;

const unknownRelation = (
  context: CheckContext,
  written: WrittenName,
  what: string,
  within?: SourceRange,
): readonly UnknownName[] => {
  if (written.name === '' || isSystem(written) || context.database.relationKind(written) !== null) return [];
  const sqlstate = what === 'Index' ? '42704' : '42P01';
  if (written.schema !== null && !context.database.hasSchema(written.schema))
    return [
      {
        what: `Schema ${quoteIdentifier(written.schema)}`,
        range: at(context, written.schema, within),
        sqlstate: '3F000',
        object: context.database.resolve(written),
      },
    ];
  const object = context.database.resolve(written);
  return [{ what: `${what} ${shown(written)}`, range: at(context, written.name, within), sqlstate, object }];
};

/** Columns of a table whose columns are all known; those of a table made from a query are decided by the query. */
const unknownColumns = (
  context: CheckContext,
  table: Table | null,
  columns: readonly string[],
  within: SourceRange,
  alsoKnown: ReadonlySet<string> = new Set(),
): readonly UnknownName[] =>
  table === null || context.created.has('table from a query', table)
    ? []
    : columns
        .filter(
          (name) => !systemColumns.has(name) && !alsoKnown.has(name) && context.database.column(table, name) === null,
        )
        .map((name) => ({
          what: `Column ${quoteIdentifier(name)} of ${shown({ schema: null, name: table.name })}`,
          range: at(context, name, within),
          sqlstate: '42703',
          object: { schema: table.schema, name: table.name },
        }));

const columnActions: ReadonlySet<string> = new Set([
  'AT_AlterColumnType',
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_ColumnDefault',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_AddIdentity',
  'AT_SetIdentity',
  'AT_DropIdentity',
  'AT_SetExpression',
  'AT_DropExpression',
  'AT_DropColumn',
]);

const inAction = (
  context: CheckContext,
  table: Table,
  { cmd, range }: AlterAction,
  added: ReadonlySet<string>,
): readonly UnknownName[] => {
  const name = cmd.name ?? '';
  if (columnActions.has(cmd.subtype ?? '') && cmd.missing_ok !== true && name !== '')
    return unknownColumns(context, table, [name], range, added);
  if ((cmd.subtype === 'AT_DropConstraint' && cmd.missing_ok !== true) || cmd.subtype === 'AT_ValidateConstraint')
    return context.database.constraint(table, name) !== null || added.has(`constraint ${name}`)
      ? []
      : [
          {
            what: `Constraint ${quoteIdentifier(name)} of ${shown({ schema: null, name: table.name })}`,
            range: at(context, name, range),
            sqlstate: '42704',
            object: { schema: table.schema, name: table.name },
          },
        ];
  const constraint = as(cmd.def, 'Constraint');
  if (cmd.subtype !== 'AT_AddConstraint' || constraint === undefined) return [];
  if (constraint.indexname !== undefined)
    return unknownRelation(context, { schema: table.schema, name: constraint.indexname }, 'Index', range);
  const own = [...strings(constraint.keys), ...strings(constraint.fk_attrs), ...columnsIn(constraint.raw_expr)];
  return unknownColumns(context, table, own, range, added);
};

const inAlterTable = (context: CheckContext): readonly UnknownName[] => {
  const altered = context.alter();
  if (altered === null) return [];
  if (altered.table === null) return unknownRelation(context, altered.written, 'Table');
  const { table } = altered;
  // Within one ALTER TABLE columns are added before constraints are, whatever the order in which they are written.
  const added = new Set(
    altered.actions.flatMap(({ cmd }) => {
      const column = cmd.subtype === 'AT_AddColumn' ? as(cmd.def, 'ColumnDef')?.colname : undefined;
      const constraint = cmd.subtype === 'AT_AddConstraint' ? as(cmd.def, 'Constraint')?.conname : undefined;
      return [
        ...(column === undefined ? [] : [column]),
        ...(constraint === undefined ? [] : [`constraint ${constraint}`]),
      ];
    }),
  );
  return altered.actions.flatMap((action) => inAction(context, table, action, added));
};

/** The tables that foreign keys point at; a table may point at itself while it is created. */
const inReferences = (context: CheckContext): readonly UnknownName[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const alter = as(context.statement.node, 'AlterTableStmt');
  const definitions =
    create?.tableElts ?? all(alter?.cmds, 'AlterTableCmd').flatMap(({ def }) => (def === undefined ? [] : [def]));
  const constraints = [
    ...all(definitions, 'Constraint'),
    ...all(definitions, 'ColumnDef').flatMap((column) => all(column.constraints, 'Constraint')),
  ];
  return constraints.flatMap((constraint) => {
    if (constraint.contype !== 'CONSTR_FOREIGN') return [];
    const written = nameOf(constraint.pktable);
    if (create !== undefined && written.name === create.relation?.relname) return [];
    const within = { start: context.offset(constraint.pktable?.location), end: context.statement.end };
    const table = context.database.table(written);
    if (table === null) return unknownRelation(context, written, 'Table', within);
    return unknownColumns(context, table, strings(constraint.pk_attrs), within);
  });
};

const inIndex = (context: CheckContext): readonly UnknownName[] => {
  const index = as(context.statement.node, 'IndexStmt');
  if (index === undefined) return [];
  const written = nameOf(index.relation);
  const view = context.database.view(written);
  const table = context.database.table(written);
  if (table === null) return view === null ? unknownRelation(context, written, 'Table') : [];
  const within = { start: context.offset(index.relation?.location), end: context.statement.end };
  const elements = [...all(index.indexParams, 'IndexElem'), ...all(index.indexIncludingParams, 'IndexElem')];
  const columns = elements.flatMap(({ name, expr }) => (name === undefined ? columnsIn(expr) : [name]));
  return unknownColumns(context, table, [...columns, ...columnsIn(index.whereClause)], within);
};

const kinds: Readonly<Record<string, string>> = {
  OBJECT_TABLE: 'Table',
  OBJECT_INDEX: 'Index',
  OBJECT_VIEW: 'View',
  OBJECT_MATVIEW: 'Materialized view',
  OBJECT_SEQUENCE: 'Sequence',
};

const inDrop = (context: CheckContext): readonly UnknownName[] => {
  const drop = as(context.statement.node, 'DropStmt');
  const what = kinds[drop?.removeType ?? ''];
  if (drop === undefined || what === undefined || drop.missing_ok === true) return [];
  return droppedNames(drop.objects).flatMap((written) => unknownRelation(context, written, what));
};

const inRename = (context: CheckContext): readonly UnknownName[] => {
  const rename = as(context.statement.node, 'RenameStmt');
  if (rename?.relation === undefined || rename.missing_ok === true) return [];
  const written = nameOf(rename.relation);
  const what = kinds[rename.renameType ?? ''] ?? 'Table';
  const unknown = unknownRelation(context, written, what);
  if (unknown.length > 0 || rename.subname === undefined) return unknown;
  const table = context.database.table(written);
  if (rename.renameType === 'OBJECT_COLUMN')
    return unknownColumns(context, table, [rename.subname], context.source.range);
  if (rename.renameType !== 'OBJECT_TABCONSTRAINT' || table === null) return [];
  return context.database.constraint(table, rename.subname) !== null
    ? []
    : [
        {
          what: `Constraint ${quoteIdentifier(rename.subname)}`,
          range: at(context, rename.subname),
          sqlstate: '42704',
          object: { schema: table.schema, name: table.name },
        },
      ];
};

const serialTypes = ['serial', 'serial2', 'serial4', 'serial8', 'bigserial', 'smallserial'];

/** Types of new columns. Only where no extension can have brought a type that the catalog does not list. */
const inTypes = (context: CheckContext): readonly UnknownName[] => {
  const { database } = context;
  if (database.catalog.extensions.some(({ name }) => name !== 'plpgsql')) return [];
  return writtenColumns(context).flatMap(({ type, typeRange, table }) => {
    const written = { schema: type.schema, name: type.name };
    const known =
      isSystem(written) ||
      builtinTypes.has(type.name) ||
      serialTypes.includes(type.name) ||
      /^(?:pg_|reg|any|_)|range$|vector$/.test(type.name) ||
      database.type(written) !== null ||
      database.relationKind(written) !== null;
    if (known || type.name === '') return [];
    return [{ what: `Type ${shown(written)}`, range: typeRange, sqlstate: '42704', object: database.resolve(table) }];
  });
};

const targetColumns = (targets: readonly Node[] | undefined): readonly string[] =>
  all(targets, 'ResTarget').flatMap(({ name }) => (name === undefined ? [] : [name]));

/** The condition of a change of one table alone: with other tables in reach a column may be one of theirs. */
const ownCondition = (node: Node): Node | undefined => {
  const update = as(node, 'UpdateStmt');
  const remove = as(node, 'DeleteStmt');
  const where = update?.whereClause ?? remove?.whereClause;
  const others = update?.fromClause ?? remove?.usingClause;
  return others !== undefined || findNodes(where, 'SubLink').length > 0 ? undefined : where;
};

const inDataChange = (context: CheckContext): readonly UnknownName[] => {
  const { node } = context.statement;
  const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt') ?? as(node, 'InsertStmt');
  if (change === undefined) return [];
  const written = nameOf(change.relation);
  const unknown = unknownRelation(context, written, 'Table');
  if (unknown.length > 0) return unknown;
  const columns = targetColumns(as(node, 'UpdateStmt')?.targetList ?? as(node, 'InsertStmt')?.cols);
  const where = ownCondition(node);
  return unknownColumns(
    context,
    context.database.table(written),
    [...new Set([...columns, ...columnsIn(where)])],
    context.source.range,
  );
};

const inTruncateAndTrigger = (context: CheckContext): readonly UnknownName[] => {
  const { node } = context.statement;
  const truncated = all(as(node, 'TruncateStmt')?.relations, 'RangeVar');
  const trigger = as(node, 'CreateTrigStmt');
  const tables = [...truncated, ...(trigger?.relation === undefined ? [] : [trigger.relation])];
  return tables.flatMap((relation) => unknownRelation(context, nameOf(relation), 'Table'));
};

/** Every name in the statement that the catalog should hold and does not, in the order of the text. */
export const unknownNames = (context: CheckContext): readonly UnknownName[] => {
  const outright: readonly UnknownName[] = [
    ...inAlterTable(context),
    ...inReferences(context),
    ...inIndex(context),
    ...inDrop(context),
    ...inRename(context),
    ...inDataChange(context),
    ...inTruncateAndTrigger(context),
    ...inTypes(context),
  ];
  const inQueries = unknownInQueries(context).filter(
    ({ range, sqlstate }) => !outright.some((one) => one.sqlstate === sqlstate && one.range.start === range.start),
  );
  return [...outright, ...inQueries, ...unknownInTriggers(context)].toSorted((a, b) => a.range.start - b.range.start);
};
