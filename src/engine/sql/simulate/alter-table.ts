import type { AlterTableCmd, AlterTableStmt } from '@pgsql/types';
import type { Catalog, Column, ObjectName, Sequence, Table, Trigger } from '../../catalog/catalog.ts';
import { notNullName } from '../../catalog/not-null-names.ts';
import { catalogLookup, sameName } from '../catalog-lookup.ts';
import { dependentViews } from '../effects/dependants.ts';
import { all, as, nameOf, strings } from '../nodes.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { typeRef } from '../type-name.ts';
import { alterIndex, clusteredOn } from './alter-index.ts';
import { alterView } from './alter-view.ts';
import { bareSequence, indexUsesColumn } from './bare-objects.ts';
import { editTable, editTables, withItem } from './catalog-edit.ts';
import { addColumns } from './create-table.ts';
import { defaultText, shownCollation, shownType } from './define-column.ts';
import { addConstraint, dependsOnColumn } from './define-constraint.ts';
import { withoutOwnedSequences, withoutReferencesTo, withoutView } from './drop.ts';
import { handDown, inheritAll } from './inheritance.ts';
import { chooseName } from './object-names.ts';
import { changedOptions } from './option-values.ts';
import { withoutStatisticsOn } from './other-objects.ts';
import { partitionBoundText } from './partition-bound-text.ts';
import { withTypeOf } from './sequences.ts';
import { advance, type Simulation } from './simulation.ts';

const editColumn = (catalog: Catalog, table: ObjectName, name: string, edit: (column: Column) => Column): Catalog =>
  editTable(catalog, table, (found) => ({
    ...found,
    columns: found.columns.map((column) => (column.name === name ? edit(column) : column)),
  }));

/** A catalog without some constraints of a table and the indexes behind them; foreign keys to a lost key go too. */
export function withoutConstraints(catalog: Catalog, table: ObjectName, goes: (name: string) => boolean): Catalog {
  const found = catalogLookup(catalog).table(table);
  const lostKeys = (found?.constraints ?? []).filter(
    (c) => goes(c.name) && (c.kind === 'primary key' || c.kind === 'unique'),
  );
  const next = editTable(catalog, table, (own) => ({
    ...own,
    constraints: own.constraints.filter((constraint) => !goes(constraint.name)),
    indexes: own.indexes.filter((index) => index.constraint === null || !goes(index.constraint)),
  }));
  if (lostKeys.length === 0) return next;
  return editTables(next, (other) => {
    const kept = other.constraints.filter(({ references }) => {
      if (references === null || !sameName(references.table, table)) return true;
      return !lostKeys.some((key) => sameSet(key.columns, references.columns));
    });
    return kept.length === other.constraints.length ? other : { ...other, constraints: kept };
  });
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item) => b.includes(item));

/** A catalog without a column of a table, and with `cascade` without what uses it. */
export function withoutColumn(before: Simulation, table: ObjectName, column: string, cascade: boolean): Catalog {
  const found = before.lookup.table(table);
  if (found === undefined || !found.columns.some((own) => own.name === column)) return before.catalog;
  let simulation = before;
  if (cascade) {
    for (const view of dependentViews(before, table, column)) {
      simulation = advance(simulation, withoutView(simulation, view, true));
    }
  }
  const goes = new Set(found.constraints.filter((c) => dependsOnColumn(c, column)).map((c) => c.name));
  const own = withoutConstraints(simulation.catalog, table, (name) => goes.has(name));
  const catalog = cascade ? withoutReferencesTo(own, table, column) : own;
  const next = withoutStatisticsOn(withoutOwnedSequences(simulation, catalog, table, column, cascade), table, column);
  return editTable(next, table, (own) => ({
    ...own,
    columns: own.columns.filter((candidate) => candidate.name !== column),
    indexes: own.indexes.filter((index) => !indexUsesColumn(index, column)),
  }));
}

function setDefault(simulation: Simulation, table: ObjectName, cmd: AlterTableCmd): Catalog {
  const text = defaultText(simulation, cmd);
  return editColumn(simulation.catalog, table, cmd.name ?? '', (column) => ({ ...column, default: text }));
}

function addIdentity(simulation: Simulation, table: ObjectName, cmd: AlterTableCmd): Catalog {
  const constraint = as(cmd.def, 'Constraint');
  const column = simulation.lookup.table(table)?.columns.find((own) => own.name === cmd.name);
  if (column === undefined) return simulation.catalog;
  const taken = (name: string) => simulation.lookup.relationKind({ schema: table.schema, name }) !== undefined;
  const option = all(constraint?.options, 'DefElem').find(({ defname }) => defname === 'sequence_name');
  const [own, schema = table.schema] = strings(as(option?.arg, 'List')?.items).toReversed();
  const name = { schema, name: own ?? chooseName(table.name, [column.name], 'seq', taken) };
  const sequence = bareSequence(name, column.type, { table, column: column.name, identity: true });
  const catalog = { ...simulation.catalog, sequences: withItem(simulation.catalog.sequences, sequence) };
  const identity = constraint?.generated_when === 'a' ? 'always' : 'by default';
  return editColumn(catalog, table, column.name, (old) => ({ ...old, identity }));
}

