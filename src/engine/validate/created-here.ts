import type { RangeVar } from '@pgsql/types';
import type { ObjectName } from '../catalog/catalog.ts';
import { temporarySchema } from '../sql/catalog-lookup.ts';
import { all, as, nameOf, nameOfParts, strings, type WrittenName } from '../sql/nodes.ts';
import { parseScript, type Statement } from '../sql/parser.ts';
import { qualifiedName } from '../sql/qualified-name.ts';
import type { CatalogView } from './catalog-view.ts';
import { droppedNames } from './node-questions.ts';
import { readBlock } from './open-blocks.ts';

/** The kinds of things whose birth within a migration changes what is said about them later. */
export type CreatedKind =
  | 'table'
  /** A table made by CREATE TABLE AS or SELECT INTO, whose columns its query decides. */
  | 'table from a query'
  | 'column'
  | 'constraint'
  | 'index'
  | 'view'
  | 'sequence'
  | 'type'
  | 'routine'
  | 'schema'
  | 'trigger'
  | 'policy'
  | 'publication'
  | 'subscription'
  | 'enum value';

/** What the statements so far have created, and what they have dropped that was there before. */
export type CreatedHere = {
  readonly has: (kind: CreatedKind, object: ObjectName, part?: string) => boolean;
  /** True when something was dropped with CASCADE, so that more may be gone than the statement names. */
  readonly cascaded: () => boolean;
  /** True for the dotted name of a table or view that was created. */
  readonly isNew: (relation: string) => boolean;
};

/** Everything that was created, and the dotted names of the tables and views among it. */
type Memory = {
  readonly has: (kind: CreatedKind, object: ObjectName, part?: string) => boolean;
  readonly add: (kind: CreatedKind, object: ObjectName, part?: string) => void;
  /** True when it was there. */
  readonly remove: (kind: CreatedKind, object: ObjectName, part?: string) => boolean;
  /** Moves what was remembered under a table's old name to its new one. */
  readonly renameTable: (from: ObjectName, to: ObjectName) => void;
  readonly isNew: (relation: string) => boolean;
  /** How often something was added or removed. */
  readonly changes: () => number;
};

const drops: Readonly<Record<string, CreatedKind>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_INDEX: 'index',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'view',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_FUNCTION: 'routine',
  OBJECT_PROCEDURE: 'routine',
  OBJECT_SCHEMA: 'schema',
};

const isRelation = (kind: CreatedKind): boolean => kind === 'table' || kind === 'view';

const emptyMemory = (): Memory => {
  // The parts that are known of each object, by kind, schema and name apart: dozens of rules ask about every table.
  const known = new Map<CreatedKind, Map<string, Map<string, Set<string>>>>();
  // How many entries a dotted name has: something may be known as a table and as a view.
  const relations = new Map<string, number>();
  let changes = 0;
  const count = (kind: CreatedKind, object: ObjectName, change: 1 | -1) => {
    changes += 1;
    if (!isRelation(kind)) return;
    const name = qualifiedName(object);
    relations.set(name, (relations.get(name) ?? 0) + change);
  };
  const partsOf = (kind: CreatedKind, object: ObjectName) => known.get(kind)?.get(object.schema)?.get(object.name);
  const add: Memory['add'] = (kind, object, part = '') => {
    const schemas = known.get(kind) ?? new Map<string, Map<string, Set<string>>>();
    const names = schemas.get(object.schema) ?? new Map<string, Set<string>>();
    const parts = names.get(object.name) ?? new Set<string>();
    if (parts.has(part)) return;
    known.set(kind, schemas.set(object.schema, names.set(object.name, parts.add(part))));
    count(kind, object, 1);
  };
  const remove: Memory['remove'] = (kind, object, part = '') => {
    const removed = partsOf(kind, object)?.delete(part) === true;
    if (removed) count(kind, object, -1);
    return removed;
  };
  return {
    has: (kind, object, part = '') => partsOf(kind, object)?.has(part) === true,
    add,
    remove,
    renameTable: (from, to) => {
      for (const kind of known.keys()) {
        if (kind === 'index') continue;
        for (const part of [...(partsOf(kind, from) ?? [])]) {
          remove(kind, from, part);
          add(kind, to, part);
        }
      }
    },
    isNew: (relation) => (relations.get(relation) ?? 0) > 0,
    changes: () => changes,
  };
};

