import * as z from 'zod';
import type { View } from '../../../catalog/catalog.ts';
import { viewSchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery } from '../columnar-query.ts';
import text from './views.sql?raw';

const row = viewSchema.pick({ schema: true, name: true, materialized: true, populated: true, owner: true }).extend({
  oid: z.number(),
  options: z.array(z.string()).nullable(),
  tablespace: z.string().nullable(),
});

/** Views and materialized views that no extension owns. */
export const viewsQuery: ColumnarQuery<typeof row.shape> = { reads: 'views', text: () => text, row };

/** A view with the number that the server knows it by. */
export type ViewRow = Omit<View, 'columns' | 'indexes' | 'triggers'> & { readonly oid: number };
