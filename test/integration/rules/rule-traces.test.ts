import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { loadParser, parseScript, type Statement } from '../../../src/engine/sql/parser.ts';
import { statementDetails } from '../../../src/engine/sql/statement-report.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';
import { exampleMigration, exampleOptions } from '../../../src/engine/validate/example-catalog.ts';
import type { RuleExample } from '../../../src/engine/validate/rule.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import type { PostgresVersion } from '../../support/postgres-version.ts';
import { type Doing, type ExampleSession, openExampleSession, predicted, type Ran } from './run-example.ts';

// Every example of every rule on real servers: what each of its statements locks, rewrites and reads there must be what
// was predicted for it, and what an example says to fail must fail so.

beforeAll(loadParser);

/** The examples that a server of a version can run at all. */
const examplesFor = (version: number): readonly (readonly [string, RuleExample])[] =>
  allRules.flatMap((rule) =>
    rule.examples
      .filter(({ setup, serverVersion }) => setup !== undefined && (serverVersion ?? version) >= 14)
      // What a rule says of newer servers does not hold on this one.
      .filter(() => (rule.servers.from ?? 0) <= version)
      .map((example) => [`${rule.id}: ${example.name}`, example] as const),
  );

/** Statements whose reads the planner decides, and whose foreign keys are checked row by row, if there is a row. */
const changesRows = ({ node }: Statement): boolean =>
  ['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'MergeStmt', 'SelectStmt', 'CreateTableAsStmt', 'ExecuteStmt'].some(
    (kind) => kind in node,
  );

function agree({ node, ...statement }: Statement, said: Doing, seen: Doing): boolean {
  const same = (some: readonly string[], others: readonly string[]) => JSON.stringify(some) === JSON.stringify(others);
  // TRUNCATE begins new, empty files: the server writes no row again.
  const rewrites = 'TruncateStmt' in node || same(said.rewrites, seen.rewrites);
  if (changesRows({ node, ...statement })) return rewrites && seen.locks.every((lock) => said.locks.includes(lock));
  return rewrites && same(said.locks, seen.locks) && same(said.scans, seen.scans);
}

/** What a routine does is known by its body alone: a CALL, and a query or a block that names one of the schema. */
const runsRoutines = ({ node, text }: Statement, { routines }: Catalog): boolean =>
  'CallStmt' in node ||
  (('SelectStmt' in node || 'DoStmt' in node) && routines.some(({ name }) => text.includes(`${name}(`)));

/** The statements that did something else than what was predicted, with both. */
function disagreements(example: RuleExample, catalog: Catalog, ran: readonly Ran[]): readonly unknown[] {
  const up = parseScript(example.up);
  if (!up.ok) return [up.error];
  const serverVersion = catalog.server.version;
  const details = statementDetails({
    up: up.value,
    down: null,
    catalog,
    facts: null,
    serverVersion,
    transaction: 'auto',
  });
  return ran.flatMap(({ statement, did: seen }) => {
    const detail = details.find((one) => one.statement.index === statement.index);
    if (seen === null || detail === undefined || runsRoutines(statement, detail.before)) return [];
    const said = predicted(detail.effects, detail.before);
    return agree(statement, said, seen) ? [] : [{ statement: statement.text, said, seen }];
  });
}

/** The statements that failed without any finding on them. */
function unforeseen(example: RuleExample, catalog: Catalog, ran: readonly Ran[]): readonly unknown[] {
  const { findings } = validateMigration(exampleMigration(example), {
    ...exampleOptions(example),
    catalog,
    serverVersion: catalog.server.version,
    rules: allRules,
  });
  return ran.flatMap(({ statement, sqlstate }) => {
    const isTold = findings.some(({ direction, statement: at }) => direction === 'up' && at === statement.index);
    return sqlstate === null || isTold ? [] : [{ statement: statement.text, sqlstate }];
  });
}

describe.each([14, 18] as const)('PostgreSQL %i', (version: PostgresVersion) => {
  let server: PostgresServer;
  let session: ExampleSession;

  beforeAll(async () => {
    server = await startPostgresServer({ version, own: true });
    session = await openExampleSession(server.settings);
  });

  afterAll(async () => {
    await session.close();
    await server.stop();
  });

  test.each(examplesFor(version))('%s', async (_, example) => {
    const { trace } = example;
    if (trace?.fails !== undefined) {
      const failure = await session.failure(example.setup ?? '', example.up);
      if (failure === null || typeof failure === 'string') expect(failure).toBe(trace.fails);
      else expect(version).toBeLessThan(18);
      return;
    }
    const result = await session.run(example.setup ?? '', example.up);
    if (result === null) expect(version).toBeLessThan(18);
    else {
      expect(disagreements(example, result.catalog, result.ran)).toEqual([]);
      expect(unforeseen(example, result.catalog, result.ran)).toEqual([]);
    }
  });
});
