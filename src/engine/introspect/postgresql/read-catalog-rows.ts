import type { Grant } from '../../catalog/catalog.ts';
import type { Facts } from '../../catalog/facts.ts';
import type { CancelSignal } from '../../ports/cancel.ts';
import type { SqlClient } from '../../ports/sql-client.ts';
import { type CatalogReader, createCatalogReader, type IntrospectionProgress } from './catalog-reader.ts';
import type { StateChange } from './database-state.ts';
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
import { type OtherObjectRow, otherObjectsQuery, settingsQuery } from './objects/other-objects.ts';
import { type RoutineRow, routinesQuery } from './objects/routines.ts';
import { type SchemaRow, schemasQuery } from './objects/schemas.ts';
import { type TypeRow, typesQuery } from './objects/types.ts';
import { type Vocabulary, vocabularyOf, vocabularyQuery } from './objects/vocabulary.ts';
import { changeSteps, findChanges, readChanges } from './read-changes.ts';
import {
  askRelations,
  readComments,
  readDependencies,
  readRelations,
  relationSteps,
  sharedSteps,
} from './read-relations.ts';
import { type RelationRows, relationRowsOf } from './relation-rows.ts';

/** Everything read from one database in one snapshot, still as rows that know each other by the server's numbers. */
export type CatalogRows = RelationRows & {
  readonly environment: ServerEnvironment;
  readonly schemas: readonly SchemaRow[];
  readonly extensions: readonly ExtensionRow[];
  readonly types: readonly TypeRow[];
  readonly routines: readonly RoutineRow[];
  readonly otherObjects: readonly OtherObjectRow[];
  /** Kept apart because a change of a relation changes them. */
  readonly settings: readonly OtherObjectRow[];
  readonly grants: readonly Grant[];
  readonly notModelled: readonly NamedThing[];
  readonly notVisible: readonly NamedThing[];
  readonly facts: Facts | null;
};

type ObjectChange = Extract<StateChange, { readonly kind: 'objects' }>;

/** The rows of a reading that a later one can start from. */
export type KeptRows = { readonly rows: CatalogRows; readonly vocabulary: Vocabulary };

type ReadOptions = {
  readonly schemas: readonly string[] | null;
  readonly capturedAt: string;
  readonly facts: boolean;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: IntrospectionProgress) => void) | undefined;
  /** Is told of the relations while the server is at the rest. */
  readonly onRelations?: ((relations: RelationRows) => void) | undefined;
};

/** How many steps of a reader `readRest` takes at most. */
const restSteps = 12;

/** Reads all rows, a few queries for each kind of object. */
export async function readCatalogRows(
  client: SqlClient,
  environment: ServerEnvironment,
  options: ReadOptions,
): Promise<KeptRows> {
  const steps = 1 + sharedSteps + relationSteps + restSteps;
  const reader = readerOf(client, environment, options, { steps, relations: null });
  const words = reader.rows(vocabularyQuery);
  const asked = askRelations(reader);
  const vocabulary = readVocabulary(await words);
  const all = Promise.all([readComments(reader), readDependencies(reader, vocabulary), readListed(reader)]);
  const shared = all.then(([comments, dependencies]) => ({ comments, dependencies, columnsElsewhere: [] }));
  // The relations may fail before they wait for it.
  shared.catch(() => undefined);
  const [answers, [, , listed]] = await Promise.all([readRelations(reader, asked, vocabulary, shared), all]);
  // Thousands of tables are put together while the server is at what is left.
  const unlisted = readUnlisted(reader);
  const facts = options.facts ? readFacts(reader, options.capturedAt) : null;
  // What is left may fail before they are waited for.
  facts?.catch(() => undefined);
  await unlisted.begun;
  const relations = relationRowsOf(answers);
  options.onRelations?.(relations);
  const rest = restFrom(listed, await unlisted.rows);
  const rows = { ...relations, environment, ...rest, facts: await facts };
  reader.finish();
  return { rows, vocabulary };
}

function readVocabulary([words]: readonly Parameters<typeof vocabularyOf>[0][]): Vocabulary {
  if (words === undefined) throw new Error('a query without FROM gave no row');
  return vocabularyOf(words);
}

/**
 * The rows of an earlier reading with those read again that may have changed since; null when so many may have that all
 * are better read anew.
 */
export async function readChangedRows(
  client: SqlClient,
  environment: ServerEnvironment,
  options: ReadOptions & { readonly change: ObjectChange; readonly earlier: KeptRows },
): Promise<(KeptRows & { readonly relations: number }) | null> {
  const { earlier, change } = options;
  const { vocabulary } = earlier;
  const finding = readerOf(client, environment, options, { steps: changeSteps + relationSteps, relations: [] });
  const changed = await findChanges(finding, change, earlier.rows, vocabulary);
  const known = earlier.rows.tables.length + earlier.rows.views.length + earlier.rows.sequences.length;
  if (changed.relations.length > 20 && changed.relations.length * 2 > known) return null;

  const reader = readerOf(client, environment, options, {
    steps: relationSteps + restSteps,
    relations: changed.relations,
  });
  const relations = await readChanges(reader, changed, earlier.rows, vocabulary);
  const rest = changed.elsewhere
    ? await readRest(reader)
    : { ...restOf(earlier.rows), grants: await readGrants(reader), settings: await readSettings(reader) };
  const facts = options.facts ? await readFacts(reader, options.capturedAt) : null;
  reader.finish();
  const rows = { ...relations, environment, ...rest, facts };
  return { rows, vocabulary, relations: changed.relations.length };
}

