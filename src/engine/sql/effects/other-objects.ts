import type {
  AlterPublicationStmt,
  AlterSeqStmt,
  CommentStmt,
  CreatePublicationStmt,
  CreateStatsStmt,
  CreateTrigStmt,
  Node,
  ViewStmt,
} from '@pgsql/types';
import { all, as, nameOfParts, strings } from '../nodes.ts';
import type { EffectScope } from './effect-scope.ts';

/** `CREATE TRIGGER` on a table, and on the partitions of a partitioned one for a row trigger. */
export function createTrigger(scope: EffectScope, statement: CreateTrigStmt): void {
  const table = scope.relation(statement.relation);
  for (const member of statement.row === true ? scope.partitionTree(table) : [table]) {
    scope.lock(member, 'SHARE ROW EXCLUSIVE');
  }
}

/** `CREATE OR REPLACE VIEW` locks the view that is replaced; a new one nobody knows. */
export function createView(scope: EffectScope, statement: ViewStmt): void {
  const view = scope.relation(statement.view);
  if (scope.lookup.view(view) !== undefined || (statement.replace === true && !scope.hasCatalog)) {
    scope.lock(view, 'ACCESS EXCLUSIVE');
  }
}

/** `ALTER SEQUENCE`: callers of `nextval` wait. */
export function alterSequence(scope: EffectScope, statement: AlterSeqStmt): void {
  const sequence = scope.relation(statement.sequence);
  if (statement.missing_ok === true && scope.hasCatalog && scope.lookup.sequence(sequence) === undefined) return;
  scope.lock(sequence, 'SHARE ROW EXCLUSIVE');
}

/** `COMMENT ON` a relation or one of its columns; other comments take no lock on a table. */
export function comment(scope: EffectScope, statement: CommentStmt): void {
  const parts = strings(as(statement.object, 'List')?.items);
  switch (statement.objtype) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
    case 'OBJECT_INDEX':
      scope.lock(scope.relation(nameOfParts(parts)), 'SHARE UPDATE EXCLUSIVE');
      return;
    case 'OBJECT_COLUMN':
      scope.lock(scope.relation(nameOfParts(parts.slice(0, -1))), 'SHARE UPDATE EXCLUSIVE');
      return;
    default:
      return;
  }
}

/** `CREATE STATISTICS`. */
export function createStatistics(scope: EffectScope, statement: CreateStatsStmt): void {
  for (const relation of all(statement.relations, 'RangeVar')) {
    scope.lock(scope.relation(relation), 'SHARE UPDATE EXCLUSIVE');
  }
}

/** `CREATE PUBLICATION` and `ALTER PUBLICATION`: the tables that come or go are locked. */
export function publication(scope: EffectScope, statement: CreatePublicationStmt | AlterPublicationStmt): void {
  for (const object of all(statement.pubobjects, 'PublicationObjSpec')) {
    const relation = object.pubtable?.relation;
    if (relation === undefined) continue;
    for (const table of relation.inh === true ? scope.tree(scope.relation(relation)) : [scope.relation(relation)]) {
      if (scope.lookup.table(table)?.partitionOf == null || table.name === relation.relname) {
        scope.lock(table, 'SHARE UPDATE EXCLUSIVE');
      }
    }
  }
}

const option = (options: readonly Node[] | undefined, name: string): boolean | undefined => {
  const found = all(options, 'DefElem').find((candidate) => candidate.defname === name);
  if (found === undefined) return undefined;
  const text = as(found.arg, 'String')?.sval ?? String(as(found.arg, 'Boolean')?.boolval ?? true);
  return !/^(off|false|0)$/i.test(text);
};

/** True for statements that PostgreSQL refuses inside a transaction block, beside those that their own file knows. */
export function isForbiddenInTransaction(node: Node): boolean {
  const subscription = as(node, 'CreateSubscriptionStmt');
  if (subscription !== undefined) {
    const connects = option(subscription.options, 'connect') !== false;
    return connects && option(subscription.options, 'create_slot') !== false;
  }
  const alterDatabase = as(node, 'AlterDatabaseStmt');
  if (alterDatabase !== undefined) {
    return all(alterDatabase.options, 'DefElem').some((candidate) => candidate.defname === 'tablespace');
  }
  const discard = as(node, 'DiscardStmt');
  if (discard !== undefined) return discard.target === 'DISCARD_ALL';
  return (
    'AlterSystemStmt' in node ||
    'CreatedbStmt' in node ||
    'DropdbStmt' in node ||
    'CreateTableSpaceStmt' in node ||
    'DropTableSpaceStmt' in node ||
    'DropSubscriptionStmt' in node
  );
}
