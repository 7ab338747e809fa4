import * as z from 'zod';
import type { ColumnarQuery } from '../columnar-query.ts';
import text from './comments.sql?raw';

const row = z.object({ class: z.string(), object: z.number(), column: z.number(), comment: z.string() });

/** The comments on relations, columns and constraints: read once instead of joined to each of them. */
export const commentsQuery: ColumnarQuery<typeof row.shape> = { reads: 'comments', text: () => text, row };

/** A comment by the system catalog and number of its object, and the number of the column; null when there is none. */
export type Comments = (systemCatalog: 'pg_class' | 'pg_constraint', object: number, column?: number) => string | null;

/** Comments that can be looked up. */
export function commentsOf(rows: readonly Readonly<z.infer<typeof row>>[]): Comments {
  const comments = new Map(rows.map((one) => [`${one.class}:${one.object}:${one.column}`, one.comment]));
  return (systemCatalog, object, column = 0) => comments.get(`${systemCatalog}:${object}:${column}`) ?? null;
}
