import * as z from 'zod';
import type { ColumnarQuery } from '../columnar-query.ts';
import text from './comments.sql?raw';

const row = z.object({
  class: z.enum(['pg_class', 'pg_constraint', 'pg_trigger', 'pg_policy']),
  object: z.number(),
  column: z.number(),
  comment: z.string(),
});

/** The comments on relations and what belongs to them: read once instead of joined to each of them. */
export const commentsQuery: ColumnarQuery<typeof row.shape> = { reads: 'comments', text: () => text, row };

/** A comment by the system catalog and number of its object, and the number of the column; null when there is none. */
export type Comments = (systemCatalog: z.infer<typeof row>['class'], object: number, column?: number) => string | null;

/** Comments that can be looked up. */
export function commentsOf(rows: readonly Readonly<z.infer<typeof row>>[]): Comments {
  const objects = {
    pg_class: new Map<number, Map<number, string>>(),
    pg_constraint: new Map<number, Map<number, string>>(),
    pg_trigger: new Map<number, Map<number, string>>(),
    pg_policy: new Map<number, Map<number, string>>(),
  };
  for (const { class: systemCatalog, object, column, comment } of rows) {
    const comments = objects[systemCatalog].get(object);
    if (comments === undefined) objects[systemCatalog].set(object, new Map([[column, comment]]));
    else comments.set(column, comment);
  }
  return (systemCatalog, object, column = 0) => objects[systemCatalog].get(object)?.get(column) ?? null;
}
