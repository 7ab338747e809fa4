import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { sequenceSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import text from './sequences.sql?raw';

const rowSchema = sequenceSchema.extend({ oid: z.number() });
export type SequenceRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Sequences, with the column that owns each. */
export const sequencesQuery: CatalogQuery<SequenceRow> = { reads: 'sequences', text: () => text, row: rowSchema };
