import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { policySchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './policies.sql?raw';

const rowSchema = policySchema.extend({ oid: z.number(), relation: z.number() });
export type PolicyRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Row security policies. */
export const policiesQuery: CatalogQuery<PolicyRow> = { reads: 'policies', text: () => text, row: rowSchema };