/** Reads the facts alone. */
export async function readFreshFacts(
  client: SqlClient,
  environment: ServerEnvironment,
  options: ReadOptions,
): Promise<Facts | null> {
  if (!options.facts) return null;
  const reader = readerOf(client, environment, options, { steps: 0, relations: null });
  const facts = await readFacts(reader, options.capturedAt);
  reader.finish();
  return facts;
}

function readerOf(
  client: SqlClient,
  environment: ServerEnvironment,
  options: ReadOptions,
  { steps, relations }: { readonly steps: number; readonly relations: readonly number[] | null },
): CatalogReader {
  return createCatalogReader(client, {
    scope: { serverVersion: environment.version, schemas: options.schemas, relations },
    total: steps + (options.facts ? factSteps : 0),
    signal: options.signal,
    onProgress: options.onProgress,
  });
}

type RestRows = Omit<CatalogRows, keyof RelationRows | 'environment' | 'facts'>;

/** Reads what does not belong to relations. */
async function readRest(reader: CatalogReader): Promise<RestRows> {
  const [listed, unlisted] = await Promise.all([readListed(reader), readUnlisted(reader).rows]);
  return restFrom(listed, unlisted);
}

type ListedRows = Pick<RestRows, 'schemas' | 'extensions' | 'types' | 'otherObjects'> & {
  /** What is listed and not read. */
  readonly unnamed: readonly NamedThing[];
};
type UnlistedRows = Omit<RestRows, keyof ListedRows>;

const restFrom = ({ unnamed, ...listed }: ListedRows, unlisted: UnlistedRows): RestRows => ({
  ...listed,
  ...unlisted,
  notModelled: [...unnamed, ...unlisted.notModelled],
});

/** Reads what the inventory lists; asks for the kinds of which there is something, one after the other. */
async function readListed(reader: CatalogReader): Promise<ListedRows> {
  const [inventory, schemas, extensions] = await Promise.all([
    reader.columnar(inventoryQuery, [reader.scope.schemas]),
    reader.rows(schemasQuery),
    reader.rows(extensionsQuery),
  ]);
  const listed = (systemCatalog: string) => inventory.some((row) => row.class === systemCatalog);
  const types = listed('pg_type') ? await reader.rows(typesQuery) : [];
  const known = { schemas, extensions, types };
  const made = new Set(unaccountedIn(inventory, known).map(([systemCatalog]) => systemCatalog));
  const otherObjects = await reader.rows(otherObjectsQuery(made));
  const unaccounted = unaccountedIn(inventory, { ...known, otherObjects });
  const unnamed = unaccounted.length === 0 ? [] : await reader.columnar(identitiesQuery, [unaccounted]);
  return { ...known, otherObjects, unnamed };
}

/** Asks for what no inventory lists, all at once; `begun` says that the server is at it. */
function readUnlisted(reader: CatalogReader): {
  readonly begun: Promise<unknown>;
  readonly rows: Promise<UnlistedRows>;
} {
  const { schemas } = reader.scope;
  const begun = reader.rows(routinesQuery);
  const asked = Promise.all([
    begun,
    readGrants(reader),
    readSettings(reader),
    reader.columnar(notModelledQuery, [schemas]),
    reader.columnar(notVisibleQuery, [schemas]),
  ]);
  const rows = asked.then(([routines, grants, settings, notModelled, notVisible]) => ({
    routines,
    grants,
    settings,
    notModelled,
    notVisible,
  }));
  // It may fail before anybody waits for it.
  rows.catch(() => undefined);
  return { begun, rows };
}

async function readGrants(reader: CatalogReader): Promise<readonly Grant[]> {
  const [grants, outside] = await Promise.all([reader.rows(grantsQuery), reader.rows(grantsOutsideQuery)]);
  return [...grants, ...outside];
}

const readSettings = (reader: CatalogReader): Promise<readonly OtherObjectRow[]> => reader.rows(settingsQuery);

const restOf = ({
  schemas,
  extensions,
  types,
  routines,
  otherObjects,
  settings,
  grants,
  notModelled,
  notVisible,
}: CatalogRows): RestRows => ({
  schemas,
  extensions,
  types,
  routines,
  otherObjects,
  settings,
  grants,
  notModelled,
  notVisible,
});

/** Objects of the inventory that are not among what was read, as pairs of system catalog and number. */
function unaccountedIn(
  inventory: readonly InventoryRow[],
  read: Pick<CatalogRows, 'schemas' | 'extensions' | 'types'> & Partial<Pick<CatalogRows, 'otherObjects'>>,
): readonly (readonly [systemCatalog: string, oid: number])[] {
  const accounted = new Set([
    ...read.schemas.map(({ oid }) => `pg_namespace:${oid}`),
    ...read.extensions.map(({ oid }) => `pg_extension:${oid}`),
    ...read.types.map(({ oid }) => `pg_type:${oid}`),
    ...(read.otherObjects ?? []).map((other) => `${other.class}:${other.oid}`),
  ]);
  return inventory.flatMap((row) => (accounted.has(`${row.class}:${row.oid}`) ? [] : [[row.class, row.oid] as const]));
}
