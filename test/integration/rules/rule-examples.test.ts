import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { isStrongerLock, lockModeSchema } from '../../../src/engine/sql/lock-mode.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';
import { exampleMigration, exampleOptions } from '../../../src/engine/validate/example-catalog.ts';
import type { Finding } from '../../../src/engine/validate/report.ts';
import type { RuleExample } from '../../../src/engine/validate/rule.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';

// The examples of the rules on a real PostgreSQL 18: the catalog comes from the server, and so do the locks, rewrites,
// scans and failures that an example claims.

let database: PGlite;
let client: EmbeddedClient;

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  database = client.database;
});

afterAll(() => client.close());

const statementsOf = (text: string): readonly string[] => {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  return script.value.statements.map((statement) => statement.text);
};

const emptied = async (): Promise<void> => {
  await database.exec('rollback');
  // Settings, the role and prepared statements of the example before.
  await database.exec('discard all');
  // A real server has it so; the embedded one would let statements through that the real one refuses.
  await database.exec('set allow_system_table_mods = off');
  const schemas = await database.query<{ name: string }>(
    `select nspname as name from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  for (const { name } of schemas.rows) await database.exec(`drop schema "${name}" cascade`);
  await database.exec('create schema public; grant usage on schema public to public');
  const publications = await database.query<{ name: string }>('select pubname as name from pg_catalog.pg_publication');
  for (const { name } of publications.rows) await database.exec(`drop publication "${name}"`);
};

/** An emptied database with the setup of an example. */
const loaded = async (example: RuleExample): Promise<void> => {
  await emptied();
  await database.exec(example.setup ?? '');
};

// Many examples begin alike.
const read = new Map<string, Catalog>();

const introspected = async (example: RuleExample): Promise<Catalog> => {
  const known = read.get(example.setup ?? '');
  if (known !== undefined) return known;
  await loaded(example);
  const catalog = await introspect(client, {
    clock: { now: () => '2026-11-22T08:00:00Z', elapsed: () => 0 },
    facts: false,
  });
  const made = { ...catalog, server: { ...catalog.server, timeZone: 'UTC' } };
  read.set(example.setup ?? '', made);
  return made;
};

const textOf = (example: RuleExample, finding: Finding): string => {
  const lines = (finding.direction === 'up' ? example.up : (example.down ?? '')).split('\n');
  const at = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return lines.join('\n').slice(at(finding.line, finding.column), at(finding.endLine, finding.endColumn));
};

/** The strongest lock that this transaction holds on each relation, by name. */
const heldLocks = async (): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await database.query<{ name: string; mode: string }>(
    `select c.relname as name, l.mode
       from pg_catalog.pg_locks l join pg_catalog.pg_class c on c.oid = l.relation
      where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation'`,
  );
  const strongest = new Map<string, string>();
  for (const { name, mode } of rows) {
    const words = mode
      .replace(/Lock$/, '')
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toUpperCase();
    const known = strongest.get(name);
    if (known === undefined || isStrongerLock(lockModeSchema.parse(words), lockModeSchema.parse(known)))
      strongest.set(name, words);
  }
  return strongest;
};

const filesOfTables = async (): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await database.query<{ name: string; file: string }>(
    `select relname as name, coalesce(pg_catalog.pg_relation_filenode(oid), 0)::text as file
       from pg_catalog.pg_class where relkind in ('r', 'm') and relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(({ name, file }) => [name, file]));
};

/** Runs the up in one transaction and tells what the server did. */
const observe = async (up: string) => {
  await database.exec('begin; set local client_min_messages = debug1');
  const before = await filesOfTables();
  const messages: string[] = [];
  for (const statement of statementsOf(up))
    await database.query(statement, [], { onNotice: (notice) => messages.push(notice.message ?? '') });
  const locks = await heldLocks();
  const after = await filesOfTables();
  await database.exec('rollback');
  const rewrites = [...before].filter(([name, file]) => after.has(name) && after.get(name) !== file);
  return {
    locks,
    rewrites: rewrites.map(([name]) => name),
    scans: messages.flatMap((message) => /^verifying table "(?<name>.*)"$/.exec(message)?.groups?.['name'] ?? []),
  };
};

const failureOf = async (up: string): Promise<string | null> => {
  try {
    for (const statement of statementsOf(up)) await database.query(statement);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

const onCatalogs = allRules.flatMap((rule) =>
  rule.examples
    .filter((example) => example.setup !== undefined)
    .map((example) => [`${rule.id}: ${example.name}`, rule.id, example] as const),
);

describe('with the catalog of a server', () => {
  test.each(onCatalogs)('%s', async (_, id, example) => {
    const catalog = await introspected(example);
    const { findings } = validateMigration(exampleMigration(example), {
      ...exampleOptions(example),
      catalog,
      rules: allRules,
    });
    const found = findings.filter(({ rule }) => rule === id);
    expect(found.map((finding) => textOf(example, finding))).toEqual(example.finds.map(({ text }) => text));
  });
});

const traced = onCatalogs.filter(
  ([, , { trace, serverVersion }]) => trace !== undefined && (serverVersion ?? 18) === 18,
);

describe('what the server does', () => {
  test.each(traced)('%s', async (_, __, example) => {
    await loaded(example);
    const { trace } = example;
    if (trace?.fails !== undefined) {
      expect(await failureOf(example.up)).toBe(trace.fails);
      return;
    }
    const observed = await observe(example.up);
    for (const [relation, mode] of Object.entries(trace?.locks ?? {})) expect(observed.locks.get(relation)).toBe(mode);
    if (trace?.rewrites !== undefined) expect(observed.rewrites).toEqual(trace.rewrites);
    if (trace?.scans !== undefined) expect(observed.scans).toEqual(trace.scans);
  });
});
