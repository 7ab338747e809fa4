import type { Catalog } from '../../../engine/catalog/catalog.ts';
import { type DependencyGraph, dependencyGraph } from '../../../engine/catalog/dependency-graph.ts';
import { bodyDependencies } from '../../../engine/sql/body-dependencies.ts';
import { loadParser } from '../../../engine/sql/parser.ts';
import { ok } from '../../../shared/result.ts';
import type { Work } from '../run-jobs.ts';

/** The graph of a catalog takes longer to make than to ask, and the same catalog is asked again and again. */
const graphs = new WeakMap<Catalog, DependencyGraph>();

/** Finds who uses an object and what it uses; nothing when the catalog is no longer kept. */
export const findUses: Work['catalog.uses'] = async ({ fingerprint, object }, { catalog: find }) => {
  const catalog = await find(fingerprint);
  if (catalog === null) return ok({ by: [], on: [], naming: [] });
  await loadParser();
  const graph = graphs.get(catalog) ?? dependencyGraph(catalog, bodyDependencies(catalog));
  graphs.set(catalog, graph);
  return ok({
    by: graph.dependentsOf(object, { transitive: true }),
    on: graph.dependenciesOf(object, { transitive: true }),
    naming: object.kind === 'routine' ? [] : graph.routinesNaming(object.name),
  });
};
