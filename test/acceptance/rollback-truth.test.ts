import { expect, it } from 'vitest';
import { shadowChain } from '../../src/engine/shadow/shadow-chain.ts';
import { loadParser } from '../../src/engine/sql/parser.ts';
import { clock, testShadows } from '../integration/shadow/shadows.ts';
import { catalogBefore, hasPairs, migrationsOf, projects, runsInOneTransaction, truthOf } from './migration-pairs.ts';

it.each(hasPairs ? projects : [])(
  'agrees with PostgreSQL on which downs of %s restore, and on what their statements do',
  { timeout: 1_800_000 },
  async (project) => {
    await loadParser();
    const truth = truthOf(project);
    const started = performance.now();
    const chain = await shadowChain({
      catalog: await catalogBefore(project),
      migrations: migrationsOf(project),
      databases: testShadows(),
      clock,
      continueAfterFailure: true,
      transaction: (migration) => (runsInOneTransaction(migration) ? 'file' : 'auto'),
    });
    if (!chain.ok) throw new Error(JSON.stringify(chain.error));
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const judged = chain.value.filter(({ name }) => {
      const known = truth.get(name);
      return known?.has_down === true && !known.up_noop && known.up_ok;
    });
    const wrong = judged.filter(({ name, result }) => result.restored !== truth.get(name)?.restored);
    console.log(
      `${project}: ${judged.length - wrong.length} of ${judged.length} agree, ${chain.value.length} in ${seconds} s`,
    );
    for (const { name, result } of wrong) {
      const failing = result.steps.find((step) => step.error !== undefined);
      console.log(
        `  ${name}: restored ${result.restored}`,
        failing?.name,
        failing?.error,
        result.differences.slice(0, 4),
      );
    }
    expect(wrong.length / Math.max(judged.length, 1)).toBeLessThanOrEqual(0.01);

    const statements = chain.value.flatMap(({ name, result }) => result.statements.map((one) => ({ name, ...one })));
    const compared = statements.filter(({ mispredicted }) => mispredicted !== undefined);
    const mistaken = compared.filter(({ mispredicted = [] }) => mispredicted.length > 0);
    console.log(`${project}: ${mistaken.length} of ${compared.length} statements did something else than predicted`);
    for (const { name, direction, index, mispredicted } of mistaken) {
      console.log(`  ${name} ${direction} ${index + 1}: ${JSON.stringify(mispredicted)}`);
    }
    expect(mistaken.length / Math.max(compared.length, 1)).toBeLessThanOrEqual(0.01);

    const tried = chain.value.flatMap(({ name, result: { data } }) => (data === null ? [] : [{ name, data }]));
    const stopped = tried.filter(({ data }) => data.stoppedAt != null);
    console.log(`${project}: rows were tried to the end in ${tried.length - stopped.length} of ${chain.value.length}`);
    for (const { name, data } of stopped) console.log(`  ${name}: ${JSON.stringify(data.stoppedAt)}`);
    expect(stopped.length / Math.max(tried.length, 1)).toBeLessThanOrEqual(0.1);
  },
);

it('says what it ran on', () => {
  expect(projects.length).toBeGreaterThan(0);
});
