import type { IndexStmt, ReindexStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { optionIsOn } from '../option-is-on.ts';
import type { EffectScope } from './effect-scope.ts';
import { lockReferencing } from './foreign-key.ts';

/** `CREATE INDEX`: writers wait for the whole build, unless it is concurrent. */
export function createIndex(scope: EffectScope, statement: IndexStmt): void {
  const table = scope.relation(statement.relation);
  const concurrent = statement.concurrent === true;
  if (concurrent) scope.transaction('forbidden');
  const name = statement.idxname;
  const exists = name !== undefined && scope.lookup.relationKind({ schema: table.schema, name }) !== undefined;
  const tree = statement.relation?.inh === true ? scope.partitionTree(table) : [table];
  for (const member of tree) {
    scope.lock(member, concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE');
    if (!(statement.if_not_exists === true && exists)) scope.build(member);
  }
}

/** One index of a `DROP INDEX`. */
export function dropIndex(
  scope: EffectScope,
  index: ObjectName,
  { concurrent, cascade }: { readonly concurrent: boolean; readonly cascade: boolean },
): void {
  const placed = scope.lookup.index(index);
  const mode = concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  if (placed === undefined) {
    if (scope.hasCatalog) return;
    scope.lock(index, mode);
    scope.unsure('the table of the index is locked too: which one is not known');
    return;
  }
  for (const table of scope.lookup.table(placed.on) === undefined ? [placed.on] : scope.partitionTree(placed.on)) {
    scope.lock(table, mode);
  }
  if (!cascade) return;
  const keys = placed.index.keys.map(({ column }) => column);
  lockReferencing(
    scope,
    placed.on,
    'ACCESS EXCLUSIVE',
    ({ references }) =>
      references !== null &&
      references.columns.length === keys.length &&
      references.columns.every((name) => keys.includes(name)),
  );
}

function reindexTable(scope: EffectScope, table: ObjectName, concurrent: boolean): void {
  scope.lock(table, concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE');
  const known = scope.lookup.table(table) ?? scope.lookup.view(table);
  if (known === undefined || known.indexes.length > 0) scope.build(table);
}

/** `REINDEX` of an index, a table, a schema or the database. */
export function reindex(scope: EffectScope, statement: ReindexStmt): void {
  const concurrent = optionIsOn(statement.params, 'concurrently');
  if (concurrent) scope.transaction('forbidden');
  if (statement.kind === 'REINDEX_OBJECT_TABLE' || statement.kind === 'REINDEX_OBJECT_INDEX') {
    const target = scope.relation(statement.relation);
    const placed = scope.lookup.index(target);
    const table = statement.kind === 'REINDEX_OBJECT_INDEX' ? placed?.on : target;
    if (table === undefined) {
      scope.lock(target, concurrent ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE');
      if (!scope.hasCatalog) scope.unsure('the table of the index is locked too: which one is not known');
      return;
    }
    const parts = scope.lookup.table(table)?.kind === 'partitioned table' ? scope.partitionTree(table) : [table];
    // Each partition is done in a transaction of its own.
    if (parts.length > 1) scope.transaction('forbidden');
    for (const part of parts) reindexTable(scope, part, concurrent);
    return;
  }
  scope.transaction('forbidden');
  for (const table of scope.catalog.tables) {
    if (statement.kind !== 'REINDEX_OBJECT_SCHEMA' || table.schema === statement.name) {
      if (table.kind === 'table') reindexTable(scope, table, concurrent);
    }
  }
}
