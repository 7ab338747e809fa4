import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { observationBetween, snapshotRelations } from '../../../src/engine/shadow/observe-relations.ts';
import { lastingPart } from '../../../src/engine/sql/lasting-part.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { simulate } from '../../../src/engine/sql/simulate.ts';
import { catalogShape, shapeDifferences } from '../../support/catalog-shape.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { failuresTold, mispredicted, onlyStatement } from '../../support/held-against-server.ts';
import { type RandomChoices, randomChoices } from '../../support/random-choices.ts';
import { randomStatement } from '../../support/random-statement.ts';
import { testClock } from '../../support/test-clock.ts';
import schema from './schema.sql?raw';

/** `LOCKSTEP_RANDOM_SEQUENCES=5000` makes this a long run; `LOCKSTEP_RANDOM_SEED` another one. */
const runs: fc.Parameters<unknown> = {
  numRuns: Number(process.env['LOCKSTEP_RANDOM_SEQUENCES'] ?? 40),
  seed: Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1),
  endOnFailure: true,
};

let client: EmbeddedClient;
let catalog: Catalog;

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, { clock: testClock, facts: false });
});

afterAll(() => client.close());

/** What statements ran so far, and what the simulation makes of the catalog. */
type Course = {
  readonly done: readonly string[];
  readonly now: Catalog;
  readonly uncertain: readonly string[];
  readonly unknown: boolean;
};

/** A catalog with only what is new of each kind, where something is, for statements that follow upon one another. */
function onlyNew(now: Catalog): Catalog {
  const part = <T>(all: readonly T[], before: readonly T[]): readonly T[] => {
    const added = all.filter((one) => !before.includes(one));
    return added.length > 0 ? added : all.length > 0 ? all : before;
  };
  return {
    ...now,
    tables: part(now.tables, catalog.tables),
    views: part(now.views, catalog.views),
    sequences: part(now.sequences, catalog.sequences),
    types: part(now.types, catalog.types),
    routines: part(now.routines, catalog.routines),
  };
}

/** Runs one more statement; what is told of it before and what it does must agree. One that is refused is left out. */
async function next(course: Course, choices: RandomChoices): Promise<Course> {
  const { done, now } = course;
  const text = randomStatement(choices.chance(65) ? onlyNew(now) : now, choices);
  const statement = onlyStatement(text);
  if (statement === undefined) return course;
  const before = await snapshotRelations(client);
  await client.execute('savepoint one');
  try {
    await client.execute(text);
  } catch (cause) {
    if (!(cause instanceof SqlFailure)) throw cause;
    await client.execute('rollback to one');
    return course;
  }
  const seen = observationBetween(before, await snapshotRelations(client));
  const all = [...done, text];
  const said = {
    all,
    told: failuresTold(all, catalog),
    mispredicted: mispredicted(statement, now, { refused: null, before, seen }),
  };
  expect(said).toEqual({ all, told: [], mispredicted: [] });
  const result = simulate(now, statement);
  return {
    done: all,
    now: result.catalog,
    uncertain: [...course.uncertain, ...result.uncertain.map(qualifiedName)],
    unknown: result.unknown,
  };
}

/** Runs some statements, now and then takes all but the first back to a savepoint, and ends the transaction. */
async function runSequence(choices: RandomChoices): Promise<void> {
  await client.execute('begin');
  try {
    let course: Course = { done: [], now: catalog, uncertain: [], unknown: false };
    const length = choices.count(1, 4);
    for (let step = 0; step < length && !course.unknown; step += 1) {
      if (choices.chance(8)) {
        await client.execute('savepoint back');
        const tried = await next({ ...course, done: [...course.done, 'savepoint back'] }, choices);
        await client.execute('rollback to back');
        course = { ...course, done: [...tried.done, 'rollback to back'] };
      }
      course = await next(course, choices);
    }
    if (course.unknown) return;
    const read = await introspect(client, { clock: testClock, facts: false, insideTransaction: true });
    const differences = shapeDifferences(catalogShape(lastingPart(course.now)), catalogShape(read)).filter(
      (line) => !course.uncertain.some((name) => line.includes(name)),
    );
    expect({ done: course.done, differences }).toEqual({ done: course.done, differences: [] });
  } finally {
    await client.execute('rollback');
  }
}

describe('random sequences of statements, held against PostgreSQL', { timeout: 24 * 3600_000 }, () => {
  it('leave the catalog that the simulation gives, and each is foretold from what those before it left', async () => {
    await fc.assert(fc.asyncProperty(randomChoices, runSequence), runs);
  });
});
