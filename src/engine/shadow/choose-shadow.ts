import type { Catalog } from '../catalog/catalog.ts';
import { effectsOf } from '../sql/effects.ts';
import { MANY_TABLES } from './part-to-clone.ts';
import { extensionsNeeded, statementsOf } from './prepare-shadow.ts';
import type { ShadowRunReport } from './report.ts';
import { languagesNeededBy } from './statement-guard.ts';

/** Where a shadow run is to work, and the reasons in sentences. */
export type ShadowChoice = { readonly kind: 'embedded' | 'server'; readonly why: readonly string[] };

/** What the embedded engine is. */
export type EmbeddedEngine = {
  /** `server_version_num`; only its major version counts. */
  readonly version: number;
  readonly extensions: readonly string[];
};

/** Languages that every PostgreSQL has; `c` is a matter of libraries, which stand-ins replace. */
const EVERYWHERE: ReadonlySet<string> = new Set(['c', 'internal', 'sql', 'plpgsql']);

const majorOf = (version: number): number => Math.floor(version / 10_000);

const listed = (names: readonly string[]): string => names.join(', ');

/**
 * What the embedded engine cannot show of these migrations on this schema as the target would, in sentences. The parser
 * must be loaded.
 */
function whatEmbeddedLacks(
  catalog: Catalog | null,
  target: number | undefined,
  texts: readonly string[],
  { version, extensions }: EmbeddedEngine,
): readonly string[] {
  const lacks: string[] = [];
  const missing = extensionsNeeded(catalog, texts).filter((name) => !extensions.includes(name));
  if (missing.length > 0) lacks.push(`The embedded PostgreSQL does not have the extension ${listed(missing)}`);
  const statements = statementsOf(texts);
  const written = [...languagesNeededBy(statements), ...(catalog?.routines ?? []).map(({ language }) => language)];
  const languages = [...new Set(written)].filter((name) => !EVERYWHERE.has(name)).sort();
  if (languages.length > 0) lacks.push(`The embedded PostgreSQL does not have the language ${listed(languages)}`);
  if (target !== undefined && majorOf(target) !== majorOf(version)) {
    lacks.push(`The target is PostgreSQL ${majorOf(target)}, the embedded one ${majorOf(version)}`);
  }
  const serverVersion = target ?? version;
  const alone = statements.some(
    (statement) => effectsOf(statement, { catalog, serverVersion }).transaction === 'forbidden',
  );
  if (alone) lacks.push('Only on a server can the locks of concurrent forms be seen, from a second session');
  const tables = catalog?.tables.length ?? 0;
  if (tables > MANY_TABLES) lacks.push(`${tables.toLocaleString('en')} tables are many for a copy in memory`);
  return lacks;
}

/** What somebody asked for; `automatic` leaves it to what the embedded engine lacks. */
export type ShadowWish = 'embedded' | 'server' | 'automatic';

/**
 * Chooses where to prove migrations. `hasServer` says whether somebody named a server for shadow runs: no other is ever
 * used. The parser must be loaded.
 */
export function chooseShadow(options: {
  readonly wish: ShadowWish;
  readonly hasServer: boolean;
  /** Null when the migrations start from an empty database. */
  readonly catalog: Catalog | null;
  /** `server_version_num` of the target, where somebody named it; else it is that of the catalog. */
  readonly serverVersion?: number | undefined;
  readonly texts: readonly string[];
  readonly embedded: EmbeddedEngine;
}): ShadowChoice {
  const { wish, hasServer, catalog, texts, embedded } = options;
  if (wish === 'server') return { kind: 'server', why: ['This server was named for the run'] };
  const lacks = whatEmbeddedLacks(catalog, options.serverVersion ?? catalog?.server.version, texts, embedded);
  if (wish === 'embedded') return { kind: 'embedded', why: ['The embedded PostgreSQL was asked for', ...lacks] };
  if (lacks.length === 0) {
    return { kind: 'embedded', why: ['The embedded PostgreSQL has all that schema and migration need'] };
  }
  if (hasServer) return { kind: 'server', why: lacks };
  return { kind: 'embedded', why: ['No server is named for shadow runs', ...lacks] };
}

/** What there is to say of a server that was chosen: that its major version is not the target's. */
export function versionRemark(serverVersion: number, target: number | undefined): readonly string[] {
  if (target === undefined || majorOf(serverVersion) === majorOf(target)) return [];
  return [`The shadow server is PostgreSQL ${majorOf(serverVersion)}, the target ${majorOf(target)}`];
}

/** A report that says why it was made where it was. */
export const withReasons = (report: ShadowRunReport, why: readonly string[]): ShadowRunReport => ({
  ...report,
  shadow: { ...report.shadow, why },
});
