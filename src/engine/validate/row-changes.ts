import type { DeleteStmt, Node, UpdateStmt } from '@pgsql/types';
import { all, as, findNodes } from '../sql/nodes.ts';

/** The query that a statement really runs: what EXPLAIN ANALYZE explains, else itself. */
const runBy = (node: Node): Node | null => {
  const explain = as(node, 'ExplainStmt');
  if (explain === undefined) return node;
  const analyzes = all(explain.options, 'DefElem').some(
    ({ defname, arg }) =>
      defname === 'analyze' && as(arg, 'String')?.sval !== 'false' && as(arg, 'Boolean')?.boolval !== false,
  );
  return analyzes ? (explain.query ?? null) : null;
};

const withIn = (node: Node): readonly Node[] => {
  const clause =
    as(node, 'SelectStmt')?.withClause ??
    as(node, 'InsertStmt')?.withClause ??
    as(node, 'UpdateStmt')?.withClause ??
    as(node, 'DeleteStmt')?.withClause;
  return findNodes(clause, 'CommonTableExpr').flatMap(({ ctequery }) => ctequery ?? []);
};

/** The UPDATEs and DELETEs that a statement runs, also in WITH and under EXPLAIN ANALYZE. */
export const rowChangesOf = (
  node: Node,
): { readonly updates: readonly UpdateStmt[]; readonly deletes: readonly DeleteStmt[] } => {
  const run = runBy(node);
  const nodes = run === null ? [] : [run, ...withIn(run)];
  return { updates: all(nodes, 'UpdateStmt'), deletes: all(nodes, 'DeleteStmt') };
};
