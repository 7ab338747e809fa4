import type { Grant } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';
import { createCatalogReader, type IntrospectionProgress } from './catalog-reader.ts';
import type { ServerEnvironment } from './objects/environment.ts';
import { type ExtensionRow, extensionsQuery } from './objects/extensions.ts';
import { assembleFacts, columnFactsQuery, indexFactsQuery, tableFactsQuery } from './objects/facts.ts';
import { grantsOutsideQuery, grantsQuery } from './objects/grants.ts';
import { type NotModelledRow, notModelledQuery } from './objects/not-modelled.ts';
import { type OtherObjectRow, otherObjectsQuery } from './objects/other-objects.ts';
import { type RoutineRow, routinesQuery } from './objects/routines.ts';
import { type SchemaRow, schemasQuery } from './objects/schemas.ts';
import { type TypeRow, typesQuery } from './objects/types.ts';
import { vocabularyOf, vocabularyQuery } from './objects/vocabulary.ts';
import { type RelationRows, readRelations, relationSteps } from './read-relations.ts';

/** Everything read from one database in one snapshot, still as rows that know each other by the server's numbers. */
export type CatalogRows = RelationRows & {
  readonly environment: ServerEnvironment;
  readonly schemas: readonly SchemaRow[];
  readonly extensions: readonly ExtensionRow[];
  readonly types: readonly TypeRow[];
  readonly routines: readonly RoutineRow[];
  readonly otherObjects: readonly OtherObjectRow[];
  readonly grants: readonly Grant[];
  readonly notModelled: readonly NotModelledRow[];
  readonly facts: Facts | null;
};

/** Reads all rows, a few queries for each kind of object, one after another: a session answers one query at a time. */
export async function readCatalogRows(
  client: SqlClient,
  environment: ServerEnvironment,
  options: {
    readonly schemas: readonly string[] | null;
    readonly capturedAt: string;
    readonly facts: boolean;
    readonly signal?: CancelSignal | undefined;
    readonly onProgress?: ((progress: IntrospectionProgress) => void) | undefined;
  },
): Promise<CatalogRows> {
  const reader = createCatalogReader(client, {
    scope: { serverVersion: environment.version, schemas: options.schemas, relations: null },
    total: 9 + relationSteps + (options.facts ? 3 : 0),
    signal: options.signal,
    onProgress: options.onProgress,
  });
  const [words] = (await reader.rows(vocabularyQuery))();
  if (words === undefined) throw new Error('a query without FROM gave no row');
  const relations = await readRelations(reader, vocabularyOf(words));
  const schemas = await reader.rows(schemasQuery);
  const extensions = await reader.rows(extensionsQuery);
  const types = await reader.rows(typesQuery);
  const routines = await reader.rows(routinesQuery);
  const grants = await reader.rows(grantsQuery);
  const grantsOutside = await reader.rows(grantsOutsideQuery);
  const otherObjects = await reader.rows(otherObjectsQuery);
  const notModelled = await reader.rows(notModelledQuery);
  const facts = options.facts
    ? assembleFacts(
        options.capturedAt,
        (await reader.rows(tableFactsQuery))(),
        (await reader.rows(columnFactsQuery))(),
        (await reader.rows(indexFactsQuery))(),
      )
    : null;
  reader.finish();
  return {
    ...relations,
    environment,
    schemas: schemas(),
    extensions: extensions(),
    types: types(),
    routines: routines(),
    grants: [...grants(), ...grantsOutside()],
    otherObjects: otherObjects(),
    notModelled: notModelled(),
    facts,
  };
}
