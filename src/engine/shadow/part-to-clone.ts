import type { Node } from '@pgsql/types';
import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import { partOfCatalog } from '../catalog/catalog-part.ts';
import { dependencyGraph, type GraphObject } from '../catalog/dependency-graph.ts';
import type { SqlRefusal } from '../ports/sql-client.ts';
import { catalogLookup } from '../sql/catalog-lookup.ts';
import { as } from '../sql/nodes.ts';
import { objectsOf } from '../sql/objects.ts';
import { parseScript, type Script } from '../sql/parser.ts';
import type { ShadowRunReport } from './report.ts';
import { touchedTables, withNeighbours } from './rows/touched-tables.ts';

/** With more tables than this, only what a migration touches is copied, where that can be told. */
export const MANY_TABLES = 2_000;

/** Statements that say by name all that they touch. */
const NAMING: ReadonlySet<string> = new Set([
  ...['AlterTableStmt', 'CreateStmt', 'IndexStmt', 'DropStmt', 'RenameStmt', 'ViewStmt', 'CommentStmt', 'TruncateStmt'],
  ...['CreateEnumStmt', 'AlterEnumStmt', 'CreateDomainStmt', 'AlterDomainStmt', 'CreateFunctionStmt', 'CreateTrigStmt'],
  ...['CreateSeqStmt', 'AlterSeqStmt', 'CreatePolicyStmt', 'AlterPolicyStmt', 'CreateStatsStmt', 'GrantStmt'],
  ...['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'TransactionStmt', 'VariableSetStmt', 'LockStmt'],
]);

const OWNERS_OF_MUCH: ReadonlySet<string> = new Set(['OBJECT_SCHEMA', 'OBJECT_EXTENSION', 'OBJECT_LANGUAGE']);

function saysWhatItTouches(node: Node): boolean {
  const drop = as(node, 'DropStmt');
  if (drop?.removeType !== undefined && OWNERS_OF_MUCH.has(drop.removeType)) return false;
  const grant = as(node, 'GrantStmt');
  if (grant !== undefined && grant.targtype !== 'ACL_TARGET_OBJECT') return false;
  return Object.keys(node).every((kind) => NAMING.has(kind));
}

/** Names that a statement gives: what has one already has to be there, so that it is refused as on the target. */
const namesGiven = (node: Node): readonly string[] =>
  [as(node, 'IndexStmt')?.idxname, as(node, 'RenameStmt')?.newname].flatMap((name) => (name ? [name] : []));

/** A part of a catalog to copy instead of all of it, and how much that is. */
export type PartToClone = {
  readonly catalog: Catalog;
  readonly part: NonNullable<ShadowRunReport['clone']['part']>;
};

/**
 * What a migration touches, its neighbours, what uses them, and all that these need. Null when the catalog is not large,
 * or the statements do not say what they touch. The parser must be loaded.
 */
export function partToClone(
  catalog: Catalog,
  texts: readonly string[],
  { manyTables = MANY_TABLES }: { readonly manyTables?: number | undefined } = {},
): PartToClone | null {
  if (catalog.tables.length <= manyTables) return null;
  const scripts: Script[] = [];
  for (const text of texts) {
    const script = parseScript(text);
    if (!script.ok || !script.value.statements.every(({ node }) => saysWhatItTouches(node))) return null;
    scripts.push(script.value);
  }
  const lookup = catalogLookup(catalog);
  const graph = dependencyGraph(catalog);
  const statements = scripts.flatMap((script) => script.statements);
  const given = new Set(statements.flatMap(({ node }) => namesGiven(node)));
  const taken = catalog.tables.filter(
    ({ name, indexes }) => given.has(name) || indexes.some((index) => given.has(index.name)),
  );
  const touched = [...scripts.flatMap((script) => touchedTables(script, catalog)), ...taken];
  const tables = [...withNeighbours(catalog, touched).values()];
  const named = statements.flatMap((statement) => objectsOf(statement, catalog));
  const wanted: GraphObject[] = [
    ...tables.map(({ schema, name }) => ({ kind: 'table', schema, name })),
    ...named.flatMap((name) => graphObjectsOf(catalog, lookup, name)),
  ];
  const users = wanted.flatMap((object) => graph.dependentsOf(object, { transitive: true }).map((one) => one.object));
  const part = partOfCatalog(catalog, [...wanted, ...users]);
  return { catalog: part, part: { tables: part.tables.length, of: catalog.tables.length } };
}

/** What has a name, whatever it is; a routine's name stands for all of its forms. */
function graphObjectsOf(
  catalog: Catalog,
  lookup: ReturnType<typeof catalogLookup>,
  { schema, name }: ObjectName,
): readonly GraphObject[] {
  const view = lookup.view({ schema, name });
  return [
    ...(view === undefined ? [] : [{ kind: view.materialized ? 'materialized view' : 'view', schema, name }]),
    ...(lookup.sequence({ schema, name }) === undefined ? [] : [{ kind: 'sequence', schema, name }]),
    ...(lookup.type({ schema, name }) === undefined ? [] : [{ kind: 'type', schema, name }]),
    ...catalog.routines
      .filter((routine) => routine.schema === schema && routine.name === name)
      .map((routine) => ({ kind: 'routine', schema, name: `${name}(${routine.arguments})` })),
  ];
}

/** What the server says of something that is not there: in a part, it may have been left out. */
const NOT_THERE: ReadonlySet<string> = new Set(['42P01', '42883', '42704', '42703', '3F000', '42P07', '23503']);

/** True when a statement was refused on a part for something that may be in the rest. */
export const mayBeInTheRest = ({ sqlstate }: Pick<SqlRefusal, 'sqlstate'>): boolean => NOT_THERE.has(sqlstate);

/** True when a run on a part stumbled over something that may be in the rest; up again misses only what down left out. */
export function mayLackSomething({ steps, data }: ShadowRunReport): boolean {
  const first = steps.filter(({ name }) => name !== 'up-again').map(({ error }) => error);
  return [...first, data?.stoppedAt].some((error) => error != null && mayBeInTheRest(error));
}
