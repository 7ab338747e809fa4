import type { Constraint } from '@pgsql/types';
import { byObject } from '../sql/by-object.ts';
import { all, as, nameOf, nameOfParts, strings, type WrittenName } from '../sql/nodes.ts';
import type { NamedKind } from './conventions.ts';
import type { CheckContext } from './rule.ts';
import type { SourceRange } from './statement-source.ts';

/** A name that a statement gives to something new, or to something old that it renames. */
export type NewName = {
  readonly kind: NamedKind;
  readonly name: string;
  /** The schema as written; null when it is left to the search path, or for what stands inside a table. */
  readonly schema: string | null;
  /** The table that the thing is part of. */
  readonly table: WrittenName | null;
  /** Where it is written. */
  readonly range: () => SourceRange;
};

const constraintKinds: Readonly<Record<string, NamedKind>> = {
  CONSTR_PRIMARY: 'primary key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_FOREIGN: 'foreign key',
  CONSTR_CHECK: 'check',
  CONSTR_EXCLUSION: 'exclusion',
};

const renamedKinds: Readonly<Record<string, NamedKind>> = {
  OBJECT_TABLE: 'table',
  OBJECT_COLUMN: 'column',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'view',
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_SCHEMA: 'schema',
};

/** What stands in a table under a name of its own. */
const partNames = (context: CheckContext, table: WrittenName, nodes: Parameters<typeof all>[0]): readonly NewName[] => {
  // Few names are shown, and only for those is the text cut into words.
  const at = (location: number | undefined, name: string) => (): SourceRange =>
    context.source.identifier(name, { start: context.offset(location), end: context.statement.end }) ??
    context.source.head(2);
  const ofConstraints = (constraints: readonly Constraint[]): readonly NewName[] =>
    constraints.flatMap(({ contype, conname, location }) => {
      const kind = constraintKinds[contype ?? ''];
      if (kind === undefined || conname === undefined) return [];
      return [{ kind, name: conname, schema: null, table, range: at(location, conname) }];
    });
  const columns = all(nodes, 'ColumnDef').flatMap((column): readonly NewName[] => {
    const name = column.colname ?? '';
    const own: NewName = { kind: 'column', name, schema: null, table, range: at(column.location, name) };
    return [own, ...ofConstraints(all(column.constraints, 'Constraint'))];
  });
  return [...columns, ...ofConstraints(all(nodes, 'Constraint'))];
};

/** The relation, type or schema that a `CREATE` makes. */
const createdObject = (context: CheckContext): { readonly kind: NamedKind; readonly written: WrittenName } | null => {
  const { node } = context.statement;
  const table = as(node, 'CreateStmt')?.relation ?? as(node, 'CreateForeignTableStmt')?.base?.relation;
  if (table !== undefined) return table.relpersistence === 't' ? null : { kind: 'table', written: nameOf(table) };
  const query = as(node, 'CreateTableAsStmt');
  if (query !== undefined)
    return query.into?.rel?.relpersistence === 't'
      ? null
      : { kind: query.objtype === 'OBJECT_MATVIEW' ? 'view' : 'table', written: nameOf(query.into?.rel) };
  const view = as(node, 'ViewStmt')?.view;
  if (view !== undefined) return view.relpersistence === 't' ? null : { kind: 'view', written: nameOf(view) };
  const index = as(node, 'IndexStmt');
  if (index?.idxname !== undefined)
    return { kind: 'index', written: { schema: index.relation?.schemaname ?? null, name: index.idxname } };
  const sequence = as(node, 'CreateSeqStmt')?.sequence;
  if (sequence !== undefined) return { kind: 'sequence', written: nameOf(sequence) };
  const type =
    as(node, 'CreateEnumStmt')?.typeName ??
    as(node, 'CreateRangeStmt')?.typeName ??
    as(node, 'CreateDomainStmt')?.domainname;
  if (type !== undefined) return { kind: 'type', written: nameOfParts(strings(type)) };
  const composite = as(node, 'CompositeTypeStmt')?.typevar;
  if (composite !== undefined) return { kind: 'type', written: nameOf(composite) };
  const trigger = as(node, 'CreateTrigStmt')?.trigname;
  if (trigger !== undefined) return { kind: 'trigger', written: { schema: null, name: trigger } };
  const schema = as(node, 'CreateSchemaStmt')?.schemaname;
  return schema === undefined ? null : { kind: 'schema', written: { schema: null, name: schema } };
};

/** The statements that give names, for the `on` of rules about names. */
export const namingStatements = [
  'AlterTableStmt',
  'CompositeTypeStmt',
  'CreateDomainStmt',
  'CreateEnumStmt',
  'CreateForeignTableStmt',
  'CreateRangeStmt',
  'CreateSchemaStmt',
  'CreateSeqStmt',
  'CreateStmt',
  'CreateTableAsStmt',
  'CreateTrigStmt',
  'IndexStmt',
  'RenameStmt',
  'ViewStmt',
] as const;

const namesOf = (context: CheckContext): readonly NewName[] => {
  if (context.direction === 'down') return [];
  const { node } = context.statement;
  const rename = as(node, 'RenameStmt');
  if (rename !== undefined) {
    const kind = renamedKinds[rename.renameType ?? ''];
    const name = rename.newname ?? '';
    if (kind === undefined) return [];
    const range = (): SourceRange => {
      const to = context.source.words('TO')?.start ?? context.statement.start;
      return context.source.identifier(name, { start: to, end: context.statement.end }) ?? context.source.head(2);
    };
    const inTable = kind === 'column' || kind === 'trigger';
    const table = inTable ? nameOf(rename.relation) : null;
    return [{ kind, name, schema: inTable ? null : (rename.relation?.schemaname ?? null), table, range }];
  }
  const altered = context.alter();
  if (altered !== null)
    return partNames(
      context,
      altered.written,
      altered.actions.flatMap(({ cmd }) =>
        cmd.def !== undefined && (cmd.subtype === 'AT_AddColumn' || cmd.subtype === 'AT_AddConstraint')
          ? [cmd.def]
          : [],
      ),
    );
  const object = createdObject(context);
  if (object === null) return [];
  const { kind, written } = object;
  const range = (): SourceRange => context.source.identifier(written.name) ?? context.source.head(2);
  const elements = as(node, 'CreateStmt')?.tableElts ?? as(node, 'CreateForeignTableStmt')?.base?.tableElts;
  return [
    { kind, name: written.name, schema: written.schema, table: null, range },
    ...partNames(context, written, elements),
  ];
};

/**
 * The names that a statement gives, in the order in which they stand; what is temporary and what a down restores has
 * none. Worked out once per statement, however many rules ask.
 */
export const newNames = byObject(10, namesOf);
