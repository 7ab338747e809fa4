import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import type { Facts } from '../../../src/engine/catalog/facts.ts';
import type { Ignorable } from '../../../src/engine/catalog/ignorable.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { SqlFailure } from '../../../src/engine/ports/sql-client.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { quoteLiteral } from '../../../src/engine/sql/quote-literal.ts';
import { tokensOf } from '../../../src/engine/sql/tokens.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';
import type { Finding } from '../../../src/engine/validate/report.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { type RandomChoices, randomChoices } from '../../support/random-choices.ts';
import { testClock } from '../../support/test-clock.ts';
import schema from './fixes-schema.sql?raw';
import { consequences, meant } from './meant-by-fixes.ts';
import { type Migration, randomMigration, shapesOf } from './random-migration.ts';

// Every fix of random migrations, alone and all of them one after the other, is run on PostgreSQL from the same start:
// it must leave what the migration as it was written leaves, in schema and rows, and nothing to find that was not there.

/** `LOCKSTEP_RANDOM_FIXES=200` tries so many fixes of each rule; `LOCKSTEP_RANDOM_SEED` other ones. */
const wanted = Number(process.env['LOCKSTEP_RANDOM_FIXES'] ?? 1);
const seed = Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1);

let client: EmbeddedClient;
let catalog: Catalog;
let start: State;

/** What a migration leaves. */
type State = { readonly catalog: Catalog; readonly rows: ReadonlyMap<string, string> };

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await reset();
  start = await readState('none');
  catalog = start.catalog;
});

afterAll(() => client.close());

/** Takes back what no transaction can. */
async function reset(): Promise<void> {
  await leave();
  await client.execute(`do $$ declare one text; begin
      for one in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
        execute format('drop schema %I cascade', one);
      end loop;
      for one in select pubname from pg_publication loop execute format('drop publication %I', one); end loop;
    end $$;
    create schema public;
    ${schema}`);
}

/** Ends what is open, and forgets what was set. */
async function leave(): Promise<void> {
  await client.execute('rollback');
  await client.execute('discard all');
}

async function readState(open: 'none' | 'transaction'): Promise<State> {
  if (open === 'none') await leave();
  else await client.execute('reset all; set constraints all immediate');
  const read = await introspect(client, {
    clock: testClock,
    facts: false,
    ...(open === 'none' ? {} : { insideTransaction: true as const }),
  });
  const readable = [
    ...read.tables.filter(({ kind }) => kind === 'table'),
    ...read.views.filter(({ populated }) => populated),
  ];
  const queries = readable.map(
    (relation) =>
      `select ${quoteLiteral(qualifiedName(relation))} as relation, coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]')::text as rows from ${'kind' in relation && relation.kind === 'table' ? 'only ' : ''}${qualifiedName(relation)} t`,
  );
  const rows = queries.length === 0 ? [] : await client.query(queries.join(' union all '));
  return {
    catalog: read,
    rows: new Map(rows.map((row) => [String(row['relation']), withoutNow(String(row['rows']))])),
  };
}

/** Values that no two runs share. */
const withoutNow = (rows: string): string =>
  rows
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, 'a random uuid')
    .replaceAll(new RegExp(`${new Date().getUTCFullYear()}-\\d\\d-\\d\\d[T ][\\d:.+-]+`, 'g'), 'now')
    .replaceAll(/0\.\d{9,}/g, 'a random number');

type Outcome =
  | { readonly refused: string; readonly message: string }
  | { readonly refused: null; readonly state: State; readonly restored: State | null };

const isFailure = (cause: unknown): cause is SqlFailure => cause instanceof SqlFailure;

/** Runs a migration from the start as a tool would, and takes it back. */
async function run({ up, down, transaction }: Migration): Promise<Outcome> {
  const open = transaction === 'file' ? 'transaction' : 'none';
  const through = async (text: string): Promise<void> => {
    const script = parseScript(text);
    if (!script.ok) throw new SqlFailure({ sqlstate: '42601', message: script.error.message });
    for (const statement of script.value.statements) await client.query(statement.text);
  };
  if (open === 'transaction') await client.execute('begin');
  try {
    await through(up);
    const state = await readState(open);
    if (down === null) return { refused: null, state, restored: null };
    const restored = await through(down).then(
      () => readState(open),
      (cause: unknown) => (isFailure(cause) ? null : Promise.reject(cause)),
    );
    return { refused: null, state, restored };
  } catch (cause) {
    if (!isFailure(cause)) throw cause;
    return { refused: cause.refusal.sqlstate, message: cause.refusal.message };
  } finally {
    if (open === 'transaction') await leave();
    else await reset();
  }
}

