import type { MigrationFiles } from '../adapters/files/read-migrations.ts';
import { embeddedEngine } from '../adapters/pglite/embedded-engine.ts';
import { resolveDatabaseUrl } from '../adapters/postgresql/resolve-database-url.ts';
import type { ShadowServer } from '../adapters/postgresql/shadow-server.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { ShadowDatabases } from '../engine/ports/shadow-databases.ts';
import { chooseShadow, type ShadowWish, versionRemark } from '../engine/shadow/choose-shadow.ts';
import { type CommandContext, CommandFailure, wrongUsage } from './command-context.ts';
import { embeddedDatabases } from './embedded-databases.ts';
import { shadowVariable } from './shadow-option.ts';

async function openServer(url: string, context: CommandContext): Promise<ShadowServer> {
  const resolved = await resolveDatabaseUrl(url, context.environment);
  if (!resolved.ok) throw new CommandFailure(resolved.error);
  const { settings, password } = resolved.value;
  // Most commands never need it.
  const { connectShadowServer } = await import('../adapters/postgresql/shadow-server.ts');
  const connected = await connectShadowServer(settings, password, { signal: context.signal, timeoutSeconds: 600 });
  if (!connected.ok) throw new CommandFailure(connected.error);
  const server = connected.value;
  context.note(`Making shadow databases on ${settings.host}:${settings.port} as ${settings.user}`);
  for (const name of server.swept.dropped) context.note(`Took away ${name}, which a run that died had left there`);
  for (const { name, reason } of server.swept.left) context.note(`Left ${name} alone: ${reason}`);
  return server;
}

/**
 * Works with the shadow databases that `--shadow` names, or that are chosen for a catalog and its migrations, and takes
 * them away afterwards. The parser must be loaded.
 */
export async function withShadows<T>(
  {
    named,
    catalog,
    migrations,
    serverVersion,
  }: {
    readonly named: string | undefined;
    readonly catalog: Catalog | null;
    readonly migrations: readonly MigrationFiles[];
    /** `server_version_num` that somebody named for the target. */
    readonly serverVersion: number | undefined;
  },
  context: CommandContext,
  work: (databases: ShadowDatabases, why: readonly string[]) => Promise<T>,
): Promise<T> {
  const wish: ShadowWish = named === undefined ? 'automatic' : named === 'embedded' ? 'embedded' : 'server';
  if (wish === 'server' && named?.includes('://') !== true) {
    throw wrongUsage(
      '--shadow',
      'say "embedded", or name a server by a URL such as postgresql://user@host:5432/postgres',
    );
  }
  const url = wish === 'server' ? named : context.environment[shadowVariable] || undefined;
  const texts = migrations.flatMap(({ up, down }) => [up?.text ?? '', down?.text ?? '']);
  const choice = chooseShadow({
    wish,
    hasServer: url !== undefined,
    catalog,
    serverVersion,
    texts,
    embedded: embeddedEngine,
  });
  if (choice.kind === 'embedded' || url === undefined) {
    const onFailure = (reason: string): void => context.note(`The copy could not be kept for the next time: ${reason}`);
    return work(embeddedDatabases(onFailure), choice.why);
  }
  return context.toItsEnd(async () => {
    const server = await openServer(url, context);
    try {
      return await work(server, [
        ...choice.why,
        ...server.remarks,
        ...versionRemark(server.serverVersion, serverVersion ?? catalog?.server.version),
      ]);
    } finally {
      for (const left of await server.close())
        context.note(`Could not be dropped: ${left}; the next shadow run there will`);
    }
  });
}
