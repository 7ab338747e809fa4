import type { Statement } from '../sql/parser.ts';
import type { CatalogView } from './catalog-view.ts';

/** The database after a statement ran on it. */
export const afterStatement = (before: CatalogView, _statement: Statement): CatalogView => before;
