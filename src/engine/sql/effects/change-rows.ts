import type { CopyStmt, DeleteStmt, InsertStmt, MergeStmt, Node, RangeVar, UpdateStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, findNodes } from '../nodes.ts';
import type { EffectScope } from './effect-scope.ts';
import { lockRows, readQuery } from './read-query.ts';
import { type Change, type Written, writtenThrough } from './written-through.ts';

/** Rows that point elsewhere are looked up there, and the row found is kept from going away. */
function lockLookedUp(scope: EffectScope, table: ObjectName, columns: ReadonlySet<string> | null): void {
  for (const constraint of scope.lookup.table(table)?.constraints ?? []) {
    if (constraint.references === null) continue;
    if (columns !== null && !constraint.columns.some((column) => columns.has(column))) continue;
    scope.lock(constraint.references.table, 'ROW SHARE');
  }
}

/** Rows elsewhere that point at a row that goes away are looked for, deleted or changed. */
function lockPointing(
  scope: EffectScope,
  table: ObjectName,
  change: 'update' | 'delete',
  columns: ReadonlySet<string> | null,
): void {
  for (const { table: referencing, constraint } of scope.lookup.referencesTo(table)) {
    const references = constraint.references;
    if (references === null) continue;
    if (columns !== null && !references.columns.some((column) => columns.has(column))) continue;
    const action = change === 'delete' ? references.onDelete : references.onUpdate;
    const writes = action === 'cascade' || action === 'set null' || action === 'set default';
    scope.lock(referencing, writes ? 'ROW EXCLUSIVE' : 'ROW SHARE');
  }
}

/** The tables, and the views on the way to them, that an `UPDATE`, `DELETE` or `MERGE` changes, each with its descendants. */
const members = (
  scope: EffectScope,
  relation: RangeVar | undefined,
  changes: readonly Change[],
): readonly (Pick<Written, 'isFiltered' | 'columnOf'> & { readonly member: ObjectName })[] =>
  writtenThrough(scope, scope.relation(relation), changes, relation?.inh === true).flatMap(
    ({ relation: written, withTree, isFiltered, columnOf }) =>
      (withTree ? scope.tree(written) : [written]).map((member) => ({ member, isFiltered, columnOf })),
  );

const namesIn = (columnOf: Written['columnOf'], named: Iterable<string>): ReadonlySet<string> =>
  new Set([...named].flatMap((name) => columnOf(name) ?? []));

/** Data-changing parts of a `WITH` clause. */
function changeWithin(scope: EffectScope, statement: { readonly withClause?: { ctes?: Node[] } }): void {
  for (const common of all(statement.withClause?.ctes, 'CommonTableExpr')) {
    if (common.ctequery !== undefined) changeRows(scope, common.ctequery);
  }
}

function insertRows(scope: EffectScope, statement: InsertStmt): void {
  const columns = all(statement.cols, 'ResTarget').map((column) => column.name ?? '');
  for (const { relation, columnOf } of writtenThrough(scope, scope.relation(statement.relation), ['INSERT'], false)) {
    scope.lock(relation, 'ROW EXCLUSIVE');
    lockLookedUp(scope, relation, columns.length === 0 ? null : namesIn(columnOf, columns));
  }
  const select = as(statement.selectStmt, 'SelectStmt');
  if (select !== undefined && select.valuesLists === undefined) readQuery(scope, { SelectStmt: select });
  changeWithin(scope, statement);
}

function updateRows(scope: EffectScope, statement: UpdateStmt): void {
  const named = all(statement.targetList, 'ResTarget').map((column) => column.name ?? '');
  for (const { member, isFiltered, columnOf } of members(scope, statement.relation, ['UPDATE'])) {
    const changed = namesIn(columnOf, named);
    scope.lock(member, 'ROW EXCLUSIVE');
    if (statement.whereClause === undefined && !isFiltered) scope.scan(member);
    lockLookedUp(scope, member, changed);
    lockPointing(scope, member, 'update', changed);
  }
  lockRows(scope, statement.fromClause);
  changeWithin(scope, statement);
}

function deleteRows(scope: EffectScope, statement: DeleteStmt): void {
  for (const { member, isFiltered } of members(scope, statement.relation, ['DELETE'])) {
    scope.lock(member, 'ROW EXCLUSIVE');
    if (statement.whereClause === undefined && !isFiltered) scope.scan(member);
    lockPointing(scope, member, 'delete', null);
  }
  changeWithin(scope, statement);
}

const MERGED: Readonly<Record<string, Change | undefined>> = {
  CMD_INSERT: 'INSERT',
  CMD_UPDATE: 'UPDATE',
  CMD_DELETE: 'DELETE',
};

function mergeRows(scope: EffectScope, statement: MergeStmt): void {
  const clauses = all(statement.mergeWhenClauses, 'MergeWhenClause');
  const changes = clauses.flatMap(({ commandType }) => MERGED[commandType ?? ''] ?? []);
  for (const { member, columnOf } of members(scope, statement.relation, changes)) {
    scope.lock(member, 'ROW EXCLUSIVE');
    for (const { commandType, targetList } of clauses) {
      const named = all(targetList, 'ResTarget').map(({ name }) => name ?? '');
      const changed = namesIn(columnOf, named);
      if (commandType === 'CMD_DELETE') lockPointing(scope, member, 'delete', null);
      if (commandType === 'CMD_INSERT') lockLookedUp(scope, member, named.length === 0 ? null : changed);
      if (commandType !== 'CMD_UPDATE') continue;
      lockLookedUp(scope, member, changed);
      lockPointing(scope, member, 'update', changed);
    }
  }
  changeWithin(scope, statement);
}

/** `COPY … FROM` writes, `COPY … TO` reads all of it. */
export function copyRows(scope: EffectScope, statement: CopyStmt): void {
  if (statement.relation === undefined) {
    if (statement.query !== undefined) readQuery(scope, statement.query);
    return;
  }
  const table = scope.relation(statement.relation);
  if (statement.is_from !== true) {
    scope.scan(table);
    return;
  }
  scope.lock(table, 'ROW EXCLUSIVE');
  lockLookedUp(scope, table, null);
}

/** `INSERT`, `UPDATE`, `DELETE`, `MERGE` and `SELECT`; anything else leaves the scope as it is. */
export function changeRows(scope: EffectScope, node: Node): void {
  const insert = as(node, 'InsertStmt');
  const update = as(node, 'UpdateStmt');
  const deletion = as(node, 'DeleteStmt');
  const merge = as(node, 'MergeStmt');
  const select = as(node, 'SelectStmt');
  if (insert !== undefined) insertRows(scope, insert);
  if (update !== undefined) updateRows(scope, update);
  if (deletion !== undefined) deleteRows(scope, deletion);
  if (merge !== undefined) mergeRows(scope, merge);
  if (select === undefined) return;
  changeWithin(scope, select);
  if (findNodes(select.withClause, 'CommonTableExpr').length === 0) readQuery(scope, node);
  else lockRows(scope, node);
}
