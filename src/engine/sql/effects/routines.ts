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

/** Statements that are analysed and not run: they lock the tables that they write as writing does. */
export function analyse(scope: EffectScope, statements: readonly unknown[]): void {
  const written: readonly (RangeVar | undefined)[] = [
    ...findNodes(statements, 'InsertStmt'),
    ...findNodes(statements, 'UpdateStmt'),
    ...findNodes(statements, 'DeleteStmt'),
    ...findNodes(statements, 'MergeStmt'),
  ].map(({ relation }) => relation);
  for (const relation of written) scope.lock(scope.relation(relation), 'ROW EXCLUSIVE');
  lockRows(scope, statements);
}

/** `CREATE FUNCTION`: a body in SQL is analysed at once. */
export function createRoutine(scope: EffectScope, { options, sql_body: parsed }: CreateFunctionStmt): void {
  const option = (wanted: string) => all(options, 'DefElem').find(({ defname }) => defname === wanted)?.arg;
  if (parsed !== undefined) analyse(scope, [parsed]);
  else if (as(option('language'), 'String')?.sval?.toLowerCase() === 'sql') {
    const body = parseScript(strings(as(option('as'), 'List')?.items)[0] ?? '');
    if (body.ok)
      analyse(
        scope,
        body.value.statements.map(({ node }) => node),
      );
  }
}
