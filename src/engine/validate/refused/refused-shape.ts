import type { ColumnDef, Constraint, Node } from '@pgsql/types';
import type { Table } from '../../catalog/catalog.ts';
import { sameName, temporarySchema } from '../../sql/catalog-lookup.ts';
import { all, as, nameOf, nameOfParts, strings, type WrittenName } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { typeRef } from '../../sql/type-name.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Pick<Refusal, 'sqlstate' | 'reason'>;

const integers = new Set(['int2', 'int4', 'int8', 'smallint', 'integer', 'int', 'bigint']);

const constraintsOf = (column: ColumnDef): readonly Constraint[] => all(column.constraints, 'Constraint');

const ofColumn = (context: CheckContext, column: ColumnDef): Reason | null => {
  const kinds = constraintsOf(column).map(({ contype }) => contype);
  const name = quoteIdentifier(column.colname ?? '');
  if (kinds.includes('CONSTR_NULL') && (kinds.includes('CONSTR_PRIMARY') || kinds.includes('CONSTR_NOTNULL')))
    return { sqlstate: '42601', reason: `${name} is said to be NULL and NOT NULL` };
  if (kinds.includes('CONSTR_DEFAULT') && kinds.includes('CONSTR_IDENTITY'))
    return { sqlstate: '42601', reason: `${name} has a default and is an identity` };
  const type = typeRef(column.typeName);
  const isInteger = !type.array && (integers.has(type.name) || context.database.type(type)?.kind === 'domain');
  return kinds.includes('CONSTR_IDENTITY') && !isInteger
    ? { sqlstate: '22023', reason: `${name} is an identity and no smallint, integer or bigint` }
    : null;
};

type Lasting = 'permanent' | 'unlogged' | 'temporary';

/** What a foreign key may point at, by how long the rows of its own table live. */
const lastingEnough: Readonly<Record<Lasting, readonly Lasting[]>> = {
  permanent: ['permanent'],
  unlogged: ['permanent', 'unlogged'],
  temporary: ['temporary'],
};

const lastingOf = ({ schema, persistence }: Pick<Table, 'schema' | 'persistence'>): Lasting =>
  schema === temporarySchema ? 'temporary' : persistence;

const lastingWritten = (persistence: string | undefined): Lasting => {
  if (persistence === 't') return 'temporary';
  return persistence === 'u' ? 'unlogged' : 'permanent';
};

/** What a foreign key points at that it cannot; `own` is the number of its columns, `lasting` how long their rows live. */
const ofReference = (
  context: CheckContext,
  { pktable, pk_attrs = [] }: Constraint,
  own: number,
  lasting: Lasting,
): Reason | null => {
  const written = nameOf(pktable);
  const target = context.database.table(written);
  const other = target === null ? lasting : lastingOf(target);
  if (!lastingEnough[lasting].includes(other))
    return { sqlstate: '42P16', reason: `a ${lasting} table cannot point at ${shown(written)}, which is ${other}` };
  const view = context.database.table(written) === null ? context.database.view(written) : null;
  if (view !== null)
    return { sqlstate: '42809', reason: `${shown(written)} is a view, and a foreign key wants a table` };
  const referenced = pk_attrs.length > 0 ? pk_attrs.length : null;
  return referenced !== null && referenced !== own
    ? { sqlstate: '42830', reason: `${own} columns of the foreign key point at ${referenced}` }
    : null;
};

const inReferences = (context: CheckContext, elements: readonly Node[], lasting: Lasting): readonly Reason[] => [
  ...all(elements, 'Constraint').flatMap((one) =>
    one.contype === 'CONSTR_FOREIGN' ? (ofReference(context, one, strings(one.fk_attrs).length, lasting) ?? []) : [],
  ),
  ...all(elements, 'ColumnDef').flatMap((column) =>
    constraintsOf(column).flatMap((one) =>
      one.contype === 'CONSTR_FOREIGN' ? (ofReference(context, one, 1, lasting) ?? []) : [],
    ),
  ),
];

