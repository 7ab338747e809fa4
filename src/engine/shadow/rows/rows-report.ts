import * as z from 'zod';
import type { DeepReadonly } from '../../../shared/deep-readonly.ts';

/** A statement of the migration by its number in its file, from 0. */
const statementSchema = z.object({ direction: z.enum(['up', 'down']), index: z.number().int() });

/** What synthetic rows showed: what up and down together did not bring back, and what an empty copy hides. */
export const dataReportSchema = z.object({
  rowsSeeded: z.number().int(),
  /** Rows, or values of one column, that were there before up and are not there as they were after down. */
  lost: z.array(
    z.object({
      table: z.string(),
      column: z.string().nullable(),
      rows: z.number().int(),
      /** The first statement that took them; null when it could not be told. */
      statement: statementSchema.nullable().optional(),
    }),
  ),
  /** Rows that are there after down and were not before up. */
  added: z.array(z.object({ table: z.string(), rows: z.number().int() })).optional(),
  /** Conditions on rows under which a statement fails that works on an empty copy. */
  wouldFail: z
    .array(
      z.object({
        direction: z.enum(['up', 'down']),
        statement: z.number().int(),
        condition: z.string(),
        sqlstate: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
  notSeeded: z.array(z.object({ table: z.string(), reason: z.string() })).optional(),
  /** The statement at which the trial ended although the tables were empty; what comes after it was not tried. */
  stoppedAt: statementSchema.extend({ sqlstate: z.string(), message: z.string() }).nullable().optional(),
});
export type DataReport = DeepReadonly<z.infer<typeof dataReportSchema>>;
