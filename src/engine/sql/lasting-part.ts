import type { Catalog } from '../catalog/catalog.ts';
import { temporarySchema } from './catalog-lookup.ts';

const outlasts = ({ schema }: { readonly schema: string }): boolean => schema !== temporarySchema;

/** What of a simulated catalog is still there when the session ends: all but its temporary relations. */
export const lastingPart = (catalog: Catalog): Catalog => ({
  ...catalog,
  tables: catalog.tables.filter(outlasts),
  views: catalog.views.filter(outlasts),
  sequences: catalog.sequences.filter(outlasts),
});
