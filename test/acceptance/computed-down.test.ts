import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../src/engine/catalog/compare.ts';
import { introspectAgain, type Reading } from '../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../src/engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../src/engine/ports/shadow-failure.ts';
import { openClone } from '../../src/engine/shadow/clone-catalog.ts';
import { type ComputedDown, downFrom } from '../../src/engine/shadow/computed-down.ts';
import { readIdentities } from '../../src/engine/shadow/object-identities.ts';
import { extensionsNeeded, prepareFor } from '../../src/engine/shadow/prepare-shadow.ts';
import { runScript } from '../../src/engine/shadow/run-script.ts';
import type { ChainMigration } from '../../src/engine/shadow/shadow-chain.ts';
import { beginSession } from '../../src/engine/shadow/shadow-session.ts';
import { emptyCatalog } from '../../src/engine/sql/empty-catalog.ts';
import { loadParser } from '../../src/engine/sql/parser.ts';
import { clock, testShadows } from '../integration/shadow/shadows.ts';
import { catalogBefore, hasPairs, migrationsOf, projects, runsInOneTransaction, truthOf } from './migration-pairs.ts';

const databases = testShadows({ timeoutSeconds: 300 });

/** What the truth was found on. */
const TARGET = { major: 15, isAssumed: false };

/** A file that gets what was computed for each migration, for looking into it. */
const log = process.env['LOCKSTEP_ACCEPTANCE_LOG'];

/** A chain of ups, on which each migration is done, undone by the computed down, and done again. */
class Chain {
  #database: ShadowDatabase | null = null;
  readonly #start: Catalog | null;
  readonly #texts: readonly string[];
  readonly #applied: ChainMigration[] = [];
  #isTouched = false;

  constructor(start: Catalog | null, migrations: readonly ChainMigration[]) {
    this.#start = start;
    this.#texts = migrations.map(({ up }) => up);
  }

  async prove(migration: ChainMigration): Promise<ComputedDown | null> {
    let database = this.#database ?? (await this.#build());
    if (!(await this.#try(database, migration))) {
      if (!this.#isTouched) return null;
      database = await this.#build();
      if (!(await this.#try(database, migration))) return null;
    }
    const { baseline, before } = this.#before;
    const after = await introspectAgain(database, baseline, { clock, facts: false });
    let down: ComputedDown;
    try {
      down = await downFrom({
        database,
        baseline,
        after,
        before,
        target: TARGET,
        transaction: runsInOneTransaction({ up: migration.up, down: '' }) ? 'file' : 'auto',
        settings: this.#start?.server ?? null,
        availableExtensions: databases.availableExtensions,
        clock,
      });
    } catch (cause) {
      if (!(cause instanceof ShadowFailure)) throw cause;
      throw new Error(JSON.stringify(cause.error));
    }
    this.#applied.push(migration);
    this.#isTouched = true;
    const again = await this.#run(database, migration);
    const end = again ? await introspectAgain(database, after, { clock, facts: false }) : null;
    this.#end = end;
    const differences = end === null ? [] : compareCatalogs(after.catalog, end.catalog, { ignore: ['column-order'] });
    if (end === null || differences.length > 0) await this.close();
    return down;
  }

  async close(): Promise<void> {
    await this.#database?.close();
    this.#database = null;
    this.#end = null;
  }

  /** The reading of what the last up left; null when that is not known. */
  #end: Reading | null = null;

  #before: { readonly baseline: Reading; readonly before: Awaited<ReturnType<typeof readIdentities>> } = {
    baseline: null as never,
    before: new Map(),
  };

  async #try(database: ShadowDatabase, migration: ChainMigration): Promise<boolean> {
    this.#before = {
      baseline: this.#end ?? (await introspectAgain(database, null, { clock, facts: false })),
      before: await readIdentities(database),
    };
    this.#end = null;
    return this.#run(database, migration);
  }

  async #build(): Promise<ShadowDatabase> {
    await this.close();
    const { database } = await openClone({
      databases,
      catalog: this.#start,
      extensions: extensionsNeeded(this.#start, this.#texts),
      clock,
      timeoutSeconds: 300,
    });
    await prepareFor(database, this.#texts, databases.availableExtensions);
    for (const migration of this.#applied) await this.#run(database, migration);
    this.#database = database;
    this.#isTouched = false;
    return database;
  }

  async #run(database: ShadowDatabase, migration: ChainMigration): Promise<boolean> {
    database.limit(120);
    await beginSession(database, this.#start?.server ?? null);
    const { error } = await runScript({
      database,
      text: migration.up,
      direction: 'up',
      transaction: runsInOneTransaction({ up: migration.up, down: '' }) ? 'file' : 'auto',
      availableExtensions: databases.availableExtensions,
      target: TARGET,
      catalog: this.#start ?? emptyCatalog,
      settings: this.#start?.server ?? null,
      observe: false,
      clock,
    });
    await beginSession(database, null);
    return error === null;
  }
}

it.each(hasPairs ? projects : [])('computes downs that restore for %s', { timeout: 3_600_000 }, async (project) => {
  await loadParser();
  const truth = truthOf(project);
  const migrations = migrationsOf(project);
  const chain = new Chain(await catalogBefore(project), migrations);
  const counts = { real: [0, 0], wrong: [0, 0], none: [0, 0] };
  const started = performance.now();
  try {
    for (const migration of migrations) {
      const known = truth.get(migration.name);
      const at = performance.now();
      let down: ComputedDown | null;
      try {
        down = await chain.prove(migration);
      } catch (cause) {
        console.log(`  ${migration.name}: threw ${cause instanceof Error ? cause.stack?.slice(0, 600) : cause}`);
        await chain.close();
        down = { sql: '', restored: false, loses: [], error: null, differences: [] };
      }
      if (down === null || known === undefined || !known.up_ok || known.up_noop) continue;
      const count = !known.has_down ? counts.none : known.restored ? counts.real : counts.wrong;
      count[1] = (count[1] ?? 0) + 1;
      if (down.restored) count[0] = (count[0] ?? 0) + 1;
      else {
        console.log(
          `  ${project} ${migration.name} (${known.has_down ? `real down ${known.restored}` : 'no down'}):`,
          down.error,
          JSON.stringify(down.differences.slice(0, 3)),
        );
      }
      if (log !== undefined) {
        const ms = Math.round(performance.now() - at);
        appendFileSync(log, `-- ${project} ${migration.name} restored ${down.restored} ${ms} ms\n${down.sql}\n`);
      }
    }
  } finally {
    await chain.close();
  }
  const say = ([good = 0, all = 0]: readonly number[]): string => `${good} of ${all}`;
  console.log(
    `${project}: where the real down restores ${say(counts.real)}, where it does not ${say(counts.wrong)}, where there is none ${say(counts.none)}; ${Math.round((performance.now() - started) / 1000)} s`,
  );
  const [good, all] = [counts.real, counts.wrong].reduce(([a = 0, b = 0], [c = 0, d = 0]) => [a + c, b + d], [0, 0]);
  expect((good ?? 0) / Math.max(all ?? 0, 1)).toBeGreaterThanOrEqual(0.95);
});
