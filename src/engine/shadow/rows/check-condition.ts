import type { Node } from '@pgsql/types';
import type { Catalog, Routine } from '../../catalog/catalog.ts';
import { parseCheck } from '../../sql/expressions.ts';
import { all, as, strings } from '../../sql/nodes.ts';
import { parseScript } from '../../sql/parser.ts';

/** The one expression that a SQL function stands for, with the names of its parameters; null for any other function. */
function bodyOf(routine: Routine): { readonly expression: Node; readonly parameters: readonly string[] } | null {
  if (routine.language !== 'sql' || routine.kind !== 'function') return null;
  const definition = parseScript(routine.definition);
  const create = definition.ok ? as(definition.value.statements[0]?.node, 'CreateFunctionStmt') : undefined;
  const source = all(create?.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  const body = parseScript(strings(as(source, 'List')?.items)[0] ?? '');
  const returned = as(create?.sql_body, 'ReturnStmt')?.returnval;
  const select =
    body.ok && body.value.statements.length === 1 ? as(body.value.statements[0]?.node, 'SelectStmt') : undefined;
  const expression =
    returned ?? (select?.fromClause === undefined ? all(select?.targetList, 'ResTarget')[0]?.val : undefined);
  if (create === undefined || expression === undefined) return null;
  return { expression, parameters: all(create.parameters, 'FunctionParameter').map(({ name }) => name ?? '') };
}

/** A copy of a parse tree in which nodes are replaced; `replace` gives null for one that stays. */
function rewritten<T>(value: T, replace: (node: Node) => Node | null): T {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, replace)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const other = replace(value as unknown as Node);
  if (other !== null) return other as unknown as T;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rewritten(child, replace)])) as T;
}

/** The condition with the calls of plain SQL functions replaced by what they stand for, so that it can be read. */
function withoutCalls(condition: Node, catalog: Catalog, depth: number): Node {
  if (depth === 0) return condition;
  return rewritten(condition, (node) => {
    const call = as(node, 'FuncCall');
    const names = strings(call?.funcname);
    if (call === undefined || names.at(-2) === 'pg_catalog') return null;
    const routine = catalog.routines.find(
      ({ schema, name }) => name === names.at(-1) && schema === (names.at(-2) ?? schema),
    );
    const body = routine === undefined ? null : bodyOf(routine);
    if (body === null) return null;
    const filled = rewritten(body.expression, (inner) => {
      const parameter = as(inner, 'ParamRef')?.number;
      const named = strings(as(inner, 'ColumnRef')?.fields).at(-1);
      const at = parameter === undefined ? body.parameters.indexOf(named ?? '\u0000') : parameter - 1;
      return call.args?.[at] ?? null;
    });
    return withoutCalls(filled, catalog, depth - 1);
  });
}

/** The condition of a check constraint as `pg_get_constraintdef` writes it, with plain SQL functions read through. */
export function checkCondition(catalog: Catalog, definition: string): Node | null {
  const condition = parseCheck(definition);
  return condition === null ? null : withoutCalls(condition, catalog, 3);
}
