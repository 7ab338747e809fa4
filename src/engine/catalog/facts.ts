import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';

/** Dated statistics of a live server: sizes in bytes, estimates of rows; never a value of a row. */
export const factsSchema = z.object({
  capturedAt: z.iso.datetime({ offset: true }),
  tables: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      rows: z.number().nonnegative(),
      /** Where `rows` comes from: ANALYZE or VACUUM, the statistics counters, or a guess from the size; absent if unsaid. */
      rowsBasis: z.enum(['analyzed', 'counters', 'size']).optional(),
      bytes: z.number().nonnegative(),
      indexBytes: z.number().nonnegative().optional(),
      lastAnalyzedAt: z.string().nullable().optional(),
      columns: z
        .array(
          z.object({
            name: z.string(),
            nullFraction: z.number(),
            /** As `pg_stats.n_distinct`: positive is a count, negative a fraction of the rows. */
            distinct: z.number(),
          }),
        )
        .default([]),
    }),
  ),
  indexes: z
    .array(
      z.object({
        schema: z.string(),
        name: z.string(),
        bytes: z.number().nonnegative(),
        scans: z.number().nonnegative(),
      }),
    )
    .default([]),
});
export type Facts = DeepReadonly<z.infer<typeof factsSchema>>;