/** A schema that a new table, view or sequence is to be in, and that is not there. */
const ofSchema = (context: CheckContext, { schema }: WrittenName): readonly Reason[] =>
  schema === null || !context.hasCatalog || /^pg_/.test(schema) || context.database.hasSchema(schema)
    ? []
    : [{ sqlstate: '3F000', reason: `there is no schema ${quoteIdentifier(schema)}` }];

const inCreate = (context: CheckContext): readonly Reason[] => {
  const { node } = context.statement;
  const create = as(node, 'CreateStmt');
  const made =
    create?.relation ??
    as(node, 'ViewStmt')?.view ??
    as(node, 'CreateSeqStmt')?.sequence ??
    as(node, 'CreateTableAsStmt')?.into?.rel;
  const elements = create?.tableElts ?? [];
  const columns = all(elements, 'ColumnDef');
  const keys = [...all(elements, 'Constraint'), ...columns.flatMap(constraintsOf)].filter(
    ({ contype }) => contype === 'CONSTR_PRIMARY',
  );
  return [
    ...(made === undefined ? [] : ofSchema(context, nameOf(made))),
    ...(keys.length > 1 ? [{ sqlstate: '42P16', reason: 'a table has one primary key at most' }] : []),
    ...columns.flatMap((column) => ofColumn(context, column) ?? []),
    ...inReferences(context, elements, lastingWritten(create?.relation?.relpersistence)),
  ];
};

/** A schema that something is to be moved to, and that is not there. */
const inMove = (context: CheckContext): readonly Reason[] => {
  const schema = as(context.statement.node, 'AlterObjectSchemaStmt')?.newschema;
  return schema === undefined ? [] : ofSchema(context, { schema, name: '' });
};

/** A column that a table is to be partitioned by, and that it has not got. */
const inPartitionKey = (context: CheckContext): readonly Reason[] => {
  const create = as(context.statement.node, 'CreateStmt');
  const elements = create?.tableElts ?? [];
  const takesMore = (create?.inhRelations ?? []).length > 0 || create?.ofTypename !== undefined;
  if (takesMore || elements.some((one) => 'TableLikeClause' in one)) return [];
  const columns = new Set(all(elements, 'ColumnDef').map(({ colname }) => colname ?? ''));
  return all(create?.partspec?.partParams, 'PartitionElem').flatMap(({ name }) =>
    name === undefined || columns.has(name)
      ? []
      : [{ sqlstate: '42703', reason: `the table has no column ${quoteIdentifier(name)} to be partitioned by` }],
  );
};

const inAlter = (context: CheckContext): readonly Refusal[] => {
  const altered = context.alter();
  const lasting = altered?.table == null ? null : lastingOf(altered.table);
  return (altered?.actions ?? []).flatMap(({ cmd, range }) => {
    const column = context.database.column(altered?.table ?? null, cmd.name ?? '');
    const refused = (sqlstate: string, reason: string) => [{ sqlstate, reason, range }];
    const added = as(cmd.def, 'ColumnDef');
    if (cmd.subtype === 'AT_AddColumn' && added !== undefined) {
      const wrong = ofColumn(context, added);
      const wrongKeys = lasting === null ? [] : inReferences(context, [{ ColumnDef: added }], lasting);
      return [...(wrong === null ? [] : [wrong]), ...wrongKeys].map((one) => ({ ...one, range }));
    }
    if (cmd.subtype === 'AT_AddConstraint' && cmd.def !== undefined && lasting !== null)
      return inReferences(context, [cmd.def], lasting).map((one) => ({ ...one, range }));
    if (column === null) return [];
    const name = quoteIdentifier(column.name);
    if (cmd.subtype === 'AT_AddIdentity' && column.identity !== null)
      return refused('55000', `${name} is an identity already`);
    if (cmd.subtype === 'AT_AddIdentity' && column.default !== null) return refused('55000', `${name} has a default`);
    if (cmd.subtype === 'AT_AddIdentity' && !column.notNull) return refused('55000', `${name} is not NOT NULL`);
    const needsIdentity =
      cmd.subtype === 'AT_SetIdentity' || (cmd.subtype === 'AT_DropIdentity' && cmd.missing_ok !== true);
    return needsIdentity && column.identity === null ? refused('55000', `${name} is no identity`) : [];
  });
};

