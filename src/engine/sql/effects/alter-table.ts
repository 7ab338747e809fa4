import type { AlterTableCmd, AlterTableStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, nameOf } from '../nodes.ts';
import { addColumn } from './add-column.ts';
import { alterColumnType } from './alter-column-type.ts';
import { alterTableLock } from './alter-table-lock.ts';
import { addConstraint, addedConstraint, dropConstraint, setNotNull, validateConstraint } from './constraints.ts';
import { dependentViews } from './dependants.ts';
import { dropSequence } from './drop.ts';
import type { EffectScope } from './effect-scope.ts';
import { lockReferenced, lockReferencing, lockTriggered } from './foreign-key.ts';
import { attachPartition, detachPartition } from './partitions.ts';

/** What an action reaches: only the table, its partitions, or all that inherits from it. */
type Reach = 'table' | 'partitions' | 'tree';

function reachOfConstraint(cmd: AlterTableCmd, version: number): Reach {
  // Since 18 all descendants are locked first, whether the constraint concerns them or not.
  if (version >= 180_000) return 'tree';
  const constraint = addedConstraint(cmd);
  if (constraint?.contype === 'CONSTR_CHECK') return constraint.is_no_inherit === true ? 'table' : 'tree';
  // Partitions under a new key are locked for the build of their index, as `addConstraint` says.
  return constraint?.contype === 'CONSTR_FOREIGN' ? 'partitions' : 'table';
}

function reachOf(cmd: AlterTableCmd, version: number): Reach {
  switch (cmd.subtype) {
    case 'AT_AddColumn':
    case 'AT_DropColumn':
    case 'AT_AlterColumnType':
    case 'AT_ColumnDefault':
    case 'AT_SetNotNull':
    case 'AT_DropNotNull':
    case 'AT_SetExpression':
    case 'AT_DropExpression':
    case 'AT_SetStatistics':
    case 'AT_SetStorage':
    case 'AT_DropConstraint':
    case 'AT_ValidateConstraint':
      return 'tree';
    case 'AT_AddConstraint':
      return reachOfConstraint(cmd, version);
    case 'AT_AlterConstraint':
    case 'AT_EnableTrig':
    case 'AT_EnableAlwaysTrig':
    case 'AT_EnableReplicaTrig':
    case 'AT_EnableTrigAll':
    case 'AT_EnableTrigUser':
    case 'AT_DisableTrig':
    case 'AT_DisableTrigAll':
    case 'AT_DisableTrigUser':
      return 'partitions';
    case 'AT_AddIdentity':
    case 'AT_SetIdentity':
    case 'AT_DropIdentity':
      return version >= 170_000 ? 'partitions' : 'table';
    default:
      return 'table';
  }
}

function members(scope: EffectScope, table: ObjectName, reach: Reach, only: boolean): readonly ObjectName[] {
  if (only || reach === 'table') return [table];
  return reach === 'tree' ? scope.tree(table) : scope.partitionTree(table);
}

/** What an action with `ONLY` locks all the same, beside the table itself. */
function lockedInSpiteOfOnly(scope: EffectScope, table: ObjectName, cmd: AlterTableCmd): readonly ObjectName[] {
  switch (cmd.subtype) {
    // The tables right below are told that the column is their own from now on.
    case 'AT_DropColumn':
      return isNothingBelow(scope, table, cmd) ? [] : scope.lookup.childrenOf(table);
    // The same since a NOT NULL is a constraint that they inherit.
    case 'AT_DropNotNull': {
      const isNotNull = columnOf(scope, table, cmd.name)?.notNull === true;
      return scope.version >= 180_000 && isNotNull ? scope.lookup.childrenOf(table) : [];
    }
    // Partitions must not be in use, whatever becomes of the constraint; a check becomes the own of those right below.
    case 'AT_DropConstraint': {
      const constraint = scope.lookup.table(table)?.constraints.find(({ name }) => name === cmd.name);
      return constraint?.kind === 'check' ? scope.lookup.childrenOf(table) : scope.partitionTree(table);
    }
    default:
      return [];
  }
}

function dropColumn(scope: EffectScope, tree: readonly ObjectName[], cmd: AlterTableCmd): void {
  const column = cmd.name ?? '';
  for (const member of tree) {
    lockTriggered(scope, member, (constraint) => constraint.columns.includes(column));
    for (const sequence of scope.lookup.sequencesOf(member)) {
      if (sequence.ownedBy?.column !== column) continue;
      dropSequence(scope, sequence, cmd.behavior === 'DROP_CASCADE');
    }
    if (cmd.behavior !== 'DROP_CASCADE') continue;
    lockReferencing(
      scope,
      member,
      'ACCESS EXCLUSIVE',
      ({ references }) => references?.columns.includes(column) === true,
    );
    for (const view of dependentViews(scope, member, column)) scope.lock(view, 'ACCESS EXCLUSIVE');
  }
}