const factsOf = (known: Catalog): Facts => ({
  capturedAt: '2026-11-20T08:00:00Z',
  tables: known.tables.map(({ schema: of, name }) => ({
    schema: of,
    name,
    rows: 10_000_000,
    bytes: 1e10,
    columns: [],
    activity: { inserts: 1e9, updates: 0, deletes: 0, sequentialScans: 0, indexScans: 0 },
  })),
  indexes: [],
  server: {
    time: '2026-11-20T08:00:00Z',
    startedAt: '2026-11-10T08:00:00Z',
    inRecovery: false,
    transactionAge: 5000,
    statisticsResetAt: null,
  },
});

const findingsOf = (migration: Migration, busy: boolean): readonly Finding[] =>
  validateMigration(
    { name: 'random', up: migration.up, down: migration.down },
    {
      catalog,
      facts: busy ? factsOf(catalog) : null,
      serverVersion: catalog.server.version,
      transaction: migration.transaction,
      rules: allRules,
    },
  ).findings;

const commentsOf = (text: string): readonly string[] =>
  tokensOf(text)
    .filter(({ kind }) => kind === 'comment')
    .map(({ start: from, end }) => text.slice(from, end).trim());

/** What of the first is not in the second, in their order. */
function missingFrom(some: readonly string[], all: readonly string[]): readonly string[] {
  let from = 0;
  return some.filter((one) => {
    const at = all.findIndex((each, index) => index >= from && each.includes(one));
    if (at >= 0) from = at;
    return at < 0;
  });
}

const statementsOf = (text: string): readonly string[] => {
  const script = parseScript(text);
  return script.ok ? script.value.statements.map((statement) => statement.text) : [];
};

const rankOf = { error: 2, warning: 1, info: 0 } as const;

/** What a fix brings that was not there. */
function brought(before: readonly Finding[], after: readonly Finding[], rules: readonly string[]): readonly string[] {
  const allowed = rules.flatMap((rule) => consequences[rule] ?? []);
  const worst = (findings: readonly Finding[], { rule, direction }: Finding): number =>
    Math.max(
      -1,
      ...findings.filter((one) => one.rule === rule && one.direction === direction).map((one) => rankOf[one.severity]),
    );
  return after
    .filter(
      (one) => one.severity !== 'info' && !allowed.includes(one.rule) && worst(before, one) < rankOf[one.severity],
    )
    .map((one) => `brings ${one.direction} ${one.severity} ${one.rule}: ${one.message}`);
}

const count = (findings: readonly Finding[], { rule, direction }: Finding): number =>
  findings.filter((one) => one.rule === rule && one.direction === direction).length;

const fixedBy = (migration: Migration, { fix, direction }: Finding): Migration =>
  fix === null ? migration : { ...migration, [direction]: fix.sql };

/** What is wrong with the text that a fix leaves. */
function faultsOfText(
  migration: Migration,
  busy: boolean,
  before: readonly Finding[],
  finding: Finding,
): readonly string[] {
  const fixed = fixedBy(migration, finding);
  const [was, is] = [migration[finding.direction] ?? '', fixed[finding.direction] ?? ''];
  const after = findingsOf(fixed, busy);
  const others = statementsOf(was).filter((_, at) => at !== finding.statement);
  return [
    ...(parseScript(is).ok ? [] : ['does not parse']),
    ...(count(after, finding) < count(before, finding) ? [] : ['leaves its finding']),
    ...brought(before, after, [finding.rule]),
    ...missingFrom(others, statementsOf(is)).map((text) => `changes ${text}`),
    ...missingFrom(commentsOf(was), commentsOf(is)).map((text) => `loses ${text}`),
    ...(was.includes('\r\n') && !/(?<!\r)\n/.test(was) && /(?<!\r)\n/.test(is) ? ['ends lines in two ways'] : []),
  ];
}

/** The values of each column of a relation's rows, in their order. */
const columnsOf = (rows: string | undefined): Readonly<Record<string, string>> => {
  const parsed = JSON.parse(rows ?? '[]') as readonly Readonly<Record<string, unknown>>[];
  const names = [...new Set(parsed.flatMap((row) => Object.keys(row)))];
  return Object.fromEntries(names.map((name) => [name, parsed.map((row) => JSON.stringify(row[name])).join()]));
};

