import type { Catalog } from '../catalog/catalog.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { newestSyntax } from '../sql/newer-syntax.ts';
import type { Statement } from '../sql/parser.ts';

/** The server that migrations are for, where it is older than the shadow: what only newer ones take is refused. */
export type TargetServer = {
  readonly major: number;
  /** True when nobody said which version it is. */
  readonly isAssumed: boolean;
};

/** The oldest major version that the PostgreSQL project still maintains, which nobody who names none can count on passing. */
export const OLDEST_MAINTAINED = 15;

const majorOf = (version: number): number => Math.floor(version / 10_000);

/**
 * The server that migrations are for: of the named version, else of that of the catalog. Where neither is known the embedded
 * shadow, which is the newest there is, must not vouch for older ones: a down is then held to what the ups can run on, and
 * to the oldest version that is maintained. A server that was named for the run is taken for one like the target. Null where
 * the shadow takes nothing that the target refuses.
 */
export function targetServer(options: {
  /** `server_version_num`, where somebody named it. */
  readonly named: number | undefined;
  readonly catalog: Catalog | null;
  readonly ups: readonly Statement[];
  readonly shadow: Pick<ShadowDatabase, 'kind' | 'serverVersion'>;
}): TargetServer | null {
  const { named, catalog, ups, shadow } = options;
  const known = named ?? catalog?.server.version;
  if (known === undefined && shadow.kind === 'server') return null;
  const needed = (): number => Math.max(OLDEST_MAINTAINED, ...ups.map(({ node }) => newestSyntax(node)));
  const major = known === undefined ? needed() : majorOf(known);
  return major < majorOf(shadow.serverVersion) ? { major, isAssumed: known === undefined } : null;
}
