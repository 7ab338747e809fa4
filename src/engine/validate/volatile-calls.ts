import type { Node } from '@pgsql/types';
import { expressionVolatility } from '../sql/expressions.ts';
import { findNodes, nameOfParts, strings } from '../sql/nodes.ts';
import type { CatalogView } from './catalog-view.ts';

/** The functions that make an expression volatile, each once, in order; `certain` is false when they are only unknown. */
type VolatileCalls = { readonly functions: readonly string[]; readonly certain: boolean };

/** Names the functions because of which an expression has to be evaluated for every row. */
export const volatileCalls = (database: CatalogView, expression: Node | undefined): VolatileCalls => {
  if (expression === undefined) return { functions: [], certain: true };
  const context = { lookup: database.lookup, searchPath: database.searchPath };
  const volatility = expressionVolatility(expression, context);
  if (volatility === 'stable' || volatility === 'immutable') return { functions: [], certain: true };
  const calls = findNodes(expression, 'FuncCall').map((call) => ({
    name: nameOfParts(strings(call.funcname)).name,
    // The call alone, without its arguments, which are looked at for themselves.
    volatility: expressionVolatility({ FuncCall: { ...call, args: [] } }, context),
  }));
  const wanted = calls.filter((call) => call.volatility === volatility);
  return { functions: [...new Set(wanted.map(({ name }) => name))], certain: volatility === 'volatile' };
};