const rememberAlterTable = (
  memory: Memory,
  statement: Statement,
  resolve: (written: WrittenName) => ObjectName,
): void => {
  const alter = as(statement.node, 'AlterTableStmt');
  if (alter === undefined) return;
  const table = resolve(nameOf(alter.relation));
  for (const cmd of all(alter.cmds, 'AlterTableCmd')) {
    const column = as(cmd.def, 'ColumnDef');
    const constraint = as(cmd.def, 'Constraint');
    if (cmd.subtype === 'AT_AddColumn' && column !== undefined) memory.add('column', table, column.colname ?? '');
    if (cmd.subtype === 'AT_AddConstraint' && constraint?.conname !== undefined)
      memory.add('constraint', table, constraint.conname);
    if (cmd.subtype === 'AT_DropColumn') memory.remove('column', table, cmd.name ?? '');
    if (cmd.subtype === 'AT_DropConstraint') memory.remove('constraint', table, cmd.name ?? '');
  }
};

const rememberRename = (memory: Memory, statement: Statement, resolve: (written: WrittenName) => ObjectName): void => {
  const rename = as(statement.node, 'RenameStmt');
  if (rename === undefined) return;
  const from = resolve(nameOf(rename.relation));
  const to = { schema: from.schema, name: rename.newname ?? '' };
  if (rename.renameType === 'OBJECT_TABLE') memory.renameTable(from, to);
  const moved: CreatedKind | null =
    rename.renameType === 'OBJECT_INDEX' ? 'index' : rename.renameType === 'OBJECT_VIEW' ? 'view' : null;
  if (moved !== null && memory.remove(moved, from)) memory.add(moved, to);
  const part: CreatedKind | null =
    rename.renameType === 'OBJECT_COLUMN'
      ? 'column'
      : rename.renameType === 'OBJECT_TABCONSTRAINT'
        ? 'constraint'
        : null;
  if (part !== null && memory.remove(part, from, rename.subname ?? '')) memory.add(part, from, rename.newname ?? '');
};

/** A new relation's name; a temporary one never gets that of a relation which outlasts the session. */
const newNameOf = (relation: RangeVar | undefined): WrittenName =>
  relation?.relpersistence === 't' ? { schema: temporarySchema, name: relation.relname ?? '' } : nameOf(relation);

/** The tables that a DO block makes, unless they are there already. */
const rememberBlock = (memory: Memory, statement: Statement, view: CatalogView): void => {
  for (const { sql } of readBlock(statement)?.statements ?? []) {
    const script = parseScript(sql);
    const create = script.ok ? as(script.value.statements[0]?.node, 'CreateStmt') : undefined;
    if (create === undefined) continue;
    const name = view.newName(newNameOf(create.relation));
    if (view.relationKind(name) === null) memory.add('table', name);
  }
};

