import * as z from 'zod';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './extensions.sql?raw';

const rowSchema = z.object({ oid: z.number(), name: z.string(), version: z.string(), schema: z.string() });
export type ExtensionRow = Readonly<z.infer<typeof rowSchema>>;

/** Every installed extension, whichever schemas are asked for: the objects of any schema may need it. */
export const extensionsQuery: CatalogQuery<ExtensionRow> = { reads: 'extensions', text: () => text, row: rowSchema };
