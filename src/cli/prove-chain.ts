import type { MigrationFiles } from '../adapters/files/read-migrations.ts';
import type { QueryText } from '../adapters/files/read-queries.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import { withReasons } from '../engine/shadow/choose-shadow.ts';
import { type ChainLink, shadowChain } from '../engine/shadow/shadow-chain.ts';
import type { TransactionMode } from '../engine/sql/transactions.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';
import { noteMigrations } from './note-migrations.ts';
import { withShadows } from './with-shadows.ts';

/** Proves the migrations one after the other on a shadow of the catalog. */
export async function proveChain(
  migrations: readonly MigrationFiles[],
  catalog: Catalog | null,
  {
    transaction,
    queries,
    shadow,
    serverVersion,
  }: {
    readonly transaction: TransactionMode;
    readonly queries: readonly QueryText[];
    readonly shadow: string | undefined;
    readonly serverVersion: number | undefined;
  },
  context: CommandContext,
): Promise<readonly ChainLink[]> {
  return withShadows({ named: shadow, catalog, migrations, serverVersion }, context, async (databases, why) => {
    const chain = await shadowChain({
      catalog,
      migrations: migrations.map(({ name, up, down }) => ({ name, up: up?.text ?? '', down: down?.text ?? null })),
      databases,
      clock: context.clock,
      signal: context.signal,
      continueAfterFailure: true,
      transaction,
      queries,
      serverVersion,
      onProgress: noteMigrations(context, migrations.length),
    });
    if (!chain.ok) throw new CommandFailure(chain.error);
    return chain.value.map(({ name, result }) => ({ name, result: withReasons(result, why) }));
  });
}