const remember = (memory: Memory, statement: Statement, view: CatalogView): void => {
  const { node } = statement;
  const add = (kind: CreatedKind, written: WrittenName) => {
    memory.add(kind, view.newName(written));
  };
  const create = as(node, 'CreateStmt') ?? as(node, 'CreateForeignTableStmt')?.base;
  if (create !== undefined) {
    const written = newNameOf(create.relation);
    if (create.if_not_exists !== true || view.table(view.newName(written)) === null) add('table', written);
  }
  const copy = as(node, 'CreateTableAsStmt');
  if (copy !== undefined) add(copy.objtype === 'OBJECT_MATVIEW' ? 'view' : 'table', newNameOf(copy.into?.rel));
  if (copy !== undefined) add('table from a query', newNameOf(copy.into?.rel));
  const into = as(node, 'SelectStmt')?.intoClause;
  if (into !== undefined) {
    add('table', newNameOf(into.rel));
    add('table from a query', newNameOf(into.rel));
  }
  const index = as(node, 'IndexStmt');
  if (index?.idxname !== undefined) {
    const schema = view.resolve(nameOf(index.relation)).schema;
    const existing = index.if_not_exists === true && view.index({ schema, name: index.idxname }) !== null;
    if (!existing) memory.add('index', { schema, name: index.idxname });
  }
  const viewStatement = as(node, 'ViewStmt');
  if (viewStatement !== undefined && view.view(view.newName(newNameOf(viewStatement.view))) === null)
    add('view', newNameOf(viewStatement.view));
  const sequence = as(node, 'CreateSeqStmt');
  if (sequence !== undefined) add('sequence', nameOf(sequence.sequence));
  const enumType = as(node, 'CreateEnumStmt');
  if (enumType !== undefined) add('type', nameOfParts(strings(enumType.typeName)));
  const domain = as(node, 'CreateDomainStmt');
  if (domain !== undefined) add('type', nameOfParts(strings(domain.domainname)));
  const composite = as(node, 'CompositeTypeStmt');
  if (composite !== undefined) add('type', nameOf(composite.typevar));
  const routine = as(node, 'CreateFunctionStmt');
  if (routine !== undefined && routine.replace !== true) add('routine', nameOfParts(strings(routine.funcname)));
  const schema = as(node, 'CreateSchemaStmt')?.schemaname;
  if (schema !== undefined) memory.add('schema', { schema, name: '' });
  const trigger = as(node, 'CreateTrigStmt');
  if (trigger !== undefined && trigger.replace !== true)
    memory.add('trigger', view.resolve(nameOf(trigger.relation)), trigger.trigname ?? '');
  const policy = as(node, 'CreatePolicyStmt');
  if (policy !== undefined) memory.add('policy', view.resolve(nameOf(policy.table)), policy.policy_name ?? '');
  const publication = as(node, 'CreatePublicationStmt')?.pubname;
  if (publication !== undefined) memory.add('publication', { schema: '', name: publication });
  const subscription = as(node, 'CreateSubscriptionStmt')?.subname;
  if (subscription !== undefined) memory.add('subscription', { schema: '', name: subscription });
  const label = as(node, 'AlterEnumStmt');
  if (label?.newVal !== undefined && label.oldVal === undefined)
    memory.add('enum value', view.resolve(nameOfParts(strings(label.typeName))), label.newVal);
  const drop = as(node, 'DropStmt');
  const dropped = drop?.removeType === undefined ? undefined : drops[drop.removeType];
  if (dropped !== undefined)
    for (const written of droppedNames(drop?.objects)) memory.remove(dropped, view.resolve(written));
};

const dropsWithCascade = ({ node }: Statement): boolean =>
  as(node, 'DropStmt')?.behavior === 'DROP_CASCADE' ||
  all(as(node, 'AlterTableStmt')?.cmds, 'AlterTableCmd').some(
    ({ subtype, behavior }) =>
      behavior === 'DROP_CASCADE' && (subtype === 'AT_DropConstraint' || subtype === 'AT_DropColumn'),
  );

/** Collects what a migration's statements create, one statement after another. */
export const createdHere = (): CreatedHere & {
  /** True when the statement has changed what is known. */
  readonly remember: (statement: Statement, view: CatalogView) => boolean;
} => {
  const memory = emptyMemory();
  let cascaded = false;
  return {
    cascaded: () => cascaded,
    has: memory.has,
    isNew: memory.isNew,
    remember: (statement, view) => {
      const known = memory.changes();
      const cascades = dropsWithCascade(statement);
      cascaded ||= cascades;
      rememberAlterTable(memory, statement, view.resolve);
      rememberRename(memory, statement, view.resolve);
      rememberBlock(memory, statement, view);
      remember(memory, statement, view);
      return cascades || memory.changes() > known;
    },
  };
};
