import * as z from 'zod';
import type { DeepReadonly } from '../../../../shared/deep-readonly.ts';
import { definedObjectSchema } from '../../../catalog/catalog.ts';
import type { CatalogQuery } from '../catalog-query.ts';
import accessMethods from './access-methods.sql?raw';
import baseTypes from './base-types.sql?raw';
import casts from './casts.sql?raw';
import collations17 from './collations.sql?raw';
import collations12 from './collations-12.sql?raw';
import collations15 from './collations-15.sql?raw';
import conversions from './conversions.sql?raw';
import defaultPrivileges from './default-privileges.sql?raw';
import eventTriggers from './event-triggers.sql?raw';
import foreignDataWrappers from './foreign-data-wrappers.sql?raw';
import foreignServers from './foreign-servers.sql?raw';
import languages from './languages.sql?raw';
import operatorFamilies from './operator-families.sql?raw';
import operators from './operators.sql?raw';
import publications15 from './publications.sql?raw';
import publications12 from './publications-12.sql?raw';
import rules from './rules.sql?raw';
import securityLabels from './security-labels.sql?raw';
import settings from './settings.sql?raw';
import statistics from './statistics.sql?raw';
import subscriptions14 from './subscriptions.sql?raw';
import subscriptions12 from './subscriptions-12.sql?raw';
import textSearchConfigurations from './text-search-configurations.sql?raw';
import textSearchDictionaries from './text-search-dictionaries.sql?raw';
import textSearchParsers from './text-search-parsers.sql?raw';
import textSearchTemplates from './text-search-templates.sql?raw';
import transforms from './transforms.sql?raw';
import userMappings from './user-mappings.sql?raw';

const rowSchema = definedObjectSchema.extend({
  /** 0 for what has no number, or none that everyone may read. */
  oid: z.number(),
  /** The system catalog that it lives in. */
  class: z.string(),
});
export type OtherObjectRow = DeepReadonly<z.infer<typeof rowSchema>>;

/**
 * Objects that are kept as the statement that makes them: many kinds, of which a database has few, read in one go. To plan
 * a query on a system catalog takes longer than to read it, so only those are asked in which people made something.
 */
export const otherObjectsQuery = (systemCatalogs: ReadonlySet<string>): CatalogQuery<OtherObjectRow> => ({
  reads: 'other objects',
  text: (serverVersion) =>
    textsOf(serverVersion)
      .flatMap(([text, ...among]) => {
        const asked = among.length === 0 || among.some((systemCatalog) => systemCatalogs.has(systemCatalog));
        return asked ? [`select kind.row from (${text}) kind`] : [];
      })
      .join(' union all '),
  row: rowSchema,
});

/**
 * What statements of their own say of relations and is kept nowhere else: settings of the columns of indexes and
 * materialized views, the type of a typed table, unlogged sequences, what goes with an extension.
 */
export const settingsQuery: CatalogQuery<OtherObjectRow> = { reads: 'settings', text: () => settings, row: rowSchema };

/** The queries, each with the system catalogs that its objects are in; none for what is always asked. */
const textsOf = (serverVersion: number): readonly (readonly [text: string, ...systemCatalogs: string[]])[] => [
  [accessMethods, 'pg_am'],
  [baseTypes, 'pg_type'],
  [casts, 'pg_cast'],
  [collations(serverVersion), 'pg_collation'],
  [conversions, 'pg_conversion'],
  [defaultPrivileges, 'pg_default_acl'],
  [eventTriggers, 'pg_event_trigger'],
  [foreignDataWrappers, 'pg_foreign_data_wrapper'],
  [foreignServers, 'pg_foreign_server'],
  [languages, 'pg_language'],
  [operatorFamilies, 'pg_opclass', 'pg_opfamily'],
  [operators, 'pg_operator'],
  // Row filters, column lists and schemas came with 15.
  [serverVersion >= 150000 ? publications15 : publications12, 'pg_publication'],
  [rules],
  [securityLabels],
  [statistics, 'pg_statistic_ext'],
  [subscriptionsText(serverVersion)],
  [textSearchConfigurations, 'pg_ts_config'],
  [textSearchDictionaries, 'pg_ts_dict'],
  [textSearchParsers, 'pg_ts_parser'],
  [textSearchTemplates, 'pg_ts_template'],
  [transforms, 'pg_transform'],
  [userMappings, 'pg_user_mapping'],
];

/** The query for subscriptions, whose rows belong to the whole server. */
export const subscriptionsText = (serverVersion: number): string =>
  serverVersion >= 140000 ? subscriptions14 : subscriptions12;

function collations(serverVersion: number): string {
  // The column with an ICU locale was `collcollate` until 14, `colliculocale` in 15 and 16, `colllocale` since 17.
  if (serverVersion >= 170000) return collations17;
  return serverVersion >= 150000 ? collations15 : collations12;
}
