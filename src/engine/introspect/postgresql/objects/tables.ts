import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { objectNameSchema, tableSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './tables.sql?raw';

const rowSchema = tableSchema
  .pick({
    schema: true,
    name: true,
    kind: true,
    persistence: true,
    rowSecurity: true,
    forceRowSecurity: true,
    partitionKey: true,
    replicaIdentity: true,
    options: true,
    owner: true,
    comment: true,
  })
  .extend({
    oid: z.number(),
    isPartition: z.boolean(),
    bound: z.string().nullable(),
    parents: z.array(objectNameSchema),
    toastOptions: z.array(z.string()),
    accessMethod: z.string().nullable(),
    server: z.string().nullable(),
    foreignOptions: z.array(z.string()),
  });
export type TableRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Tables, partitioned tables and foreign tables that no extension owns. */
export const tablesQuery: CatalogQuery<TableRow> = { reads: 'tables', text: () => text, row: rowSchema };
