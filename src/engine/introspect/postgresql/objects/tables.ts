import * as z from 'zod';
import { objectNameSchema, tableSchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import text from './tables.sql?raw';

const row = tableSchema
  .pick({
    schema: true,
    name: true,
    kind: true,
    persistence: true,
    rowSecurity: true,
    forceRowSecurity: true,
    replicaIdentity: true,
    owner: true,
  })
  .extend({
    oid: z.number(),
    isPartition: z.boolean(),
    bound: z.string().nullable(),
    parents: z.array(objectNameSchema).nullable(),
    options: z.array(z.string()).nullable(),
    toastOptions: z.array(z.string()).nullable(),
    accessMethod: z.string().nullable(),
    tablespace: z.string().nullable(),
    server: z.string().nullable(),
    foreignOptions: z.array(z.string()).nullable(),
  });

/** Tables, partitioned tables and foreign tables that no extension owns. */
export const tablesQuery: ColumnarQuery<typeof row.shape> = { reads: 'tables', text: () => text, row };

/** A table with the numbers that the server knows it by. */
export type TableRow = ColumnarRow<typeof tablesQuery> & {
  readonly partitionKey: string | null;
  readonly comment: string | null;
};
