import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { type Extension, extensionSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './extensions.sql?raw';

const rowSchema = z.object({
  ...extensionSchema.shape,
  oid: z.number(),
  /** Null when it is the one that the extension brings; empty when it was taken away. */
  comment: z.string().nullable(),
  members: extensionSchema.shape.members.nullable(),
});
export type ExtensionRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Every installed extension, whichever schemas are asked for: the objects of any schema may need it. */
export const extensionsQuery: CatalogQuery<ExtensionRow> = { reads: 'extensions', text: () => text, row: rowSchema };

/** The extension of a row. */
export const extensionOfRow = ({ oid: _oid, comment, members, ...extension }: ExtensionRow): Extension => ({
  ...extension,
  ...(comment === null ? {} : { comment }),
  ...(members == null ? {} : { members }),
});
