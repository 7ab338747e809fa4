import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { definedObjectSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import collations17 from './collations.sql?raw';
import collations12 from './collations-12.sql?raw';
import collations15 from './collations-15.sql?raw';
import eventTriggers from './event-triggers.sql?raw';
import rules from './rules.sql?raw';
import statistics from './statistics.sql?raw';

const rowSchema = definedObjectSchema.extend({ oid: z.number() });
export type OtherObjectRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Objects that are kept as the statement that makes them; `class` is the system catalog they live in. */
export const otherObjectQueries: readonly { readonly class: string; readonly query: CatalogQuery<OtherObjectRow> }[] = [
  { class: 'pg_collation', query: { reads: 'collations', text: collations, row: rowSchema } },
  { class: 'pg_statistic_ext', query: { reads: 'extended statistics', text: () => statistics, row: rowSchema } },
  { class: 'pg_rewrite', query: { reads: 'rules', text: () => rules, row: rowSchema } },
  { class: 'pg_event_trigger', query: { reads: 'event triggers', text: () => eventTriggers, row: rowSchema } },
];

function collations(serverVersion: number): string {
  // The column with an ICU locale was `collcollate` until 14, `colliculocale` in 15 and 16, `colllocale` since 17.
  if (serverVersion >= 170000) return collations17;
  return serverVersion >= 150000 ? collations15 : collations12;
}
