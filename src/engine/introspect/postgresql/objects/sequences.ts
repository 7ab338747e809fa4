import * as z from 'zod';
import type { Sequence } from '../../../catalog/catalog.ts';
import { sequenceSchema } from '../../../catalog/catalog.ts';
import type { ColumnarQuery, ColumnarRow } from '../columnar-query.ts';
import type { Comments } from './comments.ts';
import text from './sequences.sql?raw';

const row = sequenceSchema.omit({ ownedBy: true, comment: true }).extend({
  oid: z.number(),
  ownerSchema: z.string().nullable(),
  ownerTable: z.string().nullable(),
  ownerColumn: z.string().nullable(),
  identity: z.boolean().nullable(),
});

/** Sequences, with the column that owns each. */
export const sequencesQuery: ColumnarQuery<typeof row.shape> = { reads: 'sequences', text: () => text, row };

/** A sequence with the number that the server knows it by. */
export type SequenceRow = Sequence & { readonly oid: number };

/** The sequence of a row. */
export function sequenceRowOf(
  { ownerSchema, ownerTable, ownerColumn, identity, owner, ...sequence }: ColumnarRow<typeof sequencesQuery>,
  comments: Comments,
): SequenceRow {
  return {
    ...sequence,
    ownedBy:
      ownerTable === null
        ? null
        : {
            table: { schema: ownerSchema ?? '', name: ownerTable },
            column: ownerColumn ?? '',
            identity: identity === true,
          },
    owner,
    comment: comments('pg_class', sequence.oid),
  };
}
