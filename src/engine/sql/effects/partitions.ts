import type { AlterTableCmd, PartitionBoundSpec } from '@pgsql/types';
import type { Index, ObjectName } from '../../catalog/catalog.ts';
import { as } from '../nodes.ts';
import { provesBound, provesOutside } from '../partition-bound.ts';
import { defaultPartition, type EffectScope } from './effect-scope.ts';
import { lockReferenced, lockReferencing, scanForeignKeyEnds } from './foreign-key.ts';

/** A new partition changes what the default partition may hold: it is locked, and read unless it is empty by proof. */
export function narrowDefault(scope: EffectScope, parent: ObjectName, bound: PartitionBoundSpec | undefined): void {
  if (bound?.is_default === true) return;
  const standing = defaultPartition(scope, parent);
  if (standing === undefined) return;
  const key = scope.lookup.table(parent)?.partitionKey ?? null;
  const table = scope.lookup.table(standing);
  const proven = table !== undefined && key !== null && provesOutside(table, key, bound);
  for (const part of scope.partitionTree(standing)) {
    scope.lock(part, 'ACCESS EXCLUSIVE');
    if (!proven) scope.scan(part);
  }
}

const keysOf = (index: Index): string =>
  JSON.stringify([index.unique, index.method, index.keys.map((key) => key.column ?? key.expression), index.predicate]);

/** Indexes of the parent that the new partition lacks are built while it is locked. */
function buildMissingIndexes(scope: EffectScope, parent: ObjectName, child: ObjectName): void {
  const wanted = scope.lookup.table(parent)?.indexes ?? [];
  const has = new Set((scope.lookup.table(child)?.indexes ?? []).filter((index) => index.valid).map(keysOf));
  if (wanted.some((index) => !has.has(keysOf(index)))) for (const part of scope.partitionTree(child)) scope.build(part);
}

/** The triggers of keys that point at a new partition have parents since 15: the tables that they come from are locked. */
function lockPointing(scope: EffectScope, parent: ObjectName): void {
  if (scope.version >= 150_000) lockReferencing(scope, parent, 'SHARE ROW EXCLUSIVE');
}

/** `ATTACH PARTITION`: the parent stays usable, the child and the default partition do not. */
export function attachPartition(scope: EffectScope, parent: ObjectName, cmd: AlterTableCmd): void {
  const command = as(cmd.def, 'PartitionCmd');
  if (command?.name === undefined) return;
  const child = scope.relation(command.name);
  for (const part of scope.partitionTree(child)) scope.lock(part, 'ACCESS EXCLUSIVE');
  narrowDefault(scope, parent, command.bound);
  const key = scope.lookup.table(parent)?.partitionKey ?? null;
  const table = scope.lookup.table(child);
  const proven = table !== undefined && key !== null && provesBound(table, key, command.bound);
  if (!proven) for (const part of scope.partitionTree(child)) scope.scan(part);
  buildMissingIndexes(scope, parent, child);
  for (const constraint of scope.lookup.table(parent)?.constraints ?? []) {
    const referenced = constraint.references?.table;
    if (referenced === undefined) continue;
    const adopted = table?.constraints.some(
      (own) => own.references !== null && own.validated && own.definition === constraint.definition,
    );
    // A key that the partition has already becomes part of its parent's, and the triggers of its own go.
    const mode = adopted === true ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE';
    for (const part of scope.partitionTree(referenced)) scope.lock(part, mode);
    if (adopted !== true) scanForeignKeyEnds(scope, child, referenced);
  }
  lockPointing(scope, parent);
}

/** `DETACH PARTITION`, concurrently or not. */
export function detachPartition(scope: EffectScope, parent: ObjectName, cmd: AlterTableCmd): void {
  const command = as(cmd.def, 'PartitionCmd');
  if (command?.name === undefined) return;
  const child = scope.relation(command.name);
  // Before 14 only triggers that go with it shut everybody out: its parent's, and those of keys that point at that.
  const losesTriggers =
    scope.lookup.referencesTo(parent).length > 0 ||
    scope.lookup.table(child)?.triggers.some(({ inherited }) => inherited) === true;
  const isStrong = scope.version >= 140_000 || losesTriggers;
  const mode = isStrong ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE';
  for (const part of scope.partitionTree(child)) scope.lock(part, mode);
  if (command.concurrent === true) {
    scope.transaction('forbidden');
    return;
  }
  const standing = defaultPartition(scope, parent);
  if (standing !== undefined) scope.lock(standing, 'ACCESS EXCLUSIVE');
  // The partition keeps the foreign keys of its parent, now with triggers of its own.
  lockReferenced(scope, parent, 'SHARE ROW EXCLUSIVE');
  for (const { table } of scope.lookup.referencesTo(parent)) {
    // Rows that point into the partition would be orphans, so they are looked for.
    for (const part of scope.partitionTree(table)) {
      scope.lock(part, 'ACCESS EXCLUSIVE');
      scope.scan(part);
    }
  }
}

/** `CREATE TABLE … PARTITION OF`: unlike `ATTACH`, it locks the parent against everything. */
export function createPartition(scope: EffectScope, parent: ObjectName, bound: PartitionBoundSpec | undefined): void {
  scope.lock(parent, 'ACCESS EXCLUSIVE');
  narrowDefault(scope, parent, bound);
  lockPointing(scope, parent);
  lockReferenced(scope, parent, 'SHARE ROW EXCLUSIVE');
}
