import type { AlterTableCmd, Constraint as ConstraintNode } from '@pgsql/types';
import type { Constraint, ObjectName } from '../../catalog/catalog.ts';
import { parseCheck, provesNotNull } from '../expressions.ts';
import { as, strings } from '../nodes.ts';
import type { EffectScope } from './effect-scope.ts';
import { addForeignKey, isChecked, lockReferenced, lockReferencing } from './foreign-key.ts';

/** True when the catalog proves that no row can hold a NULL in a column, so that `SET NOT NULL` need not look. */
export function isProvenNotNull(scope: EffectScope, table: ObjectName, column: string): boolean {
  const found = scope.lookup.table(table);
  if (found === undefined) return false;
  const pending = found.constraints.some((c) => c.kind === 'not null' && !c.validated && c.columns.includes(column));
  if (found.columns.find((candidate) => candidate.name === column)?.notNull === true && !pending) return true;
  if (scope.version < 120_000) return false;
  return found.constraints.some((constraint) => {
    if (constraint.kind !== 'check' || !constraint.validated || !constraint.columns.includes(column)) return false;
    const condition = parseCheck(constraint.definition);
    return condition !== null && provesNotNull(condition, column);
  });
}

/** `SET NOT NULL` reads the table unless a constraint proves the answer. */
export function setNotNull(scope: EffectScope, tree: readonly ObjectName[], column: string): void {
  for (const member of tree) if (!isProvenNotNull(scope, member, column)) scope.scan(member);
}

function keyColumns(scope: EffectScope, table: ObjectName, constraint: ConstraintNode): readonly string[] {
  if (constraint.indexname === undefined) return strings(constraint.keys);
  const index = scope.lookup.index({ schema: table.schema, name: constraint.indexname });
  return (index?.index.keys ?? []).flatMap((key) => (key.column === null ? [] : [key.column]));
}

/** The index of a new key is built on every partition, under SHARE where no stronger lock is taken. */
function buildOn(scope: EffectScope, partitions: readonly ObjectName[]): void {
  for (const member of partitions) {
    scope.lock(member, 'SHARE');
    scope.build(member);
  }
}

/** `ADD CONSTRAINT` in all its kinds; the lock on the table itself is already taken. */
export function addConstraint(
  scope: EffectScope,
  table: ObjectName,
  tree: readonly ObjectName[],
  constraint: ConstraintNode,
): void {
  const partitions = scope.partitionTree(table);
  switch (constraint.contype) {
    case 'CONSTR_FOREIGN':
      addForeignKey(scope, table, constraint);
      return;
    case 'CONSTR_CHECK':
      if (isChecked(constraint)) {
        for (const member of constraint.is_no_inherit === true ? [table] : tree) scope.scan(member);
      }
      return;
    case 'CONSTR_NOTNULL':
      if (constraint.skip_validation !== true) {
        for (const column of strings(constraint.keys)) setNotNull(scope, tree, column);
      }
      return;
    case 'CONSTR_PRIMARY': {
      const columns = keyColumns(scope, table, constraint);
      // What inherits gets no key, and its columns become NOT NULL all the same.
      const members = scope.tree(table);
      for (const column of columns) setNotNull(scope, members, column);
      const nullable = members.filter((member) => columns.some((column) => !isProvenNotNull(scope, member, column)));
      for (const member of nullable) scope.lock(member, 'ACCESS EXCLUSIVE');
      if (constraint.indexname === undefined) buildOn(scope, partitions);
      else if (columns.length === 0 && scope.lookup.table(table) === undefined) {
        scope.scan(table);
        scope.unsure('whether the columns of the index are already NOT NULL is not known');
      }
      return;
    }
    case 'CONSTR_UNIQUE':
    case 'CONSTR_EXCLUSION':
      if (constraint.indexname === undefined) buildOn(scope, partitions);
      return;
    default:
      return;
  }
}

const findConstraint = (scope: EffectScope, table: ObjectName, name: string): Constraint | undefined =>
  scope.lookup.table(table)?.constraints.find((constraint) => constraint.name === name);

/** `VALIDATE CONSTRAINT`: reads the table, and the referenced one for a foreign key. */
export function validateConstraint(scope: EffectScope, table: ObjectName, name: string): void {
  const constraint = findConstraint(scope, table, name);
  if (constraint === undefined) {
    scope.scan(table);
    if (!scope.hasCatalog) scope.unsure(`the kind of constraint ${name} is not known: a foreign key reads two tables`);
    return;
  }
  if (constraint.validated) return;
  const referenced = constraint.references?.table;
  if (referenced === undefined) {
    for (const member of scope.tree(table)) scope.scan(member);
    return;
  }
  for (const member of scope.partitionTree(table)) scope.scan(member, 'planned');
  for (const member of scope.partitionTree(referenced)) {
    scope.lock(member, 'ROW SHARE');
    scope.scan(member, 'planned');
  }
}

/** `DROP CONSTRAINT`: a foreign key has triggers on the other table, which is locked to drop them. */
export function dropConstraint(scope: EffectScope, table: ObjectName, cmd: AlterTableCmd): void {
  const constraint = findConstraint(scope, table, cmd.name ?? '');
  if (constraint === undefined) {
    if (!scope.hasCatalog) scope.unsure(`if ${cmd.name ?? ''} is a foreign key, the other table is locked too`);
    return;
  }
  lockReferenced(scope, table, 'ACCESS EXCLUSIVE', (candidate) => candidate.name === constraint.name);
  if (cmd.behavior !== 'DROP_CASCADE') return;
  lockReferencing(scope, table, 'ACCESS EXCLUSIVE', ({ references }) =>
    sameColumns(references?.columns ?? [], constraint.columns),
  );
}

/** True when both lists hold the same columns, in whatever order. */
export const sameColumns = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((column) => b.includes(column));

/** The constraint that an `ADD CONSTRAINT` action adds. */
export const addedConstraint = (cmd: AlterTableCmd): ConstraintNode | undefined => as(cmd.def, 'Constraint');