/** True when a table would become its own ancestor, or gets a parent that it has: PostgreSQL refuses both. */
function wouldCircle(simulation: Simulation, parent: ObjectName, child: ObjectName): boolean {
  const found = simulation.lookup.table(child);
  return (
    sameName(parent, child) ||
    simulation.lookup.descendantsOf(child).some((table) => sameName(table, parent)) ||
    found?.partitionOf != null ||
    found?.inherits.some((name) => sameName(name, parent)) === true
  );
}

function inheritFrom(simulation: Simulation, table: ObjectName, parent: ObjectName): Catalog {
  if (simulation.lookup.table(parent) === undefined || wouldCircle(simulation, parent, table))
    return simulation.catalog;
  return editTable(simulation.catalog, table, (own) => ({ ...own, inherits: [...own.inherits, parent] }));
}

function attach(simulation: Simulation, parent: ObjectName, cmd: AlterTableCmd): Catalog {
  const command = as(cmd.def, 'PartitionCmd');
  if (command?.name === undefined) return simulation.catalog;
  const bound = partitionBoundText(simulation, command.bound);
  const child = simulation.relation(command.name);
  const found = simulation.lookup.table(parent);
  if (wouldCircle(simulation, parent, child)) return simulation.catalog;
  const isInherited = new Set(found?.columns.map(({ name }) => name));
  const catalog = editTable(simulation.catalog, child, (table) => ({
    ...table,
    partitionOf: { parent, bound },
    columns: table.columns.map((own) => (isInherited.has(own.name) ? { ...own, local: false } : own)),
  }));
  return found === undefined ? catalog : inheritAll(advance(simulation, catalog), found, child);
}

/** A table that inherits nothing any more: what it had from others is its own. */
const onItsOwn = (table: Table): Table => ({
  ...table,
  constraints: table.constraints.map((constraint) => ({ ...constraint, local: true })),
  columns: table.columns.map((column) => ({ ...column, local: true })),
});

function detach(simulation: Simulation, cmd: AlterTableCmd): Catalog {
  const command = as(cmd.def, 'PartitionCmd');
  if (command?.name === undefined) return simulation.catalog;
  return editTable(simulation.catalog, simulation.relation(command.name), (child) => ({
    ...onItsOwn(child),
    partitionOf: null,
    indexes: child.indexes.map((index) => ({ ...index, parent: null })),
    triggers: child.triggers.filter((trigger) => !trigger.inherited),
  }));
}

function nullable({ notNullName: _, notNullInherited: __, ...column }: Column): Column {
  return { ...column, notNull: false };
}

