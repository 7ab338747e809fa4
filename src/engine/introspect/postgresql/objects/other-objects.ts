import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { definedObjectSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import casts from './casts.sql?raw';
import collations17 from './collations.sql?raw';
import collations12 from './collations-12.sql?raw';
import collations15 from './collations-15.sql?raw';
import defaultPrivileges from './default-privileges.sql?raw';
import eventTriggers from './event-triggers.sql?raw';
import foreignServers from './foreign-servers.sql?raw';
import operators from './operators.sql?raw';
import publications15 from './publications.sql?raw';
import publications12 from './publications-12.sql?raw';
import rules from './rules.sql?raw';
import statistics from './statistics.sql?raw';
import textSearchConfigurations from './text-search-configurations.sql?raw';
import textSearchDictionaries from './text-search-dictionaries.sql?raw';

const rowSchema = definedObjectSchema.extend({
  oid: z.number(),
  /** The system catalog that it lives in. */
  class: z.string(),
});
export type OtherObjectRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Objects that are kept as the statement that makes them: many kinds, mostly few of each, read in one go. */
export const otherObjectsQuery: CatalogQuery<OtherObjectRow> = {
  reads: 'other objects',
  text: (serverVersion) =>
    textsOf(serverVersion)
      .map((text) => `select kind.row from (${text}) kind`)
      .join(' union all '),
  row: rowSchema,
};

const textsOf = (serverVersion: number): readonly string[] => [
  collations(serverVersion),
  statistics,
  rules,
  eventTriggers,
  casts,
  operators,
  textSearchDictionaries,
  textSearchConfigurations,
  foreignServers,
  // Row filters, column lists and schemas came with 15.
  serverVersion >= 150000 ? publications15 : publications12,
  defaultPrivileges,
];

function collations(serverVersion: number): string {
  // The column with an ICU locale was `collcollate` until 14, `colliculocale` in 15 and 16, `colllocale` since 17.
  if (serverVersion >= 170000) return collations17;
  return serverVersion >= 150000 ? collations15 : collations12;
}
