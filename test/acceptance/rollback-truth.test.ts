import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadSchemaText } from '../../src/adapters/pglite/load-schema-file.ts';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import { type ChainMigration, shadowChain } from '../../src/engine/shadow/shadow-chain.ts';
import { effectsOf } from '../../src/engine/sql/effects.ts';
import { loadParser, parseScript } from '../../src/engine/sql/parser.ts';
import { clock, testShadows } from '../integration/shadow/shadows.ts';

/** Third-party migrations that are not part of the project; `LOCKSTEP_ACCEPTANCE_DATA` names another folder. */
const folder =
  process.env['LOCKSTEP_ACCEPTANCE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Projects to replay, separated by commas; `LOCKSTEP_ACCEPTANCE_PROJECTS` names others. */
const projects = (process.env['LOCKSTEP_ACCEPTANCE_PROJECTS'] ?? 'svix,authelia,chirpstack').split(',');

/** What a project's administrators or its migration tool make before the first migration. */
const PREPARED: Readonly<Record<string, string>> = {
  chirpstack: 'create extension pg_trgm; create extension hstore',
  determined: 'create table gopg_migrations (id serial, version bigint, created_at timestamptz)',
};

type Truth = {
  readonly project: string;
  readonly migration: string;
  readonly has_down: boolean;
  readonly up_noop: boolean;
  readonly up_ok: boolean;
  readonly restored: boolean;
};

function migrationsOf(project: string): readonly ChainMigration[] {
  const root = join(folder, 'pairs', project);
  const { order } = JSON.parse(readFileSync(join(root, 'order.json'), 'utf8')) as { order: { name: string }[] };
  const read = (name: string, file: string): string => {
    const path = join(root, name, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  return order.map(({ name }) => ({ name, up: read(name, 'up.sql'), down: read(name, 'down.sql') }));
}

async function catalogBefore(project: string): Promise<Catalog | null> {
  const text = PREPARED[project];
  if (text === undefined) return null;
  const loaded = await loadSchemaText({ text, path: project, databases: testShadows() });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  try {
    return await introspect(loaded.value.client, { clock });
  } finally {
    await loaded.value.client.close();
  }
}

function runsInOneTransaction({ up, down }: ChainMigration): boolean {
  return [up, down].every((text) => {
    const parsed = parseScript(text);
    if (!parsed.ok) return true;
    return parsed.value.statements.every(
      (statement) =>
        !('TransactionStmt' in statement.node) &&
        effectsOf(statement, { catalog: null, serverVersion: 180_000 }).transaction !== 'forbidden',
    );
  });
}

const isThere = existsSync(join(folder, 'rollback_truth.jsonl'));
if (!isThere) console.log(`no migrations in ${folder}: nothing to replay`);

it.each(isThere ? projects : [])(
  'agrees with PostgreSQL on which downs of %s restore',
  { timeout: 1_800_000 },
  async (project) => {
    await loadParser();
    const truth = new Map(
      readFileSync(join(folder, 'rollback_truth.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Truth)
        .filter((one) => one.project === project)
        .map((one) => [one.migration, one]),
    );
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
  },
);

it('says what it ran on', () => {
  expect(projects.length).toBeGreaterThan(0);
});
