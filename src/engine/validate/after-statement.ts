import type { Statement } from '../sql/parser.ts';
import { simulate } from '../sql/simulate.ts';
import { type CatalogView, catalogView } from './catalog-view.ts';

/** The database after a statement ran on it. */
export const afterStatement = (before: CatalogView, statement: Statement): CatalogView => {
  const { catalog } = simulate(before.catalog, statement);
  return catalog === before.catalog ? before : catalogView(catalog);
};
