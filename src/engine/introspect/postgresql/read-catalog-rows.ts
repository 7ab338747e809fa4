import type { Grant } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';
import { createCatalogReader, type IntrospectionProgress } from './catalog-reader.ts';
import type { ServerEnvironment } from './objects/environment.ts';
import { type ExtensionRow, extensionsQuery } from './objects/extensions.ts';
import { factSteps, readFacts } from './objects/facts/read-facts.ts';
import { grantsOutsideQuery, grantsQuery } from './objects/grants.ts';
import {
  type InventoryRow,
  identitiesQuery,
  inventoryQuery,
  type NamedThing,
  notModelledQuery,
  notVisibleQuery,
} from './objects/not-modelled.ts';
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
  readonly notModelled: readonly NamedThing[];
  readonly notVisible: readonly NamedThing[];
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
    total: 12 + relationSteps + (options.facts ? factSteps : 0),
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
  const inventory = await reader.columnar(inventoryQuery, [options.schemas]);
  const notModelled = await reader.columnar(notModelledQuery, [options.schemas]);
  const notVisible = await reader.columnar(notVisibleQuery, [options.schemas]);
  const known = { schemas: schemas(), extensions: extensions(), types: types(), otherObjects: otherObjects() };
  const unaccounted = unaccountedIn(inventory(), known);
  const unnamed = unaccounted.length === 0 ? () => [] : await reader.columnar(identitiesQuery, [unaccounted]);
  const facts = options.facts ? await readFacts(client, reader, options.capturedAt) : null;
  reader.finish();
  return {
    ...relations,
    environment,
    ...known,
    routines: routines(),
    grants: [...grants(), ...grantsOutside()],
    notModelled: [...unnamed(), ...notModelled()],
    notVisible: notVisible(),
    facts,
  };
}

/** Objects of the inventory that are not among what was read, as pairs of system catalog and number. */
function unaccountedIn(
  inventory: readonly InventoryRow[],
  read: Pick<CatalogRows, 'schemas' | 'extensions' | 'types' | 'otherObjects'>,
): readonly (readonly [systemCatalog: string, oid: number])[] {
  const accounted = new Set([
    ...read.schemas.map(({ oid }) => `pg_namespace:${oid}`),
    ...read.extensions.map(({ oid }) => `pg_extension:${oid}`),
    ...read.types.map(({ oid }) => `pg_type:${oid}`),
    ...read.otherObjects.map((other) => `${other.class}:${other.oid}`),
  ]);
  return inventory.flatMap((row) => (accounted.has(`${row.class}:${row.oid}`) ? [] : [[row.class, row.oid] as const]));
}
