import type { ShadowDatabases } from '../../src/engine/ports/shadow-databases.ts';
import { type ChainLink, shadowChain } from '../../src/engine/shadow/shadow-chain.ts';
import { clock } from '../integration/shadow/shadows.ts';
import { catalogBefore, migrationsOf, runsInOneTransaction, truthOf } from './migration-pairs.ts';

/** How the verdicts on a project's downs compare with what PostgreSQL 15 did; `judged` are those with a truth. */
export type RollbackVerdicts = {
  readonly chain: readonly ChainLink[];
  readonly judged: readonly ChainLink[];
  readonly wrong: readonly ChainLink[];
};

/** Replays a project on shadow databases, compares the verdicts with the truth and prints them. The parser must be loaded. */
export async function rollbackVerdicts(project: string, databases: ShadowDatabases): Promise<RollbackVerdicts> {
  const truth = truthOf(project);
  const started = performance.now();
  const chain = await shadowChain({
    catalog: await catalogBefore(project),
    migrations: migrationsOf(project).map((migration) => ({
      ...migration,
      transaction: runsInOneTransaction(migration) ? 'file' : 'auto',
    })),
    databases,
    clock,
    // What the truth was found on.
    serverVersion: 150_000,
    continueAfterFailure: true,
  });
  if (!chain.ok) throw new Error(JSON.stringify(chain.error));
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const judged = chain.value.filter(({ name }) => {
    const known = truth.get(name);
    return known?.has_down === true && !known.up_noop && known.up_ok;
  });
  const wrong = judged.filter(({ name, result }) => result.restored !== truth.get(name)?.restored);
  const kind = chain.value[0]?.result.shadow;
  console.log(
    `${project} (${kind?.kind} ${kind?.version}): ${judged.length - wrong.length} of ${judged.length} agree, ` +
      `${chain.value.length} in ${seconds} s`,
  );
  const broken = judged.filter(({ name }) => truth.get(name)?.restored === false);
  const mended = broken.filter(({ result }) => result.restored || result.computedDown?.restored === true);
  console.log(`${project}: of ${broken.length} downs that do not restore, the computed one does for ${mended.length}`);
  for (const { name } of broken.filter((link) => !mended.includes(link))) console.log(`  no computed down: ${name}`);
  const seeded = judged.filter(
    ({ name, result: { data } }) => /^(?:kept|lost)$/.test(truth.get(name)?.seeded ?? '') && data?.stoppedAt === null,
  );
  const unlike = seeded.filter(
    ({ name, result: { data } }) => (truth.get(name)?.seeded === 'lost') !== (data?.lost.length ?? 0) > 0,
  );
  console.log(`${project}: what rows lose is as it was in ${seeded.length - unlike.length} of ${seeded.length}`);
  for (const { name, result } of unlike) console.log(`  ${name}:`, truth.get(name)?.seeded, result.data?.lost);
  for (const { name, result } of wrong) {
    const failing = result.steps.find((step) => step.error !== undefined);
    console.log(
      `  ${name}: restored ${result.restored}`,
      failing?.name,
      failing?.error,
      result.differences.slice(0, 4),
    );
  }
  return { chain: chain.value, judged, wrong };
}
