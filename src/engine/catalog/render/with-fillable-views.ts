import { qualifiedName } from '../../sql/qualified-name.ts';
import type { Catalog, View } from '../catalog.ts';
import { dependencyGraph } from '../dependency-graph.ts';
import { objectKey } from '../object-key.ts';

/**
 * The catalog with every materialized view as empty that reads, directly or not, one which is empty there or in the
 * database at hand: what it holds is from before that was emptied, and nothing can fill it again.
 */
export function withFillableViews(catalog: Catalog, atHand: Catalog = catalog): Catalog {
  const isEmpty = ({ materialized, populated }: View): boolean => materialized && !populated;
  const emptyNow = new Set(atHand.views.filter(isEmpty).map(qualifiedName));
  const empty = catalog.views.filter(
    (view) => isEmpty(view) || (view.materialized && emptyNow.has(qualifiedName(view))),
  );
  if (empty.length === 0) return catalog;
  const graph = dependencyGraph(catalog);
  const readers = empty.flatMap(({ schema, name }) =>
    graph.dependentsOf({ kind: 'materialized view', schema, name }, { transitive: true }),
  );
  const keys = new Set(readers.map(({ object }) => objectKey(object.kind, object.schema, object.name)));
  const views = catalog.views.map((view) =>
    keys.has(objectKey('materialized view', view.schema, view.name)) ? { ...view, populated: false } : view,
  );
  return { ...catalog, views };
}
