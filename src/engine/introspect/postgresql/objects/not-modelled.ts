import * as z from 'zod';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './not-modelled.sql?raw';

const rowSchema = z.object({ what: z.string(), count: z.number() });
export type NotModelledRow = Readonly<z.infer<typeof rowSchema>>;

/** How many objects of each kind exist that the catalog has no place for. */
export const notModelledQuery: CatalogQuery<NotModelledRow> = {
  reads: 'other objects',
  text: () => text,
  row: rowSchema,
};

/** Says it in words, for example `2 casts`. */
export function notModelledInWords({ what, count }: NotModelledRow): string {
  if (count === 1) return `1 ${what}`;
  const plural = /(s|x|ch|sh)$/.test(what) ? `${what}es` : /y$/.test(what) ? `${what.slice(0, -1)}ies` : `${what}s`;
  return `${count} ${plural}`;
}
