import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectShadowServer } from '../../src/adapters/postgresql/shadow-server.ts';
import type { ShadowDatabases } from '../../src/engine/ports/shadow-databases.ts';
import { type ChainLink, shadowChain } from '../../src/engine/shadow/shadow-chain.ts';
import { loadParser } from '../../src/engine/sql/parser.ts';
import { clock, testShadows } from '../integration/shadow/shadows.ts';
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts';
import { rollbackTruth } from '../support/rollback-truth.ts';
import { readShadowPairs, shadowChains } from '../support/shadow-pairs.ts';
import { runsInOneTransaction } from './migration-pairs.ts';

/** Chains to replay, separated by commas, or `all`, which takes minutes. */
const named = process.env['LOCKSTEP_SHADOW_PAIRS'] ?? 'prisma-crm';
const chains = named === 'all' ? shadowChains : named.split(',');
/** `server` replays them on a server of the version that the truth is found on, as well. */
const places = (process.env['LOCKSTEP_SHADOW_PLACES'] ?? 'embedded').split(',');

let server: PostgresServer;
beforeAll(async () => {
  await loadParser();
  server = await startPostgresServer({ version: 15 });
});
afterAll(() => server.stop());

async function replay(chain: string, databases: ShadowDatabases): Promise<readonly ChainLink[]> {
  const links = await shadowChain({
    catalog: null,
    migrations: readShadowPairs(chain).map(({ name, up, down }) => ({
      name,
      up,
      down,
      transaction: runsInOneTransaction({ up, down }) ? 'file' : 'auto',
    })),
    databases,
    clock,
    serverVersion: 150_000,
    continueAfterFailure: true,
  });
  if (!links.ok) throw new Error(JSON.stringify(links.error));
  return links.value;
}

it.each(chains)(
  'agrees with pg_dump on which downs of %s restore, and sees every loss',
  { timeout: 1_800_000 },
  async (chain) => {
    const truth = await rollbackTruth(server, readShadowPairs(chain));
    for (const place of places) {
      const databases = place === 'server' ? await connectShadowServer(server.settings, server.password) : null;
      if (databases !== null && !databases.ok) throw new Error(JSON.stringify(databases.error));
      const links = await replay(chain, databases?.value ?? testShadows());
      if (databases !== null) expect(await databases.value.close()).toEqual([]);
      const shown = links.map(({ name, result }) => ({
        name,
        restored: result.steps.some((step) => step.name === 'up' && step.error !== undefined) ? null : result.restored,
      }));
      expect(shown).toEqual(truth.map(({ name, restored }) => ({ name, restored })));
      // Synthetic rows are more demanding than those of an application: they may lose what those happen to keep.
      const unseen = truth.filter(({ name, lost }) => {
        const seen = links.find((link) => link.name === name)?.result.data;
        return (lost ?? []).length > 0 && seen?.stoppedAt == null && (seen?.lost ?? []).length === 0;
      });
      expect(unseen).toEqual([]);
      const mispredicted = links.flatMap(({ name, result }) =>
        result.statements.flatMap((one) =>
          (one.mispredicted ?? []).map((each) => ({ name, index: one.index, ...each })),
        ),
      );
      expect(mispredicted).toEqual([]);
    }
  },
);
