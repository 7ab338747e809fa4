import type { Command } from 'commander';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { CopyForUps } from '../engine/shadow/copy-for-ups.ts';
import { type CommandContext, wrongUsage } from './command-context.ts';

/** The options that name a catalog; at most one of the first three. */
export type CatalogOptions = {
  readonly database?: string;
  readonly schema?: string;
  readonly snapshot?: string;
  readonly schemas?: string;
};

/** Where a catalog is read from. */
export type CatalogSource =
  | { readonly kind: 'snapshot' | 'schema'; readonly path: string }
  | { readonly kind: 'database'; readonly url: string };

/** Adds the options that name a catalog to a command. */
export const withCatalogOptions = (command: Command): Command =>
  command
    .option('--database <url>', 'a PostgreSQL server, read only (default: DATABASE_URL)')
    .option('--schema <file>', 'a .sql file that makes the schema, loaded into an embedded database')
    .option('--snapshot <file>', 'a catalog that `introspect --format json` wrote')
    .option('--schemas <list>', 'only these schemas, separated by commas');

function sourceOf(options: CatalogOptions, context: CommandContext): CatalogSource | null {
  const named = (['database', 'schema', 'snapshot'] as const).filter((name) => options[name] !== undefined);
  if (named.length > 1) throw wrongUsage(`--${named[1]}`, `cannot be used together with --${named[0]}`);
  if (options.snapshot !== undefined) return { kind: 'snapshot', path: options.snapshot };
  if (options.schema !== undefined) return { kind: 'schema', path: options.schema };
  // An option that is empty is a variable that nobody set: it must not become the server of this machine.
  if (options.database === '') throw wrongUsage('--database', 'is empty: is the variable set that it comes from?');
  const url = options.database ?? context.environment['DATABASE_URL'];
  return url === undefined || url === '' ? null : { kind: 'database', url };
}

/** What the options name, or null when they name nothing and `DATABASE_URL` is not set. Naming two is wrong usage. */
function namedSource(options: CatalogOptions, context: CommandContext): CatalogSource | null {
  const source = sourceOf(options, context);
  if (source === null && options.schemas !== undefined) {
    throw wrongUsage('--schemas', 'needs a database: add --database, --schema or --snapshot');
  }
  return source;
}

/** The catalog that the options name, or null when they name none. */
export async function readCatalog(options: CatalogOptions, context: CommandContext): Promise<Catalog | null> {
  const source = namedSource(options, context);
  if (source === null) return null;
  // Drivers and the embedded database take longer to load than most checks take that need neither.
  const { openCatalog } = await import('./open-catalog.ts');
  return openCatalog(source, options, context);
}

/** As `readCatalog`, with a copy of the schema on which the ups can be run, where one can be made soon. */
export async function readCatalogWithCopy(
  options: CatalogOptions,
  context: CommandContext,
  ups: readonly string[],
): Promise<{ readonly catalog: Catalog | null; readonly copy: CopyForUps | null }> {
  const source = namedSource(options, context);
  if (source === null) return { catalog: null, copy: null };
  const { openCatalogWithCopy } = await import('./open-catalog.ts');
  return openCatalogWithCopy(source, options, context, ups);
}

/** As `readCatalog`, but a catalog must be named. */
export async function requireCatalog(options: CatalogOptions, context: CommandContext): Promise<Catalog> {
  const catalog = await readCatalog(options, context);
  if (catalog === null) throw wrongUsage('', 'name a database with --database, --schema or --snapshot');
  return catalog;
}
