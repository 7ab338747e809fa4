import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, catalogSchema } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { randomChange } from '../../support/random-change.ts';
import { randomChoices } from '../../support/random-choices.ts';
import { randomDatabase, randomRoles } from '../../support/random-database.ts';
import { agreement, agreementOf, passThroughEmbedded } from '../../support/round-trip.ts';
import { testClock } from '../../support/test-clock.ts';

/** `LOCKSTEP_RANDOM_DATABASES=5000` makes this a long run; `LOCKSTEP_RANDOM_SEED` repeats one that failed. */
const runs: fc.Parameters<unknown> = {
  numRuns: Number(process.env['LOCKSTEP_RANDOM_DATABASES'] ?? 25),
  ...(process.env['LOCKSTEP_RANDOM_SEED'] === undefined ? {} : { seed: Number(process.env['LOCKSTEP_RANDOM_SEED']) }),
  endOnFailure: process.env['LOCKSTEP_RANDOM_SEED'] === undefined,
};

describe('a random database', { timeout: 24 * 3600_000 }, () => {
  let embedded: EmbeddedClient;
  beforeAll(async () => {
    embedded = await openEmbeddedClient();
    for (const role of randomRoles) await embedded.execute(`create role ${quoteIdentifier(role)}`);
  });
  afterAll(() => embedded.close());

  const read = (): Promise<Catalog> =>
    introspect(embedded, { clock: testClock, facts: false, insideTransaction: true });

  /** Makes a database, does something with it, and leaves nothing of it. */
  async function within<T>(statements: readonly string[], work: () => Promise<T>): Promise<T> {
    await embedded.execute('begin');
    try {
      for (const statement of statements) await run(statement);
      return await work();
    } finally {
      await embedded.execute('rollback');
    }
  }

  async function run(statement: string): Promise<void> {
    try {
      await embedded.query(statement);
    } catch (cause) {
      throw new Error(`${cause instanceof Error ? cause.message : String(cause)}: ${statement}`, { cause });
    }
  }

  it('is the same after being read, rendered and loaded again, and as a snapshot', async () => {
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const original = await within(randomDatabase(choices).statements, read);
        expect(agreementOf(original, await passThroughEmbedded(embedded, original))).toEqual(agreement);
        const snapshot = catalogSchema.parse(JSON.parse(JSON.stringify(original)));
        expect(snapshot).toEqual(original);
        expect(agreementOf(original, snapshot)).toEqual(agreement);
      }),
      runs,
    );
  });

  it('that is changed in one place differs in that place and in what the change brings about', async () => {
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const database = randomDatabase(choices);
        await within(database.statements, async () => {
          const before = await read();
          const change = randomChange(choices, before);
          for (const statement of change.statements) await run(statement);
          const found = compareCatalogs(before, await read()).map(({ object, kind, change: what, attribute }) =>
            [what, kind, object, ...(attribute === undefined ? [] : [attribute])].join(' '),
          );
          expect({ statements: change.statements, found: found.sort() }).toEqual({
            statements: change.statements,
            found: [...change.differences].sort(),
          });
        });
      }),
      runs,
    );
  });
});
