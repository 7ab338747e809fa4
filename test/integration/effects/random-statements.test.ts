import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog, Table, View } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { mispredictions } from '../../../src/engine/shadow/mispredictions.ts';
import { observationBetween, snapshotRelations } from '../../../src/engine/shadow/observe-relations.ts';
import { effectsOf } from '../../../src/engine/sql/effects.ts';
import { loadParser, parseScript, type Statement } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { type RandomChoices, randomChoices } from '../../support/random-choices.ts';
import { testClock } from '../../support/test-clock.ts';
import schema from './schema.sql?raw';
import shapes from './statement-shapes.sql?raw';

/** `LOCKSTEP_RANDOM_STATEMENTS=50000` makes this a long run; `LOCKSTEP_RANDOM_SEED` another one. */
const runs: fc.Parameters<unknown> = {
  numRuns: Number(process.env['LOCKSTEP_RANDOM_STATEMENTS'] ?? 400),
  seed: Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1),
  endOnFailure: true,
};

const statementShapes = shapes.split('\n').filter((line) => line !== '' && !line.startsWith('--'));

const someTypes =
  'int|bigint|smallint|text|varchar(5)|varchar|numeric|numeric(12,4)|boolean|date|timestamp|timestamptz|jsonb|json|uuid|inet|int[]|text[]|char(3)|double precision|interval|bytea|bit varying|name|oid|xml|money|timestamp(3)|int4range|nosuch'.split(
    '|',
  );
const someValues =
  "1|null|'a'|'1'|now()|current_date|gen_random_uuid()|random()|'{}'|true|nextval('numbers')|array[1]|'x'::text|1.5|'2020-01-01'|id|(select 1)|count(*)|clock_timestamp()|length('a')".split(
    '|',
  );
const conditionsOn = (column: string): readonly string[] => [
  `${column} > 0`,
  `${column} is not null`,
  `${column} = 'a'`,
  `length(${column}) > 1`,
  `${column}::text <> ''`,
  `${column} in (1, 2)`,
  `nosuch(${column})`,
  column,
  'true',
  'random() > 0.5',
];

const written = (relation: { readonly schema: string; readonly name: string }): string => qualifiedName(relation);

/** Fills the places of a shape with what the catalog has, and now and then with what it has not. */
function fill(shape: string, catalog: Catalog, { pick, chance }: RandomChoices): string {
  const table = pick(catalog.tables);
  const other = chance(50) ? table : pick(catalog.tables);
  const view = pick(catalog.views);
  const named = (list: readonly { readonly name: string }[]): string =>
    list.length > 0 && chance(97) ? quoteIdentifier(pick(list).name) : 'nosuch';
  const indexesOf = (owner: Table | View) => owner.indexes.map(({ name }) => written({ schema: owner.schema, name }));
  const fillers: Readonly<Record<string, () => string>> = {
    table: () => written(table),
    other_table: () => written(other),
    view: () => written(view),
    relation: () => written(pick([...catalog.tables, ...catalog.views])),
    column: () => named(table.columns),
    other_column: () => named(other.columns),
    view_column: () => named(view.columns),
    new: () => 'brand_new',
    constraint: () => named(table.constraints),
    index: () => pick(catalog.tables.flatMap(indexesOf)),
    own_index: () => named(table.indexes),
    sequence: () => written(pick(catalog.sequences)),
    type: () => pick([...someTypes, ...catalog.types.map(written)]),
    own_type: () => written(pick(catalog.types)),
    value: () => pick(someValues),
    trigger: () => named(table.triggers),
    policy: () => named(table.policies),
    function: () => written(pick(catalog.routines)),
    only: () => pick(['', 'only ']),
    if_exists: () => pick(['', 'if exists ']),
    behavior: () => pick(['', ' restrict', ' cascade']),
    number: () => pick(['0', '1', '10', '-1', '100000']),
    schema: () => pick(['nosuch', ...catalog.schemas.map(({ name }) => quoteIdentifier(name))]),
    condition: () => pick(conditionsOn(named(table.columns))),
  };
  return shape.replaceAll(/\$([a-z_]+)/g, (place, name) => fillers[name]?.() ?? place);
}

/** Refused for what the rows are, for what a transaction may not do, or for what the shadow has not got. */
const isOfRows = (sqlstate: string): boolean => /^(?:22|23|25|55|40|57)/.test(sqlstate);

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

/** Runs a statement in a transaction that is rolled back; what it did, or the state that the server refused it with. */
async function tryOut(text: string) {
  await client.execute('begin');
  try {
    const before = await snapshotRelations(client);
    const refused = await client.execute(text).then(
      () => null,
      (cause: unknown) => (cause instanceof SqlFailure ? cause.refusal.sqlstate : Promise.reject(cause)),
    );
    return refused === null
      ? { refused, before, seen: observationBetween(before, await snapshotRelations(client)) }
      : { refused };
  } finally {
    await client.execute('rollback');
  }
}

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

type Ran = Extract<Awaited<ReturnType<typeof tryOut>>, { readonly refused: null }>;

describe('random statements, held against PostgreSQL', { timeout: 24 * 3600_000 }, () => {
  it('are not called refused where the server takes them, and do what is predicted', async () => {
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const text = fill(choices.pick(statementShapes), catalog, choices);
        const script = parseScript(text);
        const statement = script.ok ? script.value.statements[0] : undefined;
        if (statement === undefined) return;
        const outcome = await tryOut(text);
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
