import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { columnSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text14 from './columns.sql?raw';
import text12 from './columns-12.sql?raw';

const rowSchema = columnSchema.extend({
  relation: z.number(),
  number: z.number(),
  notNullName: z.string().nullable(),
  defaultOid: z.number().nullable(),
  options: z.array(z.string()),
});
export type ColumnRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Columns of tables and views and attributes of composite types, in the order of their numbers. */
export const columnsQuery: CatalogQuery<ColumnRow> = {
  reads: 'columns',
  // Compression of a column came with 14.
  text: (serverVersion) => (serverVersion >= 140000 ? text14 : text12),
  row: rowSchema,
};
