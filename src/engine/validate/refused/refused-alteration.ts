import type { Node } from '@pgsql/types';
import type { Constraint, Index, Table } from '../../catalog/catalog.ts';
import { sameName } from '../../sql/catalog-lookup.ts';
import { all, as, nameOf, nameOfParts, strings } from '../../sql/nodes.ts';
import { quoteIdentifier } from '../../sql/quote-identifier.ts';
import { partitionColumns } from '../partition-columns.ts';
import type { AlterAction, CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

type Reason = Omit<Refusal, 'range'>;

const ofKind = (constraint: Constraint | null, kinds: readonly Constraint['kind'][], can: string): Reason | null =>
  constraint === null || kinds.includes(constraint.kind)
    ? null
    : {
        sqlstate: '42809',
        reason: `${quoteIdentifier(constraint.name)} is ${inWords[constraint.kind]}, and cannot ${can}`,
      };

const inWords: Readonly<Record<Constraint['kind'], string>> = {
  'primary key': 'a primary key',
  unique: 'a unique constraint',
  'foreign key': 'a foreign key',
  check: 'a check',
  exclusion: 'an exclusion constraint',
  'not null': 'a NOT NULL',
  trigger: 'a constraint trigger',
};

const ofIndex = (table: Table, name: string | undefined): Reason | null =>
  name === undefined || table.indexes.some((index) => index.name === name)
    ? null
    : { sqlstate: '42704', reason: `${shown(table)} has no index ${quoteIdentifier(name)}` };

const ofKeyColumn = (table: Table, name: string): Reason | null =>
  table.partitionKey !== null && partitionColumns(table.partitionKey)?.includes(name) === true
    ? { sqlstate: '42P16', reason: `${quoteIdentifier(name)} is part of the partition key of ${shown(table)}` }
    : null;

/** A table of a type has its attributes as columns, in their order. */
const ofTyped = ({ database }: CheckContext, table: Table, def: Node | undefined): Reason | null => {
  const written = nameOfParts(strings(as(def, 'TypeName')?.names));
  const type = database.type(written);
  if (type?.kind !== 'composite') return null;
  const listed = (parts: readonly { readonly name: string; readonly type: string }[]) =>
    JSON.stringify(parts.map((part) => [part.name, part.type]));
  return listed(type.attributes) === listed(table.columns)
    ? null
    : { sqlstate: '42804', reason: `the columns of ${shown(table)} are not the attributes of ${shown(written)}` };
};

const ofAction = (context: CheckContext, table: Table, { cmd }: AlterAction): Reason | null => {
  const constraint = (name: string | undefined) => context.database.constraint(table, name ?? '');
  const change = as(cmd.def, 'ATAlterConstraint');
  switch (cmd.subtype) {
    case 'AT_ValidateConstraint':
      return ofKind(constraint(cmd.name), ['check', 'foreign key', 'not null'], 'be validated');
    case 'AT_AlterConstraint':
      return change?.alterDeferrability === true
        ? ofKind(constraint(change.conname), ['foreign key'], 'be made deferrable or not')
        : null;
    case 'AT_ClusterOn':
      return ofIndex(table, cmd.name);
    case 'AT_ReplicaIdentity':
      return ofIndex(table, as(cmd.def, 'ReplicaIdentityStmt')?.name);
    case 'AT_AddOf':
      return ofTyped(context, table, cmd.def);
    case 'AT_AlterColumnType':
    case 'AT_DropColumn':
      return ofKeyColumn(table, cmd.name ?? '');
    default:
      return null;
  }
};

const keysOf = ({ keys, unique }: Index): string => JSON.stringify([unique, keys.map(({ column }) => column)]);

/** `ALTER INDEX … ATTACH PARTITION` of an index of another table, or of one that is made otherwise. */
const ofAttachedIndex = (context: CheckContext): Reason | null => {
  const alter = as(context.statement.node, 'AlterTableStmt');
  const [command] = all(alter?.cmds, 'AlterTableCmd');
  if (alter?.objtype !== 'OBJECT_INDEX' || command?.subtype !== 'AT_AttachPartition') return null;
  const child = nameOf(as(command.def, 'PartitionCmd')?.name);
  const [whole, part] = [context.database.index(nameOf(alter.relation)), context.database.index(child)];
  if (whole === null || part === null) return null;
  const table = context.database.table(part.on)?.partitionOf?.parent;
  if (table === undefined || !sameName(table, whole.on))
    return { sqlstate: '42P17', reason: `${shown(child)} is on no partition of ${shown(whole.on)}` };
  return keysOf(whole.index) === keysOf(part.index)
    ? null
    : { sqlstate: '42P17', reason: `${shown(child)} is not made as ${shown(nameOf(alter.relation))} is` };
};

/** An `ALTER TABLE` or `ALTER INDEX` of a part that is not there, or that is of another kind than it takes. */
export const refusedAlteration = (context: CheckContext): readonly Refusal[] => {
  const attached = ofAttachedIndex(context);
  if (attached !== null) return [{ ...attached, range: context.source.range }];
  const altered = context.alter();
  const table = altered?.table ?? null;
  if (altered === null || table === null || context.isUncertain(table)) return [];
  return altered.actions.flatMap((action) => {
    const reason = ofAction(context, table, action);
    return reason === null ? [] : [{ ...reason, range: action.range }];
  });
};
