import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import type { Facts } from '../../../src/engine/catalog/facts.ts';
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
import { fillShape, statementShapes } from '../../support/random-statement.ts';
import { testClock } from '../../support/test-clock.ts';
import shapes from './fix-shapes.sql?raw';
import schema from './fixes-schema.sql?raw';

// Every fix of random migrations, alone and all of them one after the other, is run on PostgreSQL from the same start:
// it must leave what the migration as it was written leaves, in schema and rows, and nothing to find that was not there.

/** `LOCKSTEP_RANDOM_FIXES=200` tries so many fixes of each rule; `LOCKSTEP_RANDOM_SEED` other ones. */
const wanted = Number(process.env['LOCKSTEP_RANDOM_FIXES'] ?? 1);
const seed = Number(process.env['LOCKSTEP_RANDOM_SEED'] ?? 1);

const toBigint = /^column .* (?:type|default): |^sequence .* (?:type|maximum|minimum): /;
const toJsonb = /^column .* (?:type: json|default: .*json)/;
const leftUnchecked = /^constraint .* validated: null -> NOT VALID$/;

/** What a fix changes on purpose: differences that it leaves, by rule, and why. */
const meant: Readonly<Record<string, { readonly differences: RegExp; readonly why: string }>> = {
  'add-column-generated-stored': { differences: /generated: stored -> virtual$/, why: 'computed when it is read' },
  'add-column-volatile-default': { differences: /^rows of .* -> (?:null,?)+$/, why: 'old rows are filled in batches' },
  'adding-check-constraint': { differences: leftUnchecked, why: 'the transaction of a runner ends with the file' },
  'adding-foreign-key-constraint': {
    differences: leftUnchecked,
    why: 'the transaction of a runner ends with the file',
  },
  'adding-json-column': { differences: toJsonb, why: 'json has no equality' },
  'adding-required-field': { differences: /^column .*brand_new.* not null: /, why: 'old rows have no value' },
  'generated-always-rejects-explicit': { differences: /identity: always -> by default$/, why: 'inserts give values' },
  'gin-on-jsonb-default-opclass': { differences: /^index .* keys: .*jsonb_path_ops/, why: 'a smaller index' },
  'hash-index': { differences: /^index .* method: USING hash -> USING btree$/, why: 'a B-tree serves more' },
  'invalid-index-after-failed-concurrently': {
    differences: /^index .* changed (?:valid|keys|unique|predicate): /,
    why: 'it did nothing',
  },
  'missing-foreign-key-index': { differences: /^index .* added : null -> CREATE INDEX/, why: 'it is what is missing' },
  'prefer-bigint-over-int': { differences: toBigint, why: 'a wider type' },
  'prefer-bigint-over-smallint': { differences: toBigint, why: 'a wider type' },
  'prefer-jsonb': { differences: toJsonb, why: 'another type' },
  'renaming-table': { differences: /^view .* added :/, why: 'old code reads the view' },
  'replace-view-loses-options': { differences: /^view .* changed option /, why: 'the options stay' },
  'require-concurrent-partition-detach': {
    differences: /^constraint .*_check added : null -> CHECK/,
    why: 'PostgreSQL leaves the bound as a check',
  },
  'security-definer-search-path': {
    differences: /^(?:function|procedure) .* settings: null -> SET search_path/,
    why: 'it is what is missing',
  },
  'sequence-type-stays-int': { differences: /^sequence .* (?:type|maximum): /, why: 'a wider type' },
  'short-integer-primary-key': { differences: toBigint, why: 'a wider type' },
  'specialised-index-advice': { differences: /^index .* method: USING btree -> USING gi[ns]t?$/, why: 'another kind' },
  'unique-instead-of-primary-key': {
    differences:
      /^(?:constraint|index) .*(?:removed : .*UNIQUE|pkey"* added : |changed (?:columns: UNIQUE|kind: unique))/,
    why: 'a primary key',
  },
};

/** What a fix may bring to light, because it says more plainly what was meant all along. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  // What was refused so far has consequences of its own.
  'adding-required-field': [
    'adding-check-constraint',
    'adding-foreign-key-constraint',
    'add-column-constrained-domain',
  ],
  'drop-index-backing-constraint': [
    'drop-primary-key',
    'drop-constraint',
    'large-or-hot-table-ddl',
    'require-lock-timeout',
  ],
  'pending-trigger-events': ['lock-upgrade-in-transaction'],
};

type Shape = { readonly up: string; readonly down: string | null };

const shapesOf: ReadonlyMap<string, readonly Shape[]> = readShapes(shapes);
const allShapes = [...shapesOf.values()].flat();

function readShapes(text: string): ReadonlyMap<string, readonly Shape[]> {
  const [, ...sections] = text.split(/^-- (?=[a-z0-9-]+$)/m);
  return new Map(
    sections.map((section) => {
      const [rule = '', ...lines] = section.trim().split('\n');
      return [rule, lines.map((line) => ({ up: line.split(' <=> ')[0] ?? '', down: line.split(' <=> ')[1] ?? null }))];
    }),
  );
}

type Migration = {
  readonly up: string;
  readonly down: string | null;
  readonly transaction: 'auto' | 'file';
};

/** A migration of one to three statements; new things have a name of their own in each. */
function randomMigration(rule: string, choices: RandomChoices): Migration {
  const { pick, chance, count } = choices;
  const first = pick(shapesOf.get(rule) ?? []);
  const others = Array.from({ length: Math.max(0, count(-2, 2)) }, () =>
    chance(50) ? pick(allShapes) : { up: pick(statementShapes), down: null },
  );
  const parts = [first, ...others].map(({ up, down }, at) => {
    // One filling for both, so that the down is about the same table.
    const [filledUp = '', filledDown = null] = fillShape(
      `${up} <=> ${down ?? ''}`.replaceAll('$new', `brand_new${at === 0 ? '' : at}`),
      catalog,
      choices,
    ).split(' <=> ');
    return { up: filledUp, down: down === null ? null : filledDown };
  });
  const ordered = chance(50) ? parts : parts.toReversed();
  const short = chance(50);
  const odd = chance(20);
  const write = (texts: readonly string[]): string => {
    const written = texts.map((text) => dressed(short ? text.replaceAll('public.', '') : text, choices));
    return odd ? written.map(withOddNames).join('') : written.join('');
  };
  const ups = ordered.map(({ up }) => up);
  const wrapped = chance(15) && !ups.some((up) => /\b(?:commit|concurrently)\b/i.test(up));
  return {
    up: write(wrapped ? ['begin', ...ups, 'commit'] : ups),
    down: ordered.every(({ down }) => down !== null) ? write(ordered.toReversed().map(({ down }) => down ?? '')) : null,
    transaction: !wrapped && !/\b(?:commit|begin)\b/i.test(ups.join()) && chance(20) ? 'file' : 'auto',
  };
}

const withOddNames = (text: string): string =>
  text.replaceAll(/(?<!["\w'])brand_new\w*(?!["\w'])/g, (name) => `"Brand, ${name} é"`);

/** Statements with comments and line breaks where nobody expects them. */
function dressed(text: string, { pick, chance }: RandomChoices): string {
  const style = pick(['plain', 'plain', 'upper', 'commented', 'windows'] as const);
  const body = tokensOf(text)
    .map(({ kind, start, end }) => {
      const piece = text.slice(start, end);
      if (style === 'upper' && kind === 'word') return piece.toUpperCase();
      if (style === 'windows' && kind === 'space') return piece.length === 1 ? '\r\n\t' : piece;
      if (style === 'commented' && kind === 'space' && chance(40)) return pick([' -- one;\n', " /* it's */ ", '\n']);
      return piece;
    })
    .join('');
  const before = chance(20) ? pick(["-- it's before\n", '/* before; */ ', '\n\n']) : '';
  return `${before}${body};${pick(['\n', ' -- behind\n', '', '\n\n/* between */\n'])}`;
}

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

/** How what a fixed migration did differs from what the migration as it was written did. */
function faultsOfRun(written: Outcome, fixed: Outcome, rules: readonly string[]): readonly string[] {
  // Where the migration was refused, something else in it may be as well.
  if (written.refused !== null && fixed.refused !== written.refused) return [];
  if (fixed.refused !== null) return [`refused with ${fixed.refused}: ${fixed.message}`];
  if (written.refused !== null) return [];
  const isMeant = (difference: string): boolean =>
    rules.some((rule) => meant[rule]?.differences.test(difference) === true);
  const differences = compareCatalogs(written.state.catalog, fixed.state.catalog).map(
    ({ kind, object, change, attribute, before, after }) =>
      `${kind} ${object} ${change} ${attribute ?? ''}: ${before} -> ${after}`,
  );
  const restores = (outcome: Outcome): boolean =>
    outcome.refused === null &&
    outcome.restored !== null &&
    compareCatalogs(start.catalog, outcome.restored.catalog, { ignore: ['column-order'] }).length === 0;
  return [
    ...differences.filter((difference) => !isMeant(difference)),
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
        const migration = randomMigration(rule, choices);
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
        const faults = [
          ...faultsOfText(migration, busy, findings, finding),
          ...faultsOfRun(written, await run(alone), [rule]),
        ];
        const faultsOfAll = [
          ...(all.ended ? [] : [`does not end: ${all.rules}`]),
          ...brought(findings, findingsOf(all.text, busy), all.rules),
          ...faultsOfRun(written, await run(all.text), all.rules),
        ];
        const told = { was: migration, fixed: alone, faults, all: all.text, rules: all.rules, faultsOfAll };
        if (process.env['FIXES_COLLECT'] !== undefined) {
          const { appendFileSync } = await import('node:fs');
          if (faults.length > 0 || faultsOfAll.length > 0)
            appendFileSync(
              process.env['FIXES_COLLECT'],
              `==== ${rule} ${migration.transaction}\n${migration.up}\n--- down\n${migration.down}\n${faults.length > 0 ? `--- alone\n${finding.direction} ${finding.fix?.sql}\n${faults.join('\n')}` : `--- all ${all.rules}\n${all.text.up}\n${faultsOfAll.join('\n')}`}\n\n`,
            );
          return;
        }
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
