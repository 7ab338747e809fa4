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
import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, nameOfParts, strings } from '../nodes.ts';
import { parseScript } from '../parser.ts';
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

type PublicationStatement = { readonly pubobjects?: Node[] };

/** The tables that a list of publication objects names, with what inherits from them but without their partitions. */
function publishedTables(scope: EffectScope, statement: PublicationStatement): readonly ObjectName[] {
  return all(statement.pubobjects, 'PublicationObjSpec').flatMap(({ pubtable }) => {
    const relation = pubtable?.relation;
    if (relation === undefined) return [];
    const name = scope.relation(relation);
    const below = relation.inh === true ? scope.lookup.descendantsOf(name) : [];
    return [name, ...below.filter((table) => table.partitionOf === null)];
  });
}

/** The tables that a publication names now, by the statements that the catalog says it is made with. */
function presentTables(scope: EffectScope, publication: string | undefined): readonly ObjectName[] {
  const known = (scope.catalog.otherObjects ?? []).find(
    ({ kind, name }) => kind === 'publication' && name === publication,
  );
  return [known?.definition ?? '', ...(known?.further ?? [])].flatMap((text) => {
    const script = parseScript(text);
    const node = script.ok ? script.value.statements[0]?.node : undefined;
    const statement = as(node, 'CreatePublicationStmt') ?? as(node, 'AlterPublicationStmt');
    return statement === undefined ? [] : publishedTables(scope, statement);
  });
}

/** `CREATE PUBLICATION` and `ALTER PUBLICATION`: the tables that come or go are locked. */
export function publication(scope: EffectScope, statement: CreatePublicationStmt | AlterPublicationStmt): void {
  const replaces = 'action' in statement && statement.action === 'AP_SetObjects' && statement.pubobjects !== undefined;
  const leaving = replaces ? presentTables(scope, statement.pubname) : [];
  for (const table of [...publishedTables(scope, statement), ...leaving]) scope.lock(table, 'SHARE UPDATE EXCLUSIVE');
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
