import type { AlterTableCmd, ColumnDef, Node } from '@pgsql/types';
import type { Column, Constraint, Index, ObjectName } from '../../catalog/catalog.ts';
import { sameName } from '../catalog-lookup.ts';
import { mentionsColumn } from '../expressions.ts';
import { as, strings } from '../nodes.ts';
import { keyOf } from '../table-index.ts';
import { type TypeChange, typeChange } from '../type-change.ts';
import { parseType, type TypeRef, typeRef } from '../type-name.ts';
import type { EffectScope } from './effect-scope.ts';
import { scanForeignKeyEnds } from './foreign-key.ts';

/** True when an index reads a column in an expression or in its predicate. */
export const usesInExpression = (index: Index, column: string): boolean =>
  index.keys.some((key) => key.expression !== null && mentionsColumn(key.expression, column)) ||
  (index.predicate !== null && mentionsColumn(index.predicate, column));

const hasAsKey = (index: Index, column: string): boolean => index.keys.some((key) => key.column === column);

/** `USING c`, or `USING c::type`: the type that the cast passes through; undefined when it is another expression. */
function castInUsing(using: Node, column: string): TypeRef | null | undefined {
  const cast = as(using, 'TypeCast');
  const reference = as(cast === undefined ? using : cast.arg, 'ColumnRef');
  if (reference === undefined || strings(reference.fields).at(-1) !== column) return undefined;
  return cast === undefined ? null : typeRef(cast.typeName);
}

const worse = (a: TypeChange, b: TypeChange): TypeChange => ({
  rewrite: a.rewrite === 'none' ? b.rewrite : a.rewrite,
  rebuildsIndexes: a.rebuildsIndexes || b.rebuildsIndexes,
  revalidatesForeignKeys: a.revalidatesForeignKeys || b.revalidatesForeignKeys,
});

/** What becomes of a column's rows under `ALTER COLUMN … TYPE`. */
export function columnTypeChange(
  scope: EffectScope,
  column: Column | undefined,
  name: string,
  definition: ColumnDef,
): TypeChange {
  const context = { ...scope, serverVersion: scope.version };
  const from = column === undefined ? null : parseType(column.type);
  const to = typeRef(definition.typeName);
  const change = typeChange(from, to, context);
  const using = definition.raw_default;
  if (using === undefined) return change;
  const through = castInUsing(using, name);
  if (through === undefined) return { ...change, rewrite: 'table', rebuildsIndexes: true };
  if (through === null) return change;
  return worse(typeChange(from, through, context), typeChange(through, to, context));
}

function changesCollation(column: Column | undefined, definition: ColumnDef): boolean {
  const wanted = definition.collClause === undefined ? null : strings(definition.collClause.collname).at(-1);
  if (column === undefined) return wanted !== null;
  const current = column.collation === null ? null : column.collation.replaceAll('"', '').split('.').at(-1);
  return (wanted ?? 'default') !== (current ?? 'default');
}

/** Foreign keys that a table's column takes part in, on either end. */
function foreignKeysOf(scope: EffectScope, table: ObjectName, column: string) {
  const own = (scope.lookup.table(table)?.constraints ?? [])
    .filter((constraint) => constraint.references !== null && constraint.columns.includes(column))
    .map((constraint) => ({ referencing: table, constraint }));
  const others = scope.lookup
    .referencesTo(table)
    .filter(({ constraint }) => constraint.references?.columns.includes(column) === true)
    .map(({ table: referencing, constraint }) => ({ referencing, constraint }));
  const seen = new Map<string, { referencing: ObjectName; constraint: Constraint }>();
  for (const key of [...own, ...others]) seen.set(`${keyOf(key.referencing)}\u0000${key.constraint.name}`, key);
  return [...seen.values()];
}

/** `ALTER COLUMN … TYPE` on a table and what inherits from it; the lock on these is already taken. */
export function alterColumnType(scope: EffectScope, tree: readonly ObjectName[], cmd: AlterTableCmd): void {
  const definition = as(cmd.def, 'ColumnDef');
  const name = cmd.name ?? '';
  if (definition === undefined) return;
  for (const member of tree) {
    const table = scope.lookup.table(member);
    const column = table?.columns.find((candidate) => candidate.name === name);
    if (table !== undefined && column === undefined) continue;
    const change = columnTypeChange(scope, column, name, definition);
    if (change.rewrite === 'unknown') scope.unsure(`the present type of column ${name} is not known`);
    if (change.rewrite !== 'none') {
      scope.rewrite(member);
      scope.build(member);
    }
    for (const index of table?.indexes ?? []) {
      const rebuilt = change.rebuildsIndexes || changesCollation(column, definition);
      if (usesInExpression(index, name) || (rebuilt && hasAsKey(index, name))) scope.build(member);
    }
    for (const constraint of table?.constraints ?? []) {
      // Its condition may mean something else for the new type, so it is looked at again.
      if (constraint.kind === 'check' && constraint.validated && constraint.columns.includes(name)) scope.scan(member);
    }
    for (const { referencing, constraint } of foreignKeysOf(scope, member, name)) {
      const referenced = constraint.references?.table;
      if (referenced === undefined) continue;
      // The constraint is dropped and made again, on both of its ends.
      const partner = sameName(referencing, member) ? referenced : referencing;
      for (const part of scope.partitionTree(partner)) scope.lock(part, 'ACCESS EXCLUSIVE');
      if (change.revalidatesForeignKeys && constraint.validated) scanForeignKeyEnds(scope, referencing, referenced);
    }
    if (column?.identity != null) {
      for (const sequence of scope.lookup.sequencesOf(member)) {
        if (sequence.ownedBy?.column === name) scope.lock(sequence, 'SHARE ROW EXCLUSIVE');
      }
    }
  }
}
