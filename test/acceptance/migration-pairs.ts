import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSchemaText } from '../../src/adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import type { ChainMigration } from '../../src/engine/shadow/shadow-chain.ts';
import { effectsOf } from '../../src/engine/sql/effects.ts';
import { parseScript } from '../../src/engine/sql/parser.ts';
import { clock, testShadows } from '../integration/shadow/shadows.ts';

/** Third-party migrations that are not part of the project; `LOCKSTEP_ACCEPTANCE_DATA` names another folder. */
const folder =
  process.env['LOCKSTEP_ACCEPTANCE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Projects to replay, separated by commas; `LOCKSTEP_ACCEPTANCE_PROJECTS` names others. */
export const projects = (process.env['LOCKSTEP_ACCEPTANCE_PROJECTS'] ?? 'svix,authelia,chirpstack').split(',');

/** False where the data is not there: there is nothing to replay then. */
export const hasPairs = existsSync(join(folder, 'rollback_truth.jsonl'));
if (!hasPairs) console.log(`no migrations in ${folder}: nothing to replay`);

/** What a project's administrators or its migration tool make before the first migration. */
const PREPARED: Readonly<Record<string, string>> = {
  chirpstack: 'create extension pg_trgm; create extension hstore',
  determined: 'create table gopg_migrations (id serial, version bigint, created_at timestamptz)',
};

/** What PostgreSQL 15 did with a migration. */
export type Truth = {
  readonly project: string;
  readonly migration: string;
  readonly has_down: boolean;
  readonly up_noop: boolean;
  readonly up_ok: boolean;
  readonly restored: boolean;
  /** `kept` or `lost` where synthetic rows went through up and down. */
  readonly seeded: string;
};

/** The truth of a project's migrations by their names. */
export const truthOf = (project: string): ReadonlyMap<string, Truth> =>
  new Map(
    readFileSync(join(folder, 'rollback_truth.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Truth)
      .filter((one) => one.project === project)
      .map((one) => [one.migration, one]),
  );

/** The migrations of a project in their order. */
export function migrationsOf(project: string): readonly ChainMigration[] {
  const root = join(folder, 'pairs', project);
  const { order } = JSON.parse(readFileSync(join(root, 'order.json'), 'utf8')) as { order: { name: string }[] };
  const read = (name: string, file: string): string | null => {
    const path = join(root, name, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  return order.map(({ name }) => ({ name, up: read(name, 'up.sql') ?? '', down: read(name, 'down.sql') }));
}

/** The database before the first migration of a project; null when it is empty. */
export async function catalogBefore(project: string): Promise<Catalog | null> {
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

/** True when a runner can put each text into one transaction. The parser must be loaded. */
export function runsInOneTransaction({ up, down }: Pick<ChainMigration, 'up' | 'down'>): boolean {
  return [up, down].every((text) => {
    const parsed = parseScript(text ?? '');
    if (!parsed.ok) return true;
    return parsed.value.statements.every(
      (statement) =>
        !('TransactionStmt' in statement.node) &&
        effectsOf(statement, { catalog: null, serverVersion: 180_000 }).transaction !== 'forbidden',
    );
  });
}
