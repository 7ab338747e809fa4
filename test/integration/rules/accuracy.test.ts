import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeAll, openWith } from '../../../bench/accuracy/judge.ts';
import { type AccuracyCase, caseSets, readCases } from '../../../bench/accuracy/read-cases.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';
import type { EmbeddedClient } from '../../support/embedded-client.ts';

// The labelled migrations of the accuracy benchmark: first that their labels agree with what PostgreSQL does, then that
// the validator agrees with the labels.

const cases = caseSets.flatMap(readCases);
const named = (of: AccuracyCase) => [`${of.set}/${of.topic}: ${of.name}`, of] as const;

beforeAll(loadParser);

/** One database per set-up, for the migrations that can be rolled back. */
const databases = new Map<string, EmbeddedClient>();

afterAll(async () => {
  for (const client of databases.values()) await client.close();
});

const leavesTraces = /\b(concurrently|begin|start transaction|commit|rollback|vacuum|add value|lock|do)\b/i;

/** Lends a database with the case's set-up: a shared one, rolled back afterwards, unless the migration leaves traces. */
async function onDatabase(of: AccuracyCase, use: (client: EmbeddedClient) => Promise<void>): Promise<void> {
  if (of.transaction === 'file' || leavesTraces.test(of.migration)) {
    const own = await openWith(of.setup);
    await use(own).finally(() => own.close());
    return;
  }
  const shared = databases.get(of.shared) ?? (await openWith(of.shared));
  databases.set(of.shared, shared);
  await shared.execute(`begin; ${of.given}`);
  await use(shared).finally(() => shared.execute('rollback'));
}

const statementsOf = (of: AccuracyCase): readonly string[] => {
  const script = parseScript(of.migration);
  const texts = script.ok ? script.value.statements.map(({ text }) => text) : [of.migration];
  return of.transaction === 'file' ? ['begin', ...texts, 'commit'] : texts;
};

/** The SQLSTATE with which PostgreSQL refuses a migration, or null when it runs. */
async function failureOf(client: EmbeddedClient, of: AccuracyCase): Promise<string | null> {
  try {
    for (const text of statementsOf(of)) await client.query(text);
    return null;
  } catch (error) {
    return error instanceof SqlFailure ? error.refusal.sqlstate : String(error);
  }
}

/** The files of the tables that are there, by the tables' identity: a rewrite leaves another one. */
async function filesOfTables(client: EmbeddedClient): Promise<ReadonlyMap<string, string>> {
  const rows = await client.query(
    `select oid::text as table, pg_catalog.pg_relation_filenode(oid)::text as file
       from pg_catalog.pg_class
      where relkind = 'r' and oid >= 16384`,
  );
  return new Map(rows.map(({ table, file }) => [String(table), String(file)]));
}

describe('what PostgreSQL says of the labels', () => {
  const runnable = cases.filter(({ verdict, fails, serverVersion }) => {
    return serverVersion === 18 && (verdict === 'safe' || fails !== null);
  });
  test.each(runnable.map(named))('%s', (_, of) =>
    onDatabase(of, async (client) => {
      const before = await filesOfTables(client);
      expect(await failureOf(client, of)).toBe(of.fails);
      if (of.verdict === 'unsafe') return;
      const after = await filesOfTables(client);
      const rewritten = [...before].filter(([table, file]) => after.has(table) && after.get(table) !== file);
      expect(rewritten).toEqual([]);
    }),
  );
});

test('every case is about rules that exist', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  const unknown = cases.flatMap(({ about }) => about.filter((id) => !ids.has(id)));
  expect([...new Set(unknown)]).toEqual([]);
});

test('names no case twice, and has as many safe cases as it takes to notice false alarms', () => {
  expect(new Set(cases.map(({ set, topic, name }) => `${set}/${topic}: ${name}`)).size).toBe(cases.length);
  expect(cases.filter(({ verdict }) => verdict === 'safe').length).toBeGreaterThan(cases.length / 3);
});

test('the validator agrees with every label but those that are known', { timeout: 600_000 }, async () => {
  const wrong = (await judgeAll(cases)).filter(({ right }) => !right);
  const names = (some: readonly AccuracyCase[]) => some.map(({ set, topic, name }) => `${set}/${topic}: ${name}`);
  expect(names(wrong.map(({ of }) => of))).toEqual(names(cases.filter(({ known }) => known !== null)));
});
