import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { quoteIdentifier } from '../../../src/engine/sql/quote-identifier.ts';
import { quoteLiteral } from '../../../src/engine/sql/quote-literal.ts';
import { functionBodyReferencesChangedObject } from '../../../src/engine/validate/rules/function-body-references-changed-object.ts';
import { knownQueryBreaks } from '../../../src/engine/validate/rules/known-query-breaks.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { randomChoices } from '../../support/random-choices.ts';
import { breakingShapes, randomQuery } from '../../support/random-query.ts';
import { fillShape } from '../../support/random-statement.ts';
import { testClock } from '../../support/test-clock.ts';
import schema from './queries-schema.sql?raw';

const seed = Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1);
/** `LOCKSTEP_RANDOM_STATEMENTS=50000` makes this a long run; `LOCKSTEP_RANDOM_SEED` another one. */
const runs: fc.Parameters<unknown> = {
  numRuns: Math.ceil(Number(process.env['LOCKSTEP_RANDOM_STATEMENTS'] ?? 400) / 4),
  seed,
  endOnFailure: true,
};

/** A call that runs the whole of a routine, by the routine as findings name it. */
const calls: Readonly<Record<string, string>> = {
  'function total_of': 'select total_of(1)',
  'function app.total_of': 'select app.total_of(1)',
  'function people_over': 'select * from people_over(18)',
  'function pairs': 'select * from pairs()',
  'function lines': 'select * from lines(1, 2)',
  'function "Odd Schema"."Größte"': 'select "Odd Schema"."Größte"()',
  'procedure close_orders': "call close_orders('2000-01-01')",
};

let client: EmbeddedClient;
let catalog: Catalog;
let queries: readonly string[];

/** What the server says of each text: empty where it takes it, else the state and the message. */
async function answersTo(texts: readonly string[], run: 'prepare' | 'execute'): Promise<readonly string[]> {
  const ask = run === 'execute' ? 'execute texts[i];' : "execute 'prepare q as ' || texts[i]; execute 'deallocate q';";
  const body = `declare
      texts text[] := array[${texts.map(quoteLiteral).join(',\n')}]::text[];
      answers text[] := '{}';
    begin
      for i in 1 .. cardinality(texts) loop
        begin
          ${ask}
          answers := answers || ''::text;
        exception when others then
          answers := answers || (sqlstate || ' ' || sqlerrm);
        end;
      end loop;
      perform set_config('test.answers', to_jsonb(answers)::text, true);
    end`;
  await client.execute(`savepoint asked; set local client_min_messages = error; do ${quoteLiteral(body)}`);
  const [row] = await client.query("select current_setting('test.answers') as answers");
  await client.execute('rollback to savepoint asked');
  return JSON.parse(String(row?.['answers'])) as string[];
}

/** Runs a statement in a transaction that is rolled back, and looks at what it left; null when the server refuses it. */
async function leaving<T>(statement: string, look: () => Promise<T>): Promise<T | null> {
  await client.execute('begin');
  try {
    await client.execute(statement);
    return await look();
  } catch (cause) {
    if (cause instanceof SqlFailure) return null;
    throw cause;
  } finally {
    await client.execute('rollback');
  }
}

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, { clock: testClock, facts: false });
  const drawn = fc.sample(randomChoices, { seed, numRuns: 260 }).map((choices) => randomQuery(catalog, choices));
  const texts = [...new Set(drawn)];
  const answers = (await leaving('select 1', () => answersTo(texts, 'prepare'))) ?? [];
  queries = texts.filter((_, index) => answers[index] === '');
});

afterAll(() => client.close());

type Told = {
  readonly text: string;
  readonly error: string;
  readonly position: number | undefined;
  readonly use: string | undefined;
};

/** The known queries that break, with what is said of each; findings list twenty at most, so that they are asked in parts. */
function toldOfQueries(up: string, queries: readonly string[]): readonly Told[] {
  const parts = Array.from({ length: Math.ceil(queries.length / 20) }, (_, at) => queries.slice(at * 20, at * 20 + 20));
  return parts.flatMap((part) => {
    const known = part.map((text) => ({ text, source: 'test', calls: null }));
    const { findings } = validateMigration(
      { name: 'random', up, down: null },
      { catalog, queries: known, rules: [knownQueryBreaks] },
    );
    return findings.flatMap(({ evidence }) => evidence['queries'] as readonly Told[]);
  });
}