function setPersistence(scope: EffectScope, table: ObjectName, wanted: 'permanent' | 'unlogged'): void {
  if (scope.lookup.sequence(table) !== undefined || scope.lookup.table(table)?.persistence === wanted) return;
  scope.rewrite(table);
  // A sequence follows its table since sequences can be unlogged.
  if (scope.version < 150_000) return;
  for (const sequence of scope.lookup.sequencesOf(table)) scope.lock(sequence, 'ACCESS EXCLUSIVE');
}

/** Triggers for rows and foreign keys stand on partitions too; a table without them has nothing to switch there. */
function hasTriggers(scope: EffectScope, table: ObjectName): boolean {
  const known = scope.lookup.table(table);
  return (
    known === undefined ||
    known.triggers.length > 0 ||
    known.constraints.some(({ references }) => references !== null) ||
    scope.lookup.referencesTo(table).length > 0
  );
}

const columnOf = (scope: EffectScope, table: ObjectName, name: string | undefined) =>
  scope.lookup.table(table)?.columns.find((column) => column.name === name);

/** True for an action that has nothing to do, or to switch, at the tables below. */
function isNothingBelow(scope: EffectScope, table: ObjectName, cmd: AlterTableCmd): boolean {
  switch (cmd.subtype) {
    case 'AT_EnableTrigAll':
    case 'AT_DisableTrigAll':
      return !hasTriggers(scope, table);
    // Where the column is NOT NULL those of the tables below are taken to be so too.
    case 'AT_SetNotNull':
      return columnOf(scope, table, cmd.name)?.notNull === true;
    case 'AT_DropNotNull':
      return scope.version >= 180_000 && columnOf(scope, table, cmd.name)?.notNull === false;
    case 'AT_ValidateConstraint':
      return scope.lookup.table(table)?.constraints.find(({ name }) => name === cmd.name)?.validated === true;
    case 'AT_DropColumn':
      return cmd.missing_ok === true && columnOf(scope, table, cmd.name) === undefined && scope.hasCatalog;
    case 'AT_DropIdentity':
      return cmd.missing_ok === true && columnOf(scope, table, cmd.name)?.identity === null;
    case 'AT_AddColumn':
      return cmd.missing_ok === true && columnOf(scope, table, as(cmd.def, 'ColumnDef')?.colname) !== undefined;
    default:
      return false;
  }
}

/** `ALTER CONSTRAINT … [NOT] ENFORCED` of a foreign key takes its triggers away from both ends, or makes them. */
function alterEnforcement(scope: EffectScope, table: ObjectName, cmd: AlterTableCmd): void {
  const change = as(cmd.def, 'ATAlterConstraint');
  if (change?.alterEnforceability !== true) return;
  const mode = change.is_enforced === true ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  // As it is already there is nothing to do.
  const isOther = (definition: string) => /\bNOT ENFORCED\b/i.test(definition) === (change.is_enforced === true);
  lockReferenced(scope, table, mode, ({ name, definition }) => name === change.conname && isOther(definition));
}

