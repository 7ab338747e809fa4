import type { Node, SelectStmt } from '@pgsql/types';
import type { ObjectName } from '../../catalog/catalog.ts';
import { all, as, findNodes, strings } from '../nodes.ts';
import { parseScript } from '../parser.ts';
import { keyOf } from '../table-index.ts';
import type { EffectScope } from './effect-scope.ts';

/** The names that the query's own `WITH` clauses define: they are not relations. */
function commonNames(query: unknown): ReadonlySet<string> {
  return new Set(findNodes(query, 'CommonTableExpr').map((common) => common.ctename ?? ''));
}

/**
 * The tables and materialized views that a query reads, those behind its views included. Names that the catalog does
 * not know count when nothing is known of the database.
 */
export const sourcesOf = (scope: EffectScope, query: unknown): readonly ObjectName[] =>
  relationsBehind(scope, query).filter((name) => {
    const view = scope.lookup.view(name);
    return view === undefined || view.materialized;
  });

/** As `sourcesOf`, with the views on the way. */
export function relationsBehind(scope: EffectScope, query: unknown): readonly ObjectName[] {
  const found = new Map<string, ObjectName>();
  const visit = (tree: unknown) => {
    const common = commonNames(tree);
    for (const source of findNodes(tree, 'RangeVar')) {
      if (source.schemaname === undefined && common.has(source.relname ?? '')) continue;
      const name = scope.relation(source);
      const view = scope.lookup.view(name);
      if (view !== undefined && !view.materialized) {
        if (found.has(keyOf(name))) continue;
        found.set(keyOf(name), name);
        const definition = parseScript(view.definition);
        if (definition.ok) visit(definition.value.statements[0]?.node);
      } else if (view !== undefined || scope.lookup.table(name) !== undefined || !scope.hasCatalog) {
        for (const part of scope.lookup.table(name) === undefined ? [name] : scope.tree(name)) {
          found.set(keyOf(part), part);
        }
      }
    }
  };
  visit(query);
  return [...found.values()];
}

/** A query that reads its sources as a whole: every table in it is scanned when it has no condition at all. */
export function readQuery(scope: EffectScope, query: Node): void {
  lockRows(scope, query);
  const select = as(query, 'SelectStmt');
  if (select === undefined || isSelective(select)) return;
  // What is joined is only read where there is something to join it to.
  const how = findNodes(query, 'RangeVar').length > 1 ? 'planned' : undefined;
  for (const source of sourcesOf(scope, query)) scope.scan(source, how);
}

// With a condition or a limit an index may serve the query: the text alone cannot tell.
const isSelective = (select: SelectStmt): boolean =>
  select.whereClause !== undefined || select.limitCount !== undefined || (select.fromClause ?? []).length === 0;

/** `SELECT … FOR UPDATE` and its weaker forms lock rows, which needs ROW SHARE on the table. */
export function lockRows(scope: EffectScope, query: unknown): void {
  for (const select of [as(query as Node, 'SelectStmt'), ...findNodes(query, 'SelectStmt')]) {
    if (select?.lockingClause === undefined) continue;
    const named = all(select.lockingClause, 'LockingClause').flatMap((clause) => clause.lockedRels ?? []);
    const aliases = new Set(all(named, 'RangeVar').map((relation) => relation.relname ?? ''));
    for (const source of findNodes(select.fromClause, 'RangeVar')) {
      const label = source.alias?.aliasname ?? source.relname ?? '';
      if (aliases.size > 0 && !aliases.has(label)) continue;
      for (const part of sourcesOf(scope, { RangeVar: source })) scope.lock(part, 'ROW SHARE');
    }
  }
  for (const call of findNodes(query, 'FuncCall')) {
    const name = strings(call.funcname).at(-1);
    const argument = as(call.args?.[0], 'A_Const')?.sval?.sval;
    if ((name !== 'nextval' && name !== 'setval') || argument === undefined) continue;
    const parts = argument.split('.');
    scope.lock(scope.relation({ schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' }), 'ROW EXCLUSIVE');
  }
}
