import * as z from 'zod';
import type { Policy } from '../../../catalog/catalog.ts';
import { policySchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery } from '../columnar-query.ts';
import text from './policies.sql?raw';

const row = policySchema
  .omit({ using: true, check: true, comment: true })
  .extend({ oid: z.number(), relation: z.number() });

/** Row security policies. */
export const policiesQuery: ColumnarQuery<typeof row.shape> = { reads: 'policies', text: () => text, row };

/** A policy with the numbers that the server knows it by. */
export type PolicyRow = Policy & { readonly oid: number; readonly relation: number };
