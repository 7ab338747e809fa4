import * as z from 'zod';

/** One disagreement between two catalogs. `object` is a dotted path, for example `public.users.email`. */
export const differenceSchema = z.object({
  object: z.string(),
  /** The kind of object in the manual's words: `table`, `column`, `index`, `constraint`, `view` … */
  kind: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  /** Which property changed; absent when the whole object was added or removed. */
  attribute: z.string().optional(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type Difference = Readonly<z.infer<typeof differenceSchema>>;
