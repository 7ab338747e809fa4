import * as z from 'zod';

/** What the model answers when it is asked for a migration. */
export const migrationReplySchema = z.object({
  title: z.string(),
  slug: z.string(),
  up: z.string(),
  down: z.string(),
  assumptions: z.array(z.string()),
  questions: z.array(z.string()),
  risks: z.array(z.string()),
  estimatedLockTime: z.string(),
});
export type MigrationReply = Readonly<z.infer<typeof migrationReplySchema>>;

/** What the model answers when it is asked which tables matter; names are `schema.table`. */
export const chosenTablesSchema = z.object({ tables: z.array(z.string()) });