const toldOfRoutines = (up: string): readonly string[] =>
  validateMigration(
    { name: 'random', up, down: null },
    { catalog, rules: [functionBodyReferencesChangedObject] },
  ).findings.flatMap(({ evidence }) => evidence['routines'] as readonly string[]);

/** Rows decide the first, and the second is of this session alone, which has run the routine before. */
const isOfNow = (answer: string): boolean => /^23/.test(answer) || /when preparing the plan/.test(answer);

const saysNull = (error: string): boolean => /must not be null/.test(error);

/** An INSERT for each table without triggers, which may write elsewhere: it names the columns which a row needs, and no others. */
const plainInserts = (): readonly string[] =>
  catalog.tables
    .filter(({ triggers }) => triggers.length === 0)
    .map((table) => {
      const needed = table.columns.filter((one) => one.notNull && one.default === null && one.identity === null);
      const values = needed.map(({ type }) =>
        type === 'app.state' ? "'open'" : type === 'date' ? "'2021-05-05'" : "'77'",
      );
      const name = qualifiedName(table);
      return needed.length === 0
        ? `insert into ${name} default values`
        : `insert into ${name} (${needed.map((one) => quoteIdentifier(one.name)).join(', ')}) values (${values.join(', ')})`;
    });

describe('random known queries, held against PostgreSQL', { timeout: 24 * 3600_000 }, () => {
  it('are told to break where the server no longer takes them, and nowhere else', async () => {
    expect(queries.length).toBeGreaterThan(150);
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const up = fillShape(choices.pick(breakingShapes), catalog, choices);
        const answers = await leaving(up, () => answersTo(queries, 'prepare'));
        if (answers === null) return;
        const broken = queries.filter((_, index) => answers[index] !== '');
        const told = toldOfQueries(up, queries).filter(({ error }) => !saysNull(error));
        const texts = told.map(({ text }) => text);
        expect({
          up,
          missed: broken.filter((text) => !texts.includes(text)).map((text) => [text, answers[queries.indexOf(text)]]),
          falseAlarms: told.filter(({ text }) => !broken.includes(text)).map(({ text, error }) => [text, error]),
        }).toEqual({ up, missed: [], falseAlarms: [] });
        for (const { text, position = 1, use = '' } of told)
          expect(text.slice(position - 1).startsWith(use)).toBe(true);
      }),
      runs,
    );
  });

  it('are the bodies of routines too, which fail when they are called', async () => {
    const names = Object.keys(calls);
    const texts = Object.values(calls);
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const up = fillShape(choices.pick(breakingShapes), catalog, choices);
        const answers = await leaving(up, async () => ({
          taken: await answersTo(
            texts.map((text) => (text.startsWith('call') ? 'select 1' : text)),
            'prepare',
          ),
          run: await answersTo(texts, 'execute'),
        }));
        if (answers === null) return;
        // A call that is refused by itself says nothing of the body.
        const asked = names.filter(
          (_, index) => answers.taken[index] === '' && !/procedure .* does not exist/.test(answers.run[index] ?? ''),
        );
        const broken = asked.filter((name) => {
          const answer = answers.run[names.indexOf(name)] ?? '';
          return answer !== '' && !isOfNow(answer);
        });
        const told = toldOfRoutines(up).filter((name) => asked.includes(name));
        expect({ up, told: told.toSorted() }).toEqual({ up, told: broken.toSorted() });
      }),
      runs,
    );
  });

  it('are told to break where a row that they insert lacks what it now must have', async () => {
    const all = plainInserts();
    const before = (await leaving('select 1', () => answersTo(all, 'execute'))) ?? [];
    const inserts = all.filter((_, index) => before[index] === '');
    expect(inserts.length).toBeGreaterThan(6);
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        const shape = choices.pick(breakingShapes.filter((one) => /not null|default|identity|expression/.test(one)));
        const up = fillShape(shape, catalog, choices);
        const answers = await leaving(up, () => answersTo(inserts, 'execute'));
        if (answers === null) return;
        const broken = inserts.filter((_, index) => answers[index]?.startsWith('23502'));
        const told = toldOfQueries(up, inserts).filter(({ error }) => saysNull(error));
        expect({ up, told: told.map(({ text }) => text) }).toEqual({ up, told: broken });
      }),
      runs,
    );
  });
});
