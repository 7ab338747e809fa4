import type { Node } from '@pgsql/types';
import type { Catalog, ObjectName } from '../catalog/catalog.ts';
import { catalogLookup, resolveName } from './catalog-lookup.ts';
import { emptyCatalog } from './empty-catalog.ts';
import {
  as,
  findNodes,
  nameOf,
  nameOfObject,
  nameOfParts,
  rangeVariablesIn,
  strings,
  type WrittenName,
} from './nodes.ts';
import type { Statement } from './parser.ts';
import { keyOf } from './table-index.ts';

/** Objects of a `DROP` or `COMMENT` that belong to a table, whose name comes before theirs. */
const partsOfTables: ReadonlySet<string> = new Set([
  'OBJECT_TRIGGER',
  'OBJECT_RULE',
  'OBJECT_POLICY',
  'OBJECT_COLUMN',
  'OBJECT_TABCONSTRAINT',
]);

function namesInDrop(removeType: string | undefined, object: Node | undefined): readonly WrittenName[] {
  if (removeType === undefined || !partsOfTables.has(removeType)) return [nameOfObject(object)];
  return [nameOfParts(strings(as(object, 'List')?.items).slice(0, -1))];
}

/** Names of things that are not relations: types, routines, schemas. */
function otherNames(node: Node): readonly WrittenName[] | null {
  const drop = as(node, 'DropStmt');
  if (drop !== undefined) {
    if (drop.removeType === 'OBJECT_SCHEMA') return [];
    return (drop.objects ?? []).flatMap((object) => namesInDrop(drop.removeType, object));
  }
  const comment = as(node, 'CommentStmt');
  if (comment !== undefined) return namesInDrop(comment.objtype, comment.object);
  const typeName =
    as(node, 'CreateEnumStmt')?.typeName ??
    as(node, 'AlterEnumStmt')?.typeName ??
    as(node, 'CreateRangeStmt')?.typeName ??
    as(node, 'CreateDomainStmt')?.domainname ??
    as(node, 'AlterDomainStmt')?.typeName ??
    as(node, 'CreateFunctionStmt')?.funcname;
  return typeName === undefined ? null : [nameOfParts(strings(typeName))];
}

/**
 * The objects that a statement names, each once, in the order of the text: relations first of all, with the schema that
 * the search path finds them in. Common table expressions are not objects.
 */
export function objectsOf(
  statement: Pick<Statement, 'node'>,
  catalog: Catalog | null,
  searchPath: readonly string[] = (catalog ?? emptyCatalog).server.searchPath,
): readonly ObjectName[] {
  const lookup = catalogLookup(catalog ?? emptyCatalog);
  const exists = (name: ObjectName) =>
    lookup.relationKind(name) !== undefined || lookup.type(name) !== undefined || lookup.routines(name).length > 0;
  const common = new Set(findNodes(statement.node, 'CommonTableExpr').map((expression) => expression.ctename ?? ''));
  const relations = rangeVariablesIn(statement.node)
    .filter((relation) => relation.schemaname !== undefined || !common.has(relation.relname ?? ''))
    .map(nameOf);
  const written = [...(otherNames(statement.node) ?? []), ...relations];
  const found = new Map<string, ObjectName>();
  for (const name of written) {
    if (name.name === '') continue;
    const resolved = resolveName(name, searchPath, exists);
    found.set(keyOf(resolved), resolved);
  }
  return [...found.values()];
}
