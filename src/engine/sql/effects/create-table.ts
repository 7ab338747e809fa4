import type { ColumnDef, Constraint, CreateStmt, CreateTableAsStmt, Node, SelectStmt } from '@pgsql/types';
import { all } from '../nodes.ts';
import type { EffectScope } from './effect-scope.ts';
import { createPartition } from './partitions.ts';
import { readQuery } from './read-query.ts';

const constraintsOf = (elements: readonly Node[] | undefined): readonly Constraint[] => [
  ...all(elements, 'Constraint'),
  ...all(elements, 'ColumnDef').flatMap((column: ColumnDef) => all(column.constraints, 'Constraint')),
];

/** `CREATE TABLE`: nobody can wait for the new table, but others are locked for its foreign keys and parents. */
export function createTable(scope: EffectScope, statement: CreateStmt): void {
  const table = scope.relation(statement.relation);
  if (statement.if_not_exists === true && scope.lookup.relationKind(table) !== undefined) return;
  for (const constraint of constraintsOf(statement.tableElts)) {
    if (constraint.contype !== 'CONSTR_FOREIGN') continue;
    const referenced = scope.relation(constraint.pktable);
    if (referenced.schema === table.schema && referenced.name === table.name) continue;
    for (const part of scope.partitionTree(referenced)) scope.lock(part, 'SHARE ROW EXCLUSIVE');
  }
  for (const parent of all(statement.inhRelations, 'RangeVar')) {
    const name = scope.relation(parent);
    if (statement.partbound === undefined) scope.lock(name, 'SHARE UPDATE EXCLUSIVE');
    else createPartition(scope, name, statement.partbound);
  }
}

/** `CREATE TABLE AS` and `CREATE MATERIALIZED VIEW`: the query runs, unless `WITH NO DATA`. */
export function createTableAs(scope: EffectScope, statement: CreateTableAsStmt): void {
  const target = statement.into?.rel;
  const exists = target !== undefined && scope.lookup.relationKind(scope.relation(target)) !== undefined;
  if (statement.if_not_exists === true && exists) return;
  if (statement.into?.skipData === true) return;
  if (statement.query !== undefined) readQuery(scope, statement.query);
}

/** `SELECT … INTO`. */
export function selectInto(scope: EffectScope, statement: SelectStmt): void {
  readQuery(scope, { SelectStmt: statement });
}