/** Values that two states do not share, column by column. */
const otherRows = (one: State, other: State): readonly string[] =>
  [...one.rows].flatMap(([relation, rows]) => {
    const [was, is] = [columnsOf(rows), columnsOf(other.rows.get(relation))];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((column) =>
      was[column] === is[column] ? [] : [`rows of ${relation}: ${column} ${was[column]} -> ${is[column]}`],
    );
  });

/** What differs in schema, in words. */
const differencesBetween = (one: State, other: State, ignore: readonly Ignorable[]): readonly string[] =>
  compareCatalogs(one.catalog, other.catalog, { ignore }).map(
    ({ kind, object, change, attribute, before, after }) =>
      `${kind} ${object} ${change} ${attribute ?? ''}: ${before} -> ${after}`,
  );

/** How what a fixed migration did differs from what the migration as it was written did. */
function faultsOfRun(written: Outcome, fixed: Outcome, rules: readonly string[]): readonly string[] {
  // Where the migration was refused, something else in it may be as well.
  if (written.refused !== null && fixed.refused !== written.refused) return [];
  if (fixed.refused !== null) return [`refused with ${fixed.refused}: ${fixed.message}`];
  if (written.refused !== null) return [];
  const isMeant = (difference: string): boolean =>
    rules.some((rule) => meant[rule]?.differences.test(difference) === true);
  const outlastsDown = (difference: string): boolean =>
    rules.some((rule) => meant[rule]?.outlastsDown === true && meant[rule].differences.test(difference));
  const restores = (outcome: Outcome): boolean =>
    outcome.refused === null &&
    outcome.restored !== null &&
    differencesBetween(start, outcome.restored, ['column-order']).every(outlastsDown);
  return [
    ...differencesBetween(written.state, fixed.state, []).filter((difference) => !isMeant(difference)),
    ...otherRows(written.state, fixed.state).filter((difference) => !isMeant(difference)),
    ...(restores(written) && !restores(fixed) ? ['the down does not restore any more'] : []),
  ];
}

/** Applies one fix after the other until there is none left, and says of which rules. */
function withAllFixes(migration: Migration, busy: boolean, { pick }: RandomChoices) {
  let text = migration;
  const rules: string[] = [];
  for (let times = 0; times < 40; times += 1) {
    const fixable = findingsOf(text, busy).filter(({ fix }) => fix !== null);
    if (fixable.length === 0) return { text, rules, ended: true };
    const finding = pick(fixable);
    text = fixedBy(text, finding);
    rules.push(finding.rule);
  }
  return { text, rules, ended: false };
}

describe('fixes, held against PostgreSQL', { timeout: 24 * 3600_000 }, () => {
  test.each([...shapesOf.keys()])('of %s', async (rule) => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(randomChoices, async (choices) => {
        if (tried >= wanted) return;
        const migration = randomMigration(rule, catalog, choices);
        const busy = rule === 'large-or-hot-table-ddl' || choices.chance(20);
        const findings = findingsOf(migration, busy);
        const finding = findings.find((one) => one.rule === rule && one.fix !== null);
        if (finding === undefined) return;
        const written = await run(migration);
        const foreseen = findings.filter(
          ({ severity, evidence }) => severity === 'error' && evidence['sqlstate'] !== undefined,
        );
        if (written.refused !== null && (foreseen.length !== 1 || foreseen[0] !== finding)) return;
        tried += 1;
        const alone = fixedBy(migration, finding);
        const all = withAllFixes(migration, busy, choices);
        const ranAlone = await run(alone);
        const isSame = all.text.up === alone.up && all.text.down === alone.down;
        const faults = [...faultsOfText(migration, busy, findings, finding), ...faultsOfRun(written, ranAlone, [rule])];
        const faultsOfAll = [
          ...(all.ended ? [] : [`does not end: ${all.rules}`]),
          ...brought(findings, findingsOf(all.text, busy), all.rules),
          ...faultsOfRun(written, isSame ? ranAlone : await run(all.text), all.rules),
        ];
        const told = { was: migration, fixed: alone, faults, all: all.text, rules: all.rules, faultsOfAll };
        expect(told).toEqual({ ...told, faults: [], faultsOfAll: [] });
      }),
      { numRuns: wanted * 60, seed: seed + [...shapesOf.keys()].indexOf(rule), endOnFailure: true },
    );
    expect(tried).toBeGreaterThan(0);
  });

  test('of all rules that offer one', () => {
    const offering = allRules
      .filter(({ examples }) => examples.some(({ fixed }) => fixed !== undefined))
      .map(({ id }) => id);
    // PostgreSQL 10 is gone.
    expect(offering.filter((id) => !shapesOf.has(id) && id !== 'add-column-default-before-pg11')).toEqual([]);
  });
});
