import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { indexSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text15 from './indexes.sql?raw';
import text12 from './indexes-12.sql?raw';

const rowSchema = indexSchema.extend({ oid: z.number(), relation: z.number(), options: z.array(z.string()) });
export type IndexRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Indexes of tables and materialized views. */
export const indexesQuery: CatalogQuery<IndexRow> = {
  reads: 'indexes',
  // NULLS NOT DISTINCT came with 15.
  text: (serverVersion) => (serverVersion >= 150000 ? text15 : text12),
  row: rowSchema,
};
