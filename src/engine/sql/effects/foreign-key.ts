import type { Constraint as ConstraintNode } from '@pgsql/types';
import type { Constraint, ObjectName } from '../../catalog/catalog.ts';
import type { LockMode } from '../lock-mode.ts';
import type { EffectScope } from './effect-scope.ts';

/** True when a new constraint is checked against the rows that are there. */
export const isChecked = (constraint: ConstraintNode): boolean =>
  constraint.skip_validation !== true && constraint.is_enforced === true;

/** Locks both ends of a foreign key that is added: partitions of either end included. */
export function lockForeignKeyEnds(scope: EffectScope, referencing: ObjectName, referenced: ObjectName): void {
  const below = scope.version >= 180_000 ? scope.tree(referencing) : scope.partitionTree(referencing);
  for (const table of below) scope.lock(table, 'SHARE ROW EXCLUSIVE');
  for (const table of scope.partitionTree(referenced)) scope.lock(table, 'SHARE ROW EXCLUSIVE');
}

/** The join that looks for orphans reads both tables from end to end, or where the planner likes it an index of them. */
export function scanForeignKeyEnds(scope: EffectScope, referencing: ObjectName, referenced: ObjectName): void {
  for (const table of scope.partitionTree(referencing)) scope.scan(table, 'planned');
  for (const table of scope.partitionTree(referenced)) scope.scan(table, 'planned');
}

/** Adding a foreign key to a table that exists. */
export function addForeignKey(scope: EffectScope, table: ObjectName, constraint: ConstraintNode): void {
  const referenced = scope.relation(constraint.pktable);
  lockForeignKeyEnds(scope, table, referenced);
  if (isChecked(constraint)) scanForeignKeyEnds(scope, table, referenced);
}

/** Locks the tables that a table's foreign keys point at; `only` picks some of its constraints. */
export function lockReferenced(
  scope: EffectScope,
  table: ObjectName,
  mode: LockMode,
  only: (constraint: Constraint) => boolean = () => true,
): void {
  for (const constraint of scope.lookup.table(table)?.constraints ?? []) {
    if (constraint.references === null || !only(constraint)) continue;
    for (const referenced of scope.partitionTree(constraint.references.table)) scope.lock(referenced, mode);
  }
}

/** Locks the tables that hold triggers for a table's foreign keys, which go: partitioned ones have some since 15. */
export function lockTriggered(scope: EffectScope, table: ObjectName, only: (constraint: Constraint) => boolean): void {
  for (const constraint of scope.lookup.table(table)?.constraints ?? []) {
    if (constraint.references === null || !only(constraint)) continue;
    for (const referenced of scope.partitionTree(constraint.references.table)) {
      const isPartitioned = scope.lookup.table(referenced)?.kind === 'partitioned table';
      if (!isPartitioned || scope.version >= 150_000) scope.lock(referenced, 'ACCESS EXCLUSIVE');
    }
  }
}

/** Locks the tables whose foreign keys point at a table; `only` picks some of these constraints. */
export function lockReferencing(
  scope: EffectScope,
  table: ObjectName,
  mode: LockMode,
  only: (constraint: Constraint) => boolean = () => true,
): void {
  for (const { table: referencing, constraint } of scope.lookup.referencesTo(table)) {
    if (!only(constraint)) continue;
    for (const part of scope.partitionTree(referencing)) scope.lock(part, mode);
  }
}
