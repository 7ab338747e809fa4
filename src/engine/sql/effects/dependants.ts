import type { ObjectName } from '../../catalog/catalog.ts';
import { keyOf } from '../table-index.ts';
import type { EffectScope } from './effect-scope.ts';

/**
 * The views that use a relation (or one of its columns), and the views that use these, as the catalog's dependencies
 * say. With `CASCADE` they go too, each under its own lock.
 */
export function dependentViews(
  scope: Pick<EffectScope, 'catalog' | 'lookup'>,
  relation: ObjectName,
  column?: string,
): readonly ObjectName[] {
  const found = new Map<string, ObjectName>();
  const visit = (on: ObjectName, ofColumn: string | undefined) => {
    for (const edge of scope.catalog.dependencies) {
      if (edge.on.schema !== on.schema || edge.on.name !== on.name) continue;
      // An edge without a column is of a view that reads none, such as `select 1 from t`.
      if (ofColumn !== undefined && edge.on.column !== ofColumn) continue;
      const name = { schema: edge.dependent.schema, name: edge.dependent.name };
      if (found.has(keyOf(name)) || scope.lookup.view(name) === undefined) continue;
      found.set(keyOf(name), name);
      visit(name, undefined);
    }
  };
  visit(relation, column);
  return [...found.values()];
}
