import * as z from 'zod';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './schemas.sql?raw';

const rowSchema = z.object({ oid: z.number(), name: z.string(), owner: z.string(), comment: z.string().nullable() });
export type SchemaRow = Readonly<z.infer<typeof rowSchema>>;

/** User schemas that no extension owns. */
export const schemasQuery: CatalogQuery<SchemaRow> = { reads: 'schemas', text: () => text, row: rowSchema };
