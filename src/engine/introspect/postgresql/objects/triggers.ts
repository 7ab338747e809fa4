import * as z from 'zod';
import type { Trigger } from '../../../catalog/catalog.ts';
import { triggerSchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery } from '../columnar-query.ts';
import text13 from './triggers.sql?raw';
import text12 from './triggers-12.sql?raw';

const row = triggerSchema.omit({ definition: true, function: true, comment: true }).extend({
  oid: z.number(),
  relation: z.number(),
  functionSchema: z.string(),
  functionName: z.string(),
});

/** Triggers of tables and views that are not internal, and those that partitions have from their parent. */
export const triggersQuery: ColumnarQuery<typeof row.shape> = {
  reads: 'triggers',
  // The link to the parent's trigger came with 13; on 12 a partition's copies are internal and stay out.
  text: (serverVersion) => (serverVersion >= 130000 ? text13 : text12),
  row,
};

/** A trigger with the numbers that the server knows it by. */
export type TriggerRow = Trigger & { readonly oid: number; readonly relation: number };
