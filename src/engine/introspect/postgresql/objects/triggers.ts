import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { triggerSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text13 from './triggers.sql?raw';
import text12 from './triggers-12.sql?raw';

const rowSchema = triggerSchema.extend({ oid: z.number(), relation: z.number() });
export type TriggerRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Triggers of tables and views that are not internal, and those that partitions have from their parent. */
export const triggersQuery: CatalogQuery<TriggerRow> = {
  reads: 'triggers',
  // The link to the parent's trigger came with 13; on 12 a partition's copies are internal and stay out.
  text: (serverVersion) => (serverVersion >= 130000 ? text13 : text12),
  row: rowSchema,
};
