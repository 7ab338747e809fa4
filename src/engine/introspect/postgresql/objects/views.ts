import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { viewSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './views.sql?raw';

const rowSchema = viewSchema.omit({ columns: true, indexes: true, triggers: true }).extend({ oid: z.number() });
export type ViewRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Views and materialized views that no extension owns. */
export const viewsQuery: CatalogQuery<ViewRow> = { reads: 'views', text: () => text, row: rowSchema };
