import { type MigrationFiles, transactionsOf } from '../adapters/files/read-migrations.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import { withReasons } from '../engine/shadow/choose-shadow.ts';
import { type ChainLink, type ShadowChainOptions, shadowChain } from '../engine/shadow/shadow-chain.ts';
import type { TransactionMode } from '../engine/sql/transactions.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';
import { noteMigrations } from './note-migrations.ts';
import { withShadows } from './with-shadows.ts';

/** How a chain is proved; `shadow` is where, as the option names it. */
export type ChainRules = Pick<ShadowChainOptions, 'queries' | 'serverVersion' | 'rows' | 'continueAfterFailure'> & {
  /** What somebody said that the runner does with all files. */
  readonly transaction: TransactionMode;
  readonly shadow: string | undefined;
  /** True to read what all ups left. */
  readonly readEnd?: boolean;
};

/** Proves the migrations one after the other on a shadow of the catalog; `end` is null where an up failed. */
export async function proveChain(
  migrations: readonly MigrationFiles[],
  catalog: Catalog | null,
  { shadow, readEnd = false, transaction, ...rules }: ChainRules,
  context: CommandContext,
): Promise<{ readonly links: readonly ChainLink[]; readonly end: Catalog | null }> {
  const place = { named: shadow, catalog, migrations, serverVersion: rules.serverVersion };
  return withShadows(place, context, async (databases, why) => {
    let end: Catalog | null = null;
    const chain = await shadowChain({
      catalog,
      migrations: migrations.map((files) => ({
        name: files.name,
        up: files.up?.text ?? '',
        down: files.down?.text ?? null,
        transaction: transactionsOf(files, transaction),
      })),
      databases,
      clock: context.clock,
      signal: context.signal,
      ...rules,
      onProgress: noteMigrations(context, migrations.length),
      ...(readEnd ? { onEnd: (catalog) => (end = catalog) } : {}),
    });
    if (!chain.ok) throw new CommandFailure(chain.error);
    return { links: chain.value.map(({ name, result }) => ({ name, result: withReasons(result, why) })), end };
  });
}