function applyToTable(simulation: Simulation, table: ObjectName, cmd: AlterTableCmd): Catalog {
  const { catalog } = simulation;
  const column = (edit: (column: Column) => Column) => editColumn(catalog, table, cmd.name ?? '', edit);
  const whole = (edit: (table: Table) => Table) => editTable(catalog, table, edit);
  switch (cmd.subtype) {
    case 'AT_AddColumn': {
      const definition = as(cmd.def, 'ColumnDef');
      const exists = simulation.lookup.table(table)?.columns.some((own) => own.name === definition?.colname);
      return definition === undefined || exists === true ? catalog : addColumns(simulation, table, [definition]);
    }
    case 'AT_DropColumn':
      return withoutColumn(simulation, table, cmd.name ?? '', cmd.behavior === 'DROP_CASCADE');
    case 'AT_ColumnDefault':
      return setDefault(simulation, table, cmd);
    case 'AT_SetNotNull':
      return column((own) => ({ ...own, notNull: true }));
    case 'AT_DropNotNull':
      return whole((own) => ({
        ...own,
        columns: own.columns.map((one) => (one.name === cmd.name ? nullable(one) : one)),
        constraints: own.constraints.filter(({ kind, columns }) => kind !== 'not null' || columns[0] !== cmd.name),
      }));
    case 'AT_EnableTrig':
    case 'AT_EnableAlwaysTrig':
    case 'AT_EnableReplicaTrig':
    case 'AT_DisableTrig':
    case 'AT_EnableTrigAll':
    case 'AT_EnableTrigUser':
    case 'AT_DisableTrigAll':
    case 'AT_DisableTrigUser':
      return [
        table,
        ...simulation.lookup.descendantsOf(table).filter(({ partitionOf }) => partitionOf !== null),
      ].reduce(
        (current, member) => editTable(current, member, (own) => withSwitched(own, cmd, !sameName(member, table))),
        catalog,
      );
    case 'AT_SetStatistics': {
      const target = as(cmd.def, 'Integer')?.ival ?? (cmd.def === undefined ? -1 : 0);
      return column((own) => ({ ...own, statisticsTarget: target < 0 ? null : Math.min(target, 10_000) }));
    }
    case 'AT_SetOptions':
    case 'AT_ResetOptions':
      return column(({ options: before = [], ...own }) => {
        const options = changedOptions(before, cmd);
        return options.length === 0 ? own : { ...own, options };
      });
    case 'AT_DropExpression':
      return column((own) => ({ ...own, generated: null, default: null }));
    case 'AT_AlterColumnType': {
      const definition = as(cmd.def, 'ColumnDef');
      const collation = shownCollation(simulation, definition?.collClause);
      const type = shownType(simulation, typeRef(definition?.typeName));
      const changed = column((own) => ({ ...own, type, collation }));
      // The sequence of an identity column changes with it; that of a serial column does not.
      const isOwn = ({ ownedBy }: Sequence) =>
        ownedBy?.identity === true && sameName(ownedBy.table, table) && ownedBy.column === cmd.name;
      if (!changed.sequences.some(isOwn)) return changed;
      return { ...changed, sequences: changed.sequences.map((own) => (isOwn(own) ? withTypeOf(own, type) : own)) };
    }
    case 'AT_AddConstraint': {
      const constraint = as(cmd.def, 'Constraint');
      if (constraint === undefined) return catalog;
      return addConstraint(simulation, table, constraint, simulation.source.element(constraint.location));
    }
    case 'AT_DropConstraint':
      return withoutConstraints(catalog, table, (name) => name === cmd.name);
    case 'AT_ValidateConstraint':
      return whole((own) => ({
        ...own,
        constraints: own.constraints.map((constraint) =>
          constraint.name === cmd.name
            ? { ...constraint, validated: true, definition: constraint.definition.replace(/\s+NOT VALID\s*$/i, '') }
            : constraint,
        ),
      }));
    case 'AT_AddIdentity':
      return addIdentity(simulation, table, cmd);
    case 'AT_SetIdentity': {
      const kind = all(as(cmd.def, 'List')?.items, 'DefElem').find((option) => option.defname === 'generated');
      if (kind === undefined) return catalog;
      // The letter of the kind is held as a number: 97 is "a" for ALWAYS.
      const always = as(kind.arg, 'Integer')?.ival === 97;
      return column((own) => ({ ...own, identity: always ? 'always' : 'by default' }));
    }
    case 'AT_AlterConstraint': {
      const change = as(cmd.def, 'ATAlterConstraint');
      const changes = {
        ...(change?.alterDeferrability === true && {
          deferrable: change.deferrable === true,
          initiallyDeferred: change.initdeferred === true,
        }),
        // What is not enforced counts as not validated, and is checked when it is enforced again.
        ...(change?.alterEnforceability === true && { validated: change.is_enforced === true }),
      };
      return whole((own) => ({
        ...own,
        constraints: own.constraints.map((constraint) =>
          constraint.name === change?.conname ? { ...constraint, ...changes } : constraint,
        ),
      }));
    }
    case 'AT_DropIdentity': {
      const sequences = catalog.sequences.filter(
        ({ ownedBy }) =>
          ownedBy === null || !ownedBy.identity || !sameName(ownedBy.table, table) || ownedBy.column !== cmd.name,
      );
      return editColumn({ ...catalog, sequences }, table, cmd.name ?? '', (own) => ({ ...own, identity: null }));
    }
    case 'AT_AttachPartition':
      return attach(simulation, table, cmd);
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize':
      return detach(simulation, cmd);
    case 'AT_AddInherit':
      return inheritFrom(simulation, table, simulation.relation(as(cmd.def, 'RangeVar')));
    case 'AT_DropInherit': {
      const parent = simulation.relation(as(cmd.def, 'RangeVar'));
      return whole((own) => {
        const inherits = own.inherits.filter((name) => !sameName(name, parent));
        return inherits.length > 0 ? { ...own, inherits } : { ...onItsOwn(own), inherits };
      });
    }
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      return whole((own) => ({ ...own, rowSecurity: cmd.subtype === 'AT_EnableRowSecurity' }));
    case 'AT_ForceRowSecurity':
    case 'AT_NoForceRowSecurity':
      return whole((own) => ({ ...own, forceRowSecurity: cmd.subtype === 'AT_ForceRowSecurity' }));
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
      return whole((own) => ({ ...own, persistence: cmd.subtype === 'AT_SetLogged' ? 'permanent' : 'unlogged' }));
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      return whole((own) => ({ ...own, options: changedOptions(own.options, cmd) }));
    case 'AT_ClusterOn':
    case 'AT_DropCluster':
      return whole((own) => clusteredOn(own, cmd.name ?? null));
    case 'AT_ReplicaIdentity':
      return whole((own) => replicaIdentity(own, cmd));
    case 'AT_ChangeOwner':
      return whole((own) => ({ ...own, owner: cmd.newowner?.rolename ?? own.owner }));
    default:
      return catalog;
  }
}

