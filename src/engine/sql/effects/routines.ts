import type { CreateFunctionStmt, RangeVar } from '@pgsql/types';
import { all, as, findNodes, nameOfParts, strings } from '../nodes.ts';
import { parseScript } from '../parser.ts';
import type { EffectScope } from './effect-scope.ts';
import { lockRows } from './read-query.ts';

/** A routine that somebody wrote and that may change things: nobody knows what before it runs. */
export function callRoutines(scope: EffectScope, query: unknown): void {
  for (const call of findNodes(query, 'FuncCall')) {
    const { schema, name } = nameOfParts(strings(call.funcname));
    const found = (schema === null ? scope.searchPath : [schema]).flatMap((each) =>
      scope.lookup.routines({ schema: each, name }),
    );
    if (found.some(({ volatility }) => volatility === 'volatile')) {
      scope.unsure(`what ${name}() does is only known when it runs`);
    }
  }
}

/** `CREATE FUNCTION`: a body in SQL is analysed at once, which locks the tables that it writes as writing does. */
export function createRoutine(scope: EffectScope, { options, sql_body: parsed }: CreateFunctionStmt): void {
  const option = (wanted: string) => all(options, 'DefElem').find(({ defname }) => defname === wanted)?.arg;
  if (as(option('language'), 'String')?.sval?.toLowerCase() !== 'sql' && parsed === undefined) return;
  const text = parseScript(strings(as(option('as'), 'List')?.items)[0] ?? '');
  const body = parsed ?? (text.ok ? text.value.statements.map(({ node }) => node) : []);
  const written: readonly (RangeVar | undefined)[] = [
    ...findNodes(body, 'InsertStmt'),
    ...findNodes(body, 'UpdateStmt'),
    ...findNodes(body, 'DeleteStmt'),
    ...findNodes(body, 'MergeStmt'),
  ].map(({ relation }) => relation);
  for (const relation of written) scope.lock(scope.relation(relation), 'ROW EXCLUSIVE');
  lockRows(scope, body);
}