function lockSequences(scope: EffectScope, table: ObjectName, identityOf: string | null, strong: boolean): void {
  for (const sequence of scope.lookup.sequencesOf(table)) {
    if (identityOf !== null && !(sequence.ownedBy?.column === identityOf && sequence.ownedBy.identity)) continue;
    scope.lock(sequence, strong ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE');
  }
}

/** The owner only changes, with its locks on what the table owns, when it becomes another. */
function changeOwner(scope: EffectScope, table: ObjectName, cmd: AlterTableCmd): void {
  const role = cmd.newowner;
  const owner = scope.lookup.table(table)?.owner;
  if (role?.roletype === 'ROLESPEC_CSTRING' && role.rolename !== owner) lockSequences(scope, table, null, true);
}

/** Where a table names no tablespace it is in that of its database, which is mostly pg_default; null when it is not known. */
function tablespaceOf(scope: EffectScope, table: ObjectName): string | null {
  const known = scope.lookup.table(table);
  return known === undefined ? null : (known.tablespace ?? 'pg_default');
}

function applyAction(scope: EffectScope, table: ObjectName, tree: readonly ObjectName[], cmd: AlterTableCmd): void {
  switch (cmd.subtype) {
    case 'AT_AddColumn': {
      const column = as(cmd.def, 'ColumnDef');
      const exists = columnOf(scope, table, column?.colname) !== undefined;
      if (column !== undefined && !(cmd.missing_ok === true && exists)) addColumn(scope, table, tree, column);
      return;
    }
    case 'AT_DropColumn':
      dropColumn(scope, tree, cmd);
      return;
    case 'AT_AlterColumnType':
      alterColumnType(scope, tree, cmd);
      return;
    case 'AT_SetNotNull':
      setNotNull(scope, tree, cmd.name ?? '');
      return;
    case 'AT_SetExpression':
      for (const member of tree) {
        const column = scope.lookup.table(member)?.columns.find(({ name }) => name === cmd.name);
        if (column?.generated !== 'virtual') scope.rewrite(member);
      }
      return;
    case 'AT_AddConstraint': {
      const constraint = addedConstraint(cmd);
      if (constraint !== undefined) addConstraint(scope, table, tree, constraint);
      return;
    }
    case 'AT_AlterConstraint':
      alterEnforcement(scope, table, cmd);
      return;
    case 'AT_ValidateConstraint':
      validateConstraint(scope, table, cmd.name ?? '');
      return;
    case 'AT_DropConstraint':
      dropConstraint(scope, table, cmd);
      return;
    case 'AT_SetLogged':
      setPersistence(scope, table, 'permanent');
      return;
    case 'AT_SetUnLogged':
      setPersistence(scope, table, 'unlogged');
      return;
    case 'AT_SetAccessMethod':
      // Every table is a heap unless somebody installed another method, so going to the heap is nothing to do.
      if (cmd.name !== undefined && cmd.name !== 'heap') scope.rewrite(table);
      return;
    case 'AT_SetTableSpace':
      if (cmd.name !== tablespaceOf(scope, table)) scope.rewrite(table);
      return;
    case 'AT_ChangeOwner':
      changeOwner(scope, table, cmd);
      return;
    case 'AT_SetIdentity':
      lockSequences(scope, table, cmd.name ?? '', false);
      return;
    case 'AT_DropIdentity':
      lockSequences(scope, table, cmd.name ?? '', true);
      return;
    case 'AT_AddInherit':
      scope.lock(scope.relation(as(cmd.def, 'RangeVar')), 'SHARE UPDATE EXCLUSIVE');
      return;
    case 'AT_AttachPartition':
      attachPartition(scope, table, cmd);
      return;
    case 'AT_DetachPartition':
      detachPartition(scope, table, cmd);
      return;
    case 'AT_DetachPartitionFinalize':
      scope.lock(scope.relation(as(cmd.def, 'PartitionCmd')?.name), 'ACCESS EXCLUSIVE');
      return;
    default:
      return;
  }
}

/** `ALTER INDEX`, which `ALTER TABLE` may also be written for. */
function alterIndex(scope: EffectScope, index: ObjectName, commands: readonly AlterTableCmd[]): void {
  const attaches = commands.some((cmd) => cmd.subtype === 'AT_AttachPartition');
  scope.lock(index, attaches ? 'ACCESS EXCLUSIVE' : alterTableLock(commands));
}

/** `ALTER TABLE`, `ALTER INDEX`, `ALTER VIEW` and the like with their actions. */
export function alterTable(scope: EffectScope, statement: AlterTableStmt): void {
  const table = scope.relation(nameOf(statement.relation));
  const commands = all(statement.cmds, 'AlterTableCmd');
  const kind = scope.lookup.relationKind(table);
  if (statement.missing_ok === true && scope.hasCatalog && kind === undefined) return;
  if (statement.objtype === 'OBJECT_TYPE') return;
  if (statement.objtype === 'OBJECT_INDEX' || kind === 'index') {
    alterIndex(scope, table, commands);
    return;
  }
  const mode = alterTableLock(commands);
  const only = statement.relation?.inh !== true;
  for (const cmd of commands) {
    const reach = reachOf(cmd, scope.version);
    const tree = members(scope, table, isNothingBelow(scope, table, cmd) ? 'table' : reach, only);
    for (const member of tree) scope.lock(member, mode);
    if (only) for (const below of lockedInSpiteOfOnly(scope, table, cmd)) scope.lock(below, mode);
    applyAction(scope, table, tree, cmd);
  }
}