/** The table that a sequence is to belong to has to be in the same schema, and to have the column. */
const ofOwner = (context: CheckContext, sequence: WrittenName, owner: readonly string[]): readonly Reason[] => {
  const table = context.database.table(nameOfParts(owner.slice(0, -1)));
  if (table === null || context.isUncertain(table) || context.created.has('table from a query', table)) return [];
  const column = owner.at(-1) ?? '';
  if (context.database.column(table, column) === null)
    return [{ sqlstate: '42703', reason: `${shown(table)} has no column ${quoteIdentifier(column)}` }];
  const name = context.database.resolve(sequence);
  const owned = context.database.catalog.sequences.find((one) => sameName(one, name))?.ownedBy;
  if (owned?.identity === true)
    return [{ sqlstate: '0A000', reason: `${shown(sequence)} is the sequence of an identity` }];
  const { schema } = name;
  return schema === table.schema
    ? []
    : [{ sqlstate: '55000', reason: `${shown(sequence)} and ${shown(table)} are not in the same schema` }];
};

const inSequence = (context: CheckContext): readonly Reason[] => {
  const { node } = context.statement;
  const change = as(node, 'CreateSeqStmt') ?? as(node, 'AlterSeqStmt');
  const options = all(change?.options, 'DefElem');
  const owner = strings(as(options.find(({ defname }) => defname === 'owned_by')?.arg, 'List')?.items);
  if (owner.length > 1) return ofOwner(context, nameOf(change?.sequence), owner);
  const optionOf = (name: string) => options.find(({ defname }) => defname === name)?.arg;
  const type = as(optionOf('as'), 'TypeName');
  if (type !== undefined && !integers.has(typeRef(type).name))
    return [{ sqlstate: '22023', reason: 'a sequence is of smallint, integer or bigint' }];
  const [start, most] = [as(optionOf('start'), 'Integer')?.ival, as(optionOf('maxvalue'), 'Integer')?.ival];
  return start !== undefined && most !== undefined && start > most
    ? [{ sqlstate: '22023', reason: `it starts at ${start}, beyond its largest value ${most}` }]
    : [];
};

const inExtension = (context: CheckContext): readonly Reason[] => {
  const create = as(context.statement.node, 'CreateExtensionStmt');
  const known = context.database.catalog.extensions.some(({ name }) => name === create?.extname);
  return known && create?.if_not_exists !== true
    ? [{ sqlstate: '42710', reason: `the extension ${quoteIdentifier(create?.extname ?? '')} is installed` }]
    : [];
};

const inComment = (context: CheckContext): readonly Reason[] => {
  const comment = as(context.statement.node, 'CommentStmt');
  const parts = strings(as(comment?.object, 'List')?.items);
  const [name = '', relation = '', schema = null] = parts.toReversed();
  const table = context.database.table({ schema, name: relation });
  if (comment?.objtype !== 'OBJECT_COLUMN' || table === null || context.isUncertain(table)) return [];
  return context.database.column(table, name) !== null || context.created.has('table from a query', table)
    ? []
    : [{ sqlstate: '42703', reason: `${shown(table)} has no column ${quoteIdentifier(name)}` }];
};

/** What the server refuses for the shape of what a statement makes: keys, identities, references, schemas, sequences. */
export const refusedShape = (context: CheckContext): readonly Refusal[] => {
  return [
    ...[
      ...inCreate(context),
      ...inMove(context),
      ...inPartitionKey(context),
      ...inSequence(context),
      ...inExtension(context),
      ...inComment(context),
    ].map((one) => ({
      ...one,
      range: context.source.head(2),
    })),
    ...inAlter(context),
  ];
};
