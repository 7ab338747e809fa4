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

const rowSchema = definedObjectSchema.extend({ oid: z.number() });
export type OtherObjectRow = DeepReadonly<z.infer<typeof rowSchema>>;

/** Objects that are kept as the statement that makes them; `class` is the system catalog they live in. */
export const otherObjectQueries: readonly { readonly class: string; readonly query: CatalogQuery<OtherObjectRow> }[] = [
  objects('pg_collation', 'collations', collations),
  objects('pg_statistic_ext', 'extended statistics', () => statistics),
  objects('pg_rewrite', 'rules', () => rules),
  objects('pg_event_trigger', 'event triggers', () => eventTriggers),
  objects('pg_cast', 'casts', () => casts),
  objects('pg_operator', 'operators', () => operators),
  objects('pg_ts_dict', 'text search dictionaries', () => textSearchDictionaries),
  objects('pg_ts_config', 'text search configurations', () => textSearchConfigurations),
  objects('pg_foreign_server', 'foreign servers', () => foreignServers),
  objects('pg_publication', 'publications', publications),
  objects('pg_default_acl', 'default privileges', () => defaultPrivileges),
];

function objects(catalog: string, reads: string, text: (serverVersion: number) => string) {
  return { class: catalog, query: { reads, text, row: rowSchema } };
}

function publications(serverVersion: number): string {
  // Row filters, column lists and schemas came with 15.
  return serverVersion >= 150000 ? publications15 : publications12;
}

function collations(serverVersion: number): string {
  // The column with an ICU locale was `collcollate` until 14, `colliculocale` in 15 and 16, `colllocale` since 17.
  if (serverVersion >= 170000) return collations17;
  return serverVersion >= 150000 ? collations15 : collations12;
}
