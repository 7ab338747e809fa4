import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaseServer, startCaseServer } from '../../../bench/accuracy/case-server.ts';
import { judge } from '../../../bench/accuracy/judge.ts';
import { type AccuracyCase, caseSets, readCases } from '../../../bench/accuracy/read-cases.ts';
import { type SqlClient, SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';

// The labelled migrations of the accuracy benchmark: their labels agree with what a real server does, and the validator
// agrees with the labels, but where a case says that it is known not to.

const all = caseSets.flatMap(readCases);
// The benchmark judges every case; of the latest sets one in three is run here, others each time cases are added.
const sampled: readonly string[] = ['held-out-3', 'held-out-4', 'held-out-5', 'held-out-6'];
const cases = all.filter(({ set }, at) => !sampled.includes(set) || at % 3 === 0);
const named = (of: AccuracyCase) => [`${of.set}/${of.topic}: ${of.name}`, of] as const;

let server: CaseServer;
beforeAll(async () => {
  await loadParser();
  server = await startCaseServer();
});
afterAll(() => server.stop());

const statementsOf = (of: AccuracyCase): readonly string[] => {
  const script = parseScript(of.migration);
  const texts = script.ok ? script.value.statements.map(({ text }) => text) : [of.migration];
  return of.transaction === 'file' ? ['begin', ...texts, 'commit'] : texts;
};

/** The SQLSTATE with which PostgreSQL refuses a migration, or null when it runs. */
async function failureOf(client: SqlClient, of: AccuracyCase): Promise<string | null> {
  try {
    for (const text of statementsOf(of)) await client.query(text);
    return null;
  } catch (error) {
    return error instanceof SqlFailure ? error.refusal.sqlstate : String(error);
  }
}

/** The files of the tables that are there, by the tables' identity: a rewrite leaves another one. */
async function filesOfTables(client: SqlClient): Promise<ReadonlyMap<string, string>> {
  const rows = await client.query(
    `select oid::text as table, pg_catalog.pg_relation_filenode(oid)::text as file
       from pg_catalog.pg_class
      where relkind = 'r' and oid >= 16384`,
  );
  return new Map(rows.map(({ table, file }) => [String(table), String(file)]));
}

/** Runs a migration that is labelled safe or refused, and holds what PostgreSQL did against the label. */
const tryOut = (of: AccuracyCase) =>
  server.lend(of, async (client) => {
    const before = await filesOfTables(client);
    expect(await failureOf(client, of)).toBe(of.fails);
    if (of.verdict === 'unsafe') return;
    const after = await filesOfTables(client);
    const rewritten = [...before].filter(([table, file]) => after.has(table) && after.get(table) !== file);
    expect(rewritten).toEqual([]);
  });

describe('PostgreSQL and the validator agree with the label', () => {
  test.each(cases.map(named))('%s', async (_, of) => {
    if (of.serverVersion === 18 && (of.verdict === 'safe' || of.fails !== null)) await tryOut(of);
    const { right, findings } = await judge(server, of);
    expect(right, JSON.stringify(findings.map(({ rule, severity }) => `${severity} ${rule}`))).toBe(of.known === null);
  });
});

test('every case is about rules that exist', () => {
  const ids = new Set(allRules.map(({ id }) => id));
  const unknown = all.flatMap(({ about }) => about.filter((id) => !ids.has(id)));
  expect([...new Set(unknown)]).toEqual([]);
});

test('names no case twice, and has as many safe cases as it takes to notice false alarms', () => {
  expect(new Set(all.map(({ set, topic, name }) => `${set}/${topic}: ${name}`)).size).toBe(all.length);
  expect(all.filter(({ verdict }) => verdict === 'safe').length).toBeGreaterThan(all.length / 3);
});
