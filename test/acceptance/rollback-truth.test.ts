import { expect, it } from 'vitest';
import { loadParser } from '../../src/engine/sql/parser.ts';
import { testShadows } from '../integration/shadow/shadows.ts';
import { hasPairs, projects } from './migration-pairs.ts';
import { rollbackVerdicts } from './rollback-verdicts.ts';

it.each(hasPairs ? projects : [])(
  'agrees with PostgreSQL on which downs of %s restore, and on what their statements do',
  { timeout: 1_800_000 },
  async (project) => {
    await loadParser();
    const { chain, judged, wrong } = await rollbackVerdicts(project, testShadows());
    expect(wrong.length / Math.max(judged.length, 1)).toBeLessThanOrEqual(0.01);

    const statements = chain.flatMap(({ name, result }) => result.statements.map((one) => ({ name, ...one })));
    const compared = statements.filter(({ mispredicted }) => mispredicted !== undefined);
    const mistaken = compared.filter(({ mispredicted = [] }) => mispredicted.length > 0);
    console.log(`${project}: ${mistaken.length} of ${compared.length} statements did something else than predicted`);
    for (const { name, direction, index, mispredicted } of mistaken) {
      console.log(`  ${name} ${direction} ${index + 1}: ${JSON.stringify(mispredicted)}`);
    }
    expect(mistaken.length / Math.max(compared.length, 1)).toBeLessThanOrEqual(0.01);

    const tried = chain.flatMap(({ name, result: { data } }) => (data === null ? [] : [{ name, data }]));
    const stopped = tried.filter(({ data }) => data.stoppedAt != null);
    console.log(`${project}: rows were tried to the end in ${tried.length - stopped.length} of ${chain.length}`);
    for (const { name, data } of stopped) console.log(`  ${name}: ${JSON.stringify(data.stoppedAt)}`);
    expect(stopped.length / Math.max(tried.length, 1)).toBeLessThanOrEqual(0.1);
  },
);

it('says what it ran on', () => {
  expect(projects.length).toBeGreaterThan(0);
});
