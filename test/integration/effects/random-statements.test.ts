import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { openEmbeddedClient } from '../../support/embedded-client.ts';
import { failuresTold, mispredicted, onlyStatement } from '../../support/held-against-server.ts';
import { startPostgresServer } from '../../support/postgres-server.ts';
import { postgresVersions } from '../../support/postgres-version.ts';
import { randomChoices } from '../../support/random-choices.ts';
import { randomStatement } from '../../support/random-statement.ts';
import { openServerClient, type ServerClient } from '../../support/server-client.ts';
import { testClock } from '../../support/test-clock.ts';
import { isOfRows, tryOut } from '../../support/try-out.ts';
import rowChanges from './row-changes.sql?raw';
import schema from './schema.sql?raw';
import statements from './statements.sql?raw';

/** `LOCKSTEP_RANDOM_STATEMENTS=50000` makes this a long run; `LOCKSTEP_RANDOM_SEED` another one. */
const runs: fc.Parameters<unknown> = {
  numRuns: Number(process.env['LOCKSTEP_RANDOM_STATEMENTS'] ?? 400),
  seed: Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1),
  endOnFailure: true,
};

/** The older servers that are asked as well: `LOCKSTEP_RANDOM_VERSIONS=12,13,14,15,16,17` asks all. */
const wanted = (process.env['LOCKSTEP_RANDOM_VERSIONS'] ?? '12,15').split(',').map(Number);
const olderVersions = postgresVersions.filter((version) => version < 18 && wanted.includes(version));

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

/** Loads what a server of this version takes of the schema; the rest needs a newer one. */
async function loadWhatItTakes(client: ServerClient): Promise<void> {
  const script = parseScript(schema);
  if (!script.ok) throw new Error(script.error.message);
  for (const { text } of script.value.statements) await client.execute(text).catch(() => undefined);
}

type Held = { readonly text: string; readonly refused: boolean; readonly told: number };

/** Runs a statement, which must do what was predicted of it, or be refused. Null for what rows alone decide. */
async function hold(client: ServerClient, catalog: Catalog, text: string): Promise<Held | null> {
  const statement = onlyStatement(text);
  if (statement === undefined) return null;
  const outcome = await tryOut(client, text);
  if (outcome.refused !== null && isOfRows(outcome.refused)) return null;
  const told = failuresTold([text], catalog);
  if (outcome.refused === null) {
    const said = { text, told, mispredicted: mispredicted(statement, catalog, outcome) };
    expect(said).toEqual({ text, told: [], mispredicted: [] });
  }
  return { text, refused: outcome.refused !== null, told: told.length };
}

async function holdAtRandom(client: ServerClient, catalog: Catalog): Promise<readonly Held[]> {
  const held: Held[] = [];
  await fc.assert(
    fc.asyncProperty(randomChoices, async (choices) => {
      const one = await hold(client, catalog, randomStatement(catalog, choices));
      if (one !== null) held.push(one);
    }),
    runs,
  );
  return held;
}

/** How many of the statements that a server refuses are said to fail. */
const foreseen = (held: readonly Held[]): number => {
  const refused = held.filter((one) => one.refused);
  return refused.filter(({ told }) => told > 0).length / Math.max(1, refused.length);
};

beforeAll(loadParser);

describe('random statements, held against PostgreSQL', { timeout: 24 * 3600_000 }, () => {
  let client: ServerClient;
  let catalog: Catalog;

  beforeAll(async () => {
    client = await openEmbeddedClient();
    await client.execute(schema);
    catalog = await introspect(client, { clock: testClock, facts: false });
  });

  afterAll(() => client.close());

  it('are not called refused where the server takes them, do what is predicted, and mostly are foreseen else', async () => {
    expect(foreseen(await holdAtRandom(client, catalog))).toBeGreaterThan(0.6);
  });
});

describe.each(olderVersions)('statements, held against PostgreSQL %i', { timeout: 24 * 3600_000 }, (version) => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let client: ServerClient;
  let catalog: Catalog;

  beforeAll(async () => {
    server = await startPostgresServer({ version, own: true });
    client = await openServerClient(server.settings);
    await loadWhatItTakes(client);
    catalog = await introspect(client, { clock: testClock, facts: false });
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it('do what is predicted there, or are foreseen to need a newer one', async () => {
    const unforeseen: string[] = [];
    for (const text of [...linesOf(statements), ...linesOf(rowChanges)]) {
      const held = await hold(client, catalog, text);
      if (held?.refused === true && held.told === 0) unforeseen.push(text);
    }
    expect(unforeseen).toEqual([]);
  });

  it('are judged alike where they are random', async () => {
    expect(foreseen(await holdAtRandom(client, catalog))).toBeGreaterThan(0.6);
  });
});
