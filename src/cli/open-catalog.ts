import { noSchemaText } from '../adapters/files/no-schema-text.ts';
import { nativeSha256 } from '../adapters/native-sha256.ts';
import { loadSchemaText } from '../adapters/pglite/load-schema-text.ts';
import { connectPostgresql } from '../adapters/postgresql/connect.ts';
import { resolveDatabaseUrl } from '../adapters/postgresql/resolve-database-url.ts';
import { sessionErrorOf } from '../adapters/postgresql/session-error.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import { onlySchemas } from '../engine/catalog/only-schemas.ts';
import { introspect } from '../engine/introspect/introspect.ts';
import type { SqlClient } from '../engine/ports/sql-client.ts';
import { type CopyForUps, copyForUps } from '../engine/shadow/copy-for-ups.ts';
import type { CatalogOptions, CatalogSource } from './catalog-source.ts';
import { type CommandContext, CommandFailure, wrongUsage } from './command-context.ts';
import { embeddedDatabases } from './embedded-databases.ts';
import { nearNames } from './near-names.ts';
import { readText } from './read-file.ts';
import { readSnapshot } from './read-snapshot.ts';
import { type SchemaFileCatalog, schemaFileCatalog } from './schema-file-catalog.ts';
import { schemaList } from './schema-list.ts';

async function fromSnapshot(path: string, options: CatalogOptions, context: CommandContext): Promise<Catalog> {
  const catalog = await readSnapshot(path, context);
  const schemas = schemaList(options.schemas);
  if (schemas === undefined) return catalog;
  requireSchemas(schemas, catalog, catalog);
  return onlySchemas(catalog, schemas);
}

/** Reads what the options ask for; a schema that is not there is wrong usage, not an empty answer. */
async function introspectAsAsked(
  client: SqlClient,
  options: CatalogOptions,
  context: CommandContext,
): Promise<Catalog> {
  const { clock, signal } = context;
  const schemas = schemaList(options.schemas);
  const catalog = await introspect(client, { schemas, clock, sha256: nativeSha256, signal });
  const isMissing = (wanted: string): boolean => !catalog.schemas.some(({ name }) => name === wanted);
  // Only to name what else there is: whoever asked rightly does not wait for it.
  if (schemas?.some(isMissing))
    requireSchemas(schemas, catalog, await introspect(client, { clock, sha256: nativeSha256, signal, facts: false }));
  return catalog;
}

function requireSchemas(schemas: readonly string[], catalog: Catalog, whole: Catalog): void {
  const has = (wanted: string): boolean => catalog.schemas.some(({ name }) => name === wanted);
  const missing = schemas.find((wanted) => !has(wanted));
  if (missing === undefined) return;
  const known = whole.schemas.map(({ name }) => name);
  const near = nearNames(missing, known);
  const hint = near.length > 0 ? `perhaps ${near.slice(0, 3).join(' or ')} was meant` : `it has ${known.join(', ')}`;
  throw wrongUsage('--schemas', `there is no schema "${missing}" in this database; ${hint}`);
}

/** The text of a schema file; wrong usage when it is something else. */
async function readSchemaFile(path: string, context: CommandContext): Promise<string> {
  const text = await readText(path);
  const fault = noSchemaText(text);
  if (fault !== null) throw wrongUsage(path, fault);
  if (text.trim() === '') context.note(`${path} is empty: so is its catalog`);
  return text;
}

/** A catalog with a copy on which ups can be run, which the caller closes; null where there is none. */
export type CatalogWithCopy = { readonly catalog: Catalog; readonly copy: CopyForUps | null };

/** Loads the text of a schema file; with the database it made, where nothing in that is a mere stand-in. */
async function loadSchema(
  { path, text }: { readonly path: string; readonly text: string },
  options: CatalogOptions,
  context: CommandContext,
  ups: readonly string[],
): Promise<CatalogWithCopy & SchemaFileCatalog> {
  const databases = embeddedDatabases();
  const { signal } = context;
  const loaded = await loadSchemaText({ text, path, databases, alsoRun: ups, signal });
  if (!loaded.ok) throw new CommandFailure(loaded.error);
  const { client, stubbed, leftOut } = loaded.value;
  try {
    const catalog = await introspectAsAsked(client, options, context);
    const { availableExtensions } = databases;
    const copy = stubbed.length > 0 ? null : { database: client, availableExtensions, isPart: false };
    if (copy === null) await client.close();
    // The tables of a throw-away database are empty; that says nothing about the database that will be migrated.
    return { catalog: { ...catalog, facts: null }, copy, stubbed, leftOut };
  } catch (cause) {
    await client.close();
    throw cause;
  }
}

/** Says what a catalog does not have from its schema file as it stands there. */
function noteMissing({ stubbed, leftOut }: SchemaFileCatalog, context: CommandContext): void {
  if (stubbed.length > 0) context.note(`Not in the embedded database, replaced by stand-ins: ${stubbed.join(', ')}`);
  if (leftOut.length > 0) context.note(`Left out of the schema file: ${leftOut.join(', ')}`);
}

/** Reads a schema file, or takes what an earlier process read of the same text. */
async function fromSchemaFile(path: string, options: CatalogOptions, context: CommandContext): Promise<Catalog> {
  const text = await readSchemaFile(path, context);
  const read = await schemaFileCatalog(text, options.schemas, context, async () => {
    const { copy, ...loaded } = await loadSchema({ path, text }, options, context, []);
    await copy?.database.close();
    return loaded;
  });
  noteMissing(read, context);
  return read.catalog;
}

async function fromDatabase(url: string, options: CatalogOptions, context: CommandContext): Promise<Catalog> {
  const resolved = await resolveDatabaseUrl(url, context.environment);
  if (!resolved.ok) throw new CommandFailure(resolved.error);
  const { settings, password } = resolved.value;
  const connected = await connectPostgresql(settings, password, { signal: context.signal });
  if (!connected.ok) throw new CommandFailure(connected.error);
  const session = connected.value;
  context.note(`Reading ${session.identity.database} as ${session.identity.user} (read-only session)`);
  try {
    return await introspectAsAsked(session, options, context);
  } catch (cause) {
    const error = sessionErrorOf(cause, session.statementTimeoutSeconds);
    if (error === null) throw cause;
    throw new CommandFailure(error);
  } finally {
    await session.close();
  }
}

/** Reads the catalog of a source; a failure ends the command. */
export async function openCatalog(
  source: CatalogSource,
  options: CatalogOptions,
  context: CommandContext,
): Promise<Catalog> {
  switch (source.kind) {
    case 'snapshot':
      return fromSnapshot(source.path, options, context);
    case 'schema':
      return fromSchemaFile(source.path, options, context);
    case 'database':
      return fromDatabase(source.url, options, context);
  }
}

/** As `openCatalog`, with a copy on which the ups can be run, where one can be made soon. */
export async function openCatalogWithCopy(
  source: CatalogSource,
  options: CatalogOptions,
  context: CommandContext,
  ups: readonly string[],
): Promise<CatalogWithCopy> {
  if (source.kind !== 'schema') {
    const catalog = await openCatalog(source, options, context);
    const { clock, signal } = context;
    return { catalog, copy: await copyForUps({ catalog, ups, databases: embeddedDatabases(), clock, signal }) };
  }
  const { path } = source;
  const loaded = await loadSchema({ path, text: await readSchemaFile(path, context) }, options, context, ups);
  noteMissing(loaded, context);
  return loaded;
}
