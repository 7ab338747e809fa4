import * as z from 'zod';
import type { DeepReadonly } from '../../../shared/deep-readonly.ts';

const querySchema = z.object({
  query: z.string(),
  source: z.enum(['pg_stat_statements', 'view', 'function', 'file']),
  /** The view, the function, or the file with its line; null when there is none. */
  name: z.string().nullable().optional(),
});

const columnsSchema = z.array(z.object({ name: z.string().nullable(), type: z.string() }));

/** What became of the queries that are known to run: each was prepared before up and after it. */
export const queriesReportSchema = z.object({
  checked: z.number().int(),
  broken: z.array(
    querySchema.extend({
      error: z.string(),
      sqlstate: z.string().optional(),
      /** Counted in characters from 1 in the query; absent where the server gave none. */
      position: z.number().int().optional(),
    }),
  ),
  /** Queries that still run and give other columns or types. */
  changed: z.array(querySchema.extend({ before: columnsSchema, after: columnsSchema })).optional(),
  /** Queries that lost an index that their plan could use. */
  lostIndexes: z.array(querySchema.extend({ indexes: z.array(z.string()) })).optional(),
  /** Queries that could not be prepared before up either. */
  notCheckable: z.array(querySchema.extend({ reason: z.string() })).optional(),
});
export type QueriesReport = DeepReadonly<z.infer<typeof queriesReportSchema>>;