/** When triggers fire from now on; partitions follow with those that they have from their parent. */
function withSwitched(table: Table, { subtype = 'AT_AddColumn', name }: AlterTableCmd, isBelow: boolean): Table {
  const enabled =
    subtype === 'AT_EnableAlwaysTrig'
      ? 'always'
      : subtype === 'AT_EnableReplicaTrig'
        ? 'replica'
        : subtype.startsWith('AT_Disable')
          ? 'disabled'
          : 'origin';
  const isMeant = (trigger: Trigger) =>
    (name === undefined || trigger.name === name) && (!isBelow || trigger.inherited);
  return { ...table, triggers: table.triggers.map((one) => (isMeant(one) ? { ...one, enabled } : one)) };
}

function replicaIdentity(table: Table, cmd: AlterTableCmd): Table {
  const identity = as(cmd.def, 'ReplicaIdentityStmt');
  const kinds = { d: 'default', n: 'nothing', f: 'full', i: 'index' } as const;
  const letter = identity?.identity_type;
  const kind =
    letter === 'd' || letter === 'n' || letter === 'f' || letter === 'i' ? kinds[letter] : table.replicaIdentity;
  const indexes = table.indexes.map((index) => ({
    ...index,
    replicaIdentity: kind === 'index' && index.name === identity?.name,
  }));
  return { ...table, replicaIdentity: kind, indexes };
}

/** What a parent `ONLY` loses becomes the own of the tables below that have it. */
const leftToChildren = ({ catalog, lookup }: Simulation, table: ObjectName, cmd: AlterTableCmd): Catalog =>
  lookup.childrenOf(table).reduce(
    (current, child) =>
      editTable(current, child, (own) => ({
        ...own,
        ...(cmd.subtype === 'AT_DropColumn'
          ? { columns: own.columns.map((one) => (one.name === cmd.name ? { ...one, local: true } : one)) }
          : { constraints: own.constraints.map((one) => (one.name === cmd.name ? { ...one, local: true } : one)) }),
      })),
    catalog,
  );

/** `NOT NULL` of a parent `ONLY` is a constraint that says so, since these have names. */
function keptFromChildren(simulation: Simulation, before: Table | undefined, { name = '' }: AlterTableCmd): Catalog {
  const column = before?.columns.find((own) => own.name === name);
  const { catalog, lookup, version } = simulation;
  if (before === undefined || column === undefined || column.notNull || version < 180_000) return catalog;
  if (lookup.childrenOf(before).length === 0) return catalog;
  const added = {
    name: notNullName(before, column),
    kind: 'not null' as const,
    columns: [name],
    definition: `NOT NULL ${quoteIdentifier(name)} NO INHERIT`,
    validated: true,
    deferrable: false,
    initiallyDeferred: false,
    noInherit: true,
    local: true,
    references: null,
    comment: null,
  };
  return editTable(catalog, before, (own) => ({ ...own, constraints: [...own.constraints, added] }));
}

/** `ALTER TABLE` with all its actions, on the table and on what inherits from it. */
export function alterTable(simulation: Simulation, statement: AlterTableStmt): Catalog {
  const table = simulation.relation(nameOf(statement.relation));
  const kind = simulation.lookup.relationKind(table);
  if (kind === 'index') return alterIndex(simulation, table, statement);
  if (kind === 'view' || kind === 'materialized view') return alterView(simulation, table, statement);
  let current = simulation;
  for (const cmd of all(statement.cmds, 'AlterTableCmd')) {
    const before = current.lookup.table(table);
    current = advance(current, applyToTable(current, table, cmd));
    if (statement.relation?.inh === true) current = advance(current, handDown(current, before));
    else if (cmd.subtype === 'AT_DropColumn' || cmd.subtype === 'AT_DropConstraint')
      current = advance(current, leftToChildren(current, table, cmd));
    else if (cmd.subtype === 'AT_SetNotNull') current = advance(current, keptFromChildren(current, before, cmd));
  }
  return current.catalog;
}
