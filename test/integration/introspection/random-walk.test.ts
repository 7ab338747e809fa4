import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { openCatalogWalk } from '../../support/catalog-walk.ts';
import { droppables, faultsOfDrop } from '../../support/drop-agreement.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { postgresVersions } from '../../support/postgres-version.ts';
import { randomChoices } from '../../support/random-choices.ts';
import { testDatabases } from '../../support/test-databases.ts';
import { walkingObjects, walkingRoles, walkStatement } from '../../support/walk-statement.ts';

const stepsOfWalk = 12;

/**
 * `LOCKSTEP_RANDOM_STATEMENTS=5000` makes this a long run, `LOCKSTEP_RANDOM_SEED` another one, and
 * `LOCKSTEP_RANDOM_VERSION=14` one on another server.
 */
const runs: fc.Parameters<unknown> = {
  numRuns: Math.ceil(Number(process.env['LOCKSTEP_RANDOM_STATEMENTS'] ?? 2 * stepsOfWalk) / stepsOfWalk),
  seed: Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1),
  endOnFailure: true,
};
const version = postgresVersions.find((each) => String(each) === process.env['LOCKSTEP_RANDOM_VERSION']) ?? 18;

describe(`a database of PostgreSQL ${version} after random statements`, { timeout: 24 * 3600_000 }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    const configuration = { wal_level: 'logical', ...(version < 15 ? {} : { allow_in_place_tablespaces: 'on' }) };
    server = await startPostgresServer({ own: true, version, configuration });
    if (version >= 15) await server.execute(`create tablespace "Walk space" location ''`);
    for (const role of walkingRoles) await server.execute(`create role ${quoteIdentifier(role)}`);
  });
  afterAll(() => server.stop());

  it('is read again as it is, compared as pg_dump compares it, copied, and loses with a drop what depends on it', async () => {
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const { name, script } = choices.pick(testDatabases.filter(({ since }) => since <= version));
        const walk = await openCatalogWalk(server, script + walkingObjects);
        const taken: string[] = [];
        for (let tries = 0; taken.length < stepsOfWalk && tries < 4 * stepsOfWalk; tries += 1) {
          const statement = walkStatement(walk.catalog(), walk.settings.database, choices);
          const faults = statement === null ? null : await walk.step(statement);
          if (statement === null || faults === null) continue;
          taken.push(statement);
          expect({ name, taken, faults }).toEqual({ name, taken, faults: [] });
        }
        const drop = choices.pick(droppables(walk.catalog()));
        expect({ name, taken, drop, faults: await faultsOfDrop(walk.settings, walk.catalog(), drop) }).toEqual({
          ...{ name, taken, drop },
          faults: [],
        });
        // Nobody can make again what was put into an extension that does not bring it.
        const isWhole = !taken.some((statement) => /alter extension .* add/.test(statement));
        if (isWhole) expect({ name, taken, faults: await walk.roundTrip() }).toEqual({ name, taken, faults: [] });
        await walk.close();
      }),
      runs,
    );
  });
});
