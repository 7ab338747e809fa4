import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { constraintSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './constraints.sql?raw';

const rowSchema = constraintSchema.extend({
  oid: z.number(),
  /** 0 for the constraint of a domain. */
  relation: z.number(),
  /** 0 for the constraint of a table. */
  domain: z.number(),
  /** True when it belongs to a constraint of the partitioned parent. */
  attached: z.boolean(),
});
export type ConstraintRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Constraints of tables and domains. A plain `NOT NULL` that 18 names by itself is left to the column's flag. */
export const constraintsQuery: CatalogQuery<ConstraintRow> = {
  reads: 'constraints',
  text: () => text,
  row: rowSchema,
};
