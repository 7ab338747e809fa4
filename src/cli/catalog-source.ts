import type { Command } from 'commander';
import { loadSchemaFile } from '../adapters/pglite/load-schema-file.ts';
import { connectPostgresql } from '../adapters/postgresql/connect.ts';
import { resolveDatabaseUrl } from '../adapters/postgresql/resolve-database-url.ts';
import { sessionErrorOf } from '../adapters/postgresql/session-error.ts';
import { type Catalog, catalogSchema } from '../engine/catalog/catalog.ts';
import { fingerprintCatalog } from '../engine/catalog/fingerprint.ts';
import { introspect } from '../engine/introspect/introspect.ts';
import { type CommandContext, CommandFailure, wrongUsage } from './command-context.ts';
import { embeddedDatabases } from './embedded-databases.ts';
import { readText } from './read-file.ts';

/** The options that name a catalog; at most one of the first three. */
export type CatalogOptions = {
  readonly database?: string;
  readonly schema?: string;
  readonly snapshot?: string;
  readonly schemas?: string;
};

/** Adds the options that name a catalog to a command. */
export const withCatalogOptions = (command: Command): Command =>
  command
    .option('--database <url>', 'a PostgreSQL server, read only (default: DATABASE_URL)')
    .option('--schema <file>', 'a .sql file that makes the schema, loaded into an embedded database')
    .option('--snapshot <file>', 'a catalog that `introspect --format json` wrote')
    .option('--schemas <list>', 'only these schemas, separated by commas');

const schemaList = (options: CatalogOptions): { readonly schemas?: readonly string[] } =>
  options.schemas === undefined ? {} : { schemas: options.schemas.split(',').map((name) => name.trim()) };

async function fromSnapshot(path: string, context: CommandContext): Promise<Catalog> {
  const text = await readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandFailure({ code: 'catalog.snapshot_invalid', path, reason });
  }
  const parsed = catalogSchema.safeParse(json);
  if (parsed.success) {
    // Whoever edits a snapshot leaves its fingerprint as it was: it is made again from what is really there.
    const fingerprint = fingerprintCatalog(parsed.data);
    if (fingerprint !== parsed.data.fingerprint)
      context.note(`${path} was changed after it was written; its fingerprint is now ${fingerprint}`);
    return { ...parsed.data, fingerprint };
  }
  const [issue] = parsed.error.issues;
  const reason = issue === undefined ? 'not a catalog' : `${issue.path.join('.') || 'the file'}: ${issue.message}`;
  throw new CommandFailure({ code: 'catalog.snapshot_invalid', path, reason });
}

async function fromSchemaFile(path: string, options: CatalogOptions, context: CommandContext): Promise<Catalog> {
  const loaded = await loadSchemaFile({ path, databases: embeddedDatabases(), signal: context.signal });
  if (!loaded.ok) throw new CommandFailure(loaded.error);
  const { client, stubbed, leftOut } = loaded.value;
  if (stubbed.length > 0) context.note(`Not in the embedded database, replaced by stand-ins: ${stubbed.join(', ')}`);
  if (leftOut.length > 0) context.note(`Left out of the schema file: ${leftOut.join(', ')}`);
  try {
    const catalog = await introspect(client, { ...schemaList(options), clock: context.clock, signal: context.signal });
    // The tables of a throw-away database are empty; that says nothing about the database that will be migrated.
    return { ...catalog, facts: null };
  } finally {
    await client.close();
  }
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
    return await introspect(session, { ...schemaList(options), clock: context.clock, signal: context.signal });
  } catch (cause) {
    const error = sessionErrorOf(cause, session.statementTimeoutSeconds);
    if (error === null) throw cause;
    throw new CommandFailure(error);
  } finally {
    await session.close();
  }
}

/** The catalog when every schema that was asked for is in it; a name that is not there is wrong usage, not an empty answer. */
function withSchemas(catalog: Catalog, options: CatalogOptions): Catalog {
  const missing = schemaList(options).schemas?.find((wanted) => !catalog.schemas.some(({ name }) => name === wanted));
  if (missing !== undefined) throw wrongUsage('--schemas', `there is no schema "${missing}" in this database`);
  return catalog;
}

/**
 * The catalog that the options name, or null when they name none and `DATABASE_URL` is not set. Naming two is wrong usage.
 */
export async function readCatalog(options: CatalogOptions, context: CommandContext): Promise<Catalog | null> {
  const named = (['database', 'schema', 'snapshot'] as const).filter((name) => options[name] !== undefined);
  if (named.length > 1) throw wrongUsage(`--${named[1]}`, `cannot be used together with --${named[0]}`);
  if (options.snapshot !== undefined) {
    if (options.schemas !== undefined) throw wrongUsage('--schemas', 'cannot be used together with --snapshot');
    return fromSnapshot(options.snapshot, context);
  }
  if (options.schema !== undefined) return withSchemas(await fromSchemaFile(options.schema, options, context), options);
  const url = options.database ?? context.environment['DATABASE_URL'];
  if (url !== undefined) return withSchemas(await fromDatabase(url, options, context), options);
  if (options.schemas !== undefined) throw wrongUsage('--schemas', 'needs a database: add --database or --schema');
  return null;
}

/** As `readCatalog`, but a catalog must be named. */
export async function requireCatalog(options: CatalogOptions, context: CommandContext): Promise<Catalog> {
  const catalog = await readCatalog(options, context);
  if (catalog === null) throw wrongUsage('', 'name a database with --database, --schema or --snapshot');
  return catalog;
}
