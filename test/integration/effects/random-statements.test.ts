import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { mispredictions } from '../../../src/engine/shadow/mispredictions.ts';
import { effectsOf } from '../../../src/engine/sql/effects.ts';
import { loadParser, parseScript, type Statement } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { randomChoices } from '../../support/random-choices.ts';
import { randomStatement } from '../../support/random-statement.ts';
import { testClock } from '../../support/test-clock.ts';
import { isOfRows, type TriedOut, tryOut } from '../../support/try-out.ts';
import schema from './schema.sql?raw';

/** `LOCKSTEP_RANDOM_STATEMENTS=50000` makes this a long run; `LOCKSTEP_RANDOM_SEED` another one. */
const runs: fc.Parameters<unknown> = {
  numRuns: Number(process.env['LOCKSTEP_RANDOM_STATEMENTS'] ?? 400),
  seed: Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1),
  endOnFailure: true,
};

let client: EmbeddedClient;
let catalog: Catalog;
const share = { refused: 0, foreseen: 0 };

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, { clock: testClock, facts: false });
});

afterAll(() => client.close());

/** What is said to fail whatever the rows are. */
const failuresTold = (text: string) =>
  validateMigration(
    { name: 'random', up: text, down: null },
    { catalog, serverVersion: catalog.server.version, transaction: 'file' },
  ).findings.filter(({ direction, severity, evidence: { sqlstate } }) => {
    return direction === 'up' && severity === 'error' && typeof sqlstate === 'string' && !isOfRows(sqlstate);
  });

/** What is predicted of a statement and did not happen, or the other way round. */
function mispredicted(statement: Statement, { before, seen }: Pick<Ran, 'before' | 'seen'>) {
  const effects = effectsOf(statement, { catalog, serverVersion: catalog.server.version });
  // TRUNCATE begins new, empty files: the server writes no row again. Which partitions new rows go to, they decide.
  const comparable = 'TruncateStmt' in statement.node ? { ...seen, rewrites: [], scans: [] } : seen;
  const found = mispredictions(statement, effects, comparable, before);
  const isPartition = (name: string) =>
    catalog.tables.some((table) => table.partitionOf !== null && qualifiedName(table) === name);
  return 'InsertStmt' in statement.node ? found.filter(({ relation }) => !isPartition(relation)) : found;
}

type Ran = Extract<TriedOut, { readonly refused: null }>;

describe('random statements, held against PostgreSQL', { timeout: 24 * 3600_000 }, () => {
  it('are not called refused where the server takes them, and do what is predicted', async () => {
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const text = randomStatement(catalog, choices);
        const script = parseScript(text);
        const statement = script.ok ? script.value.statements[0] : undefined;
        if (statement === undefined) return;
        const outcome = await tryOut(client, text);
        const told = failuresTold(text).map(({ message }) => message);
        if (outcome.refused === null) {
          expect({ text, told, mispredicted: mispredicted(statement, outcome) }).toEqual({
            text,
            told: [],
            mispredicted: [],
          });
        } else if (!isOfRows(outcome.refused)) {
          share.refused += 1;
          if (told.length > 0) share.foreseen += 1;
        }
      }),
      runs,
    );
  });

  it('are mostly foreseen where the server refuses them', () => {
    expect(share.foreseen / share.refused).toBeGreaterThan(0.6);
  });
});
