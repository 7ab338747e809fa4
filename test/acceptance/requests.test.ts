import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { compareCatalogs } from '../../src/engine/catalog/compare.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import { planRequest } from '../../src/engine/plan/plan-request.ts';
import { loadParser, parseScript } from '../../src/engine/sql/parser.ts';
import { embeddedExtensions } from '../support/embedded-extensions.ts';
import { testClock } from '../support/test-clock.ts';

/** Requests in users' words on third-party schemas, which are not part of the project. */
const folder =
  process.env['LOCKSTEP_ACCEPTANCE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

const requestSchema = z.object({
  id: z.string(),
  schema: z.string(),
  request: z.string(),
  check_sql: z.array(
    z.object({
      query: z.string(),
      setup: z.string().optional(),
      expected: z.array(z.array(z.string().nullable())).optional(),
      expect_error: z.string().optional(),
    }),
  ),
  must_not: z.array(z.string()),
});
type Request = z.infer<typeof requestSchema>;
type Row = Readonly<Record<string, unknown>>;

const extensions = embeddedExtensions;

/** Loads a file of `pg_dump`; `COPY` rows go in as one block. */
async function load(database: PGlite, path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  let rest = text;
  for (
    let copy = /^COPY [^;]*FROM stdin;\n/m.exec(rest);
    copy !== null;
    copy = /^COPY [^;]*FROM stdin;\n/m.exec(rest)
  ) {
    await database.exec(rest.slice(0, copy.index));
    const end = rest.indexOf('\n\\.\n', copy.index);
    const rows = rest.slice(copy.index + copy[0].length, end + 1);
    const statement = copy[0].trim().replace('FROM stdin;', "FROM '/dev/blob'");
    await database.query(statement, [], { blob: new Blob([rows]) });
    rest = rest.slice(end + 4);
  }
  await database.exec(rest);
  await database.exec('reset all');
}

const images = new Map<string, Blob>();

async function databaseOf(schema: string): Promise<PGlite> {
  let image = images.get(schema);
  if (image === undefined) {
    const made = await PGlite.create({ extensions });
    await load(made, join(folder, 'schemas', `${schema}.sql`));
    const data = join(folder, 'schemas', `${schema}_data.sql`);
    if (existsSync(data)) await load(made, data);
    image = await made.dumpDataDir('none');
    images.set(schema, image);
    await made.close();
  }
  return PGlite.create({ extensions, loadDataDir: image });
}

const shown = (value: unknown): string | null =>
  value === null || value === undefined ? null : value === true ? 't' : value === false ? 'f' : String(value);

async function problemOf(database: PGlite, check: Request['check_sql'][number]): Promise<string | null> {
  await database.exec('begin');
  try {
    if (check.setup !== undefined) await database.exec(check.setup);
    const { rows } = await database.query<unknown[]>(check.query, [], { rowMode: 'array' });
    if (check.expect_error !== undefined) return `no error ${check.expect_error} from ${check.query}`;
    const got = rows.map((row) => row.map(shown));
    return JSON.stringify(got) === JSON.stringify(check.expected) ? null : `${check.query} gave ${JSON.stringify(got)}`;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    return code === check.expect_error ? null : `${check.query}: ${String(cause)}`;
  } finally {
    await database.exec('rollback');
  }
}

async function run(database: PGlite, text: string): Promise<void> {
  const script = parseScript(text);
  if (!script.ok) throw new Error(script.error.message);
  for (const statement of script.value.statements) await database.query(statement.text);
}

/** What must not happen to a table, as a number that must stay the same. */
async function measure(database: PGlite, rule: string): Promise<string | null> {
  const [kind, table = ''] = rule.split(':');
  const one = async (query: string): Promise<string | null> =>
    shown(Object.values((await database.query<Row>(query)).rows[0] ?? {})[0]);
  if (kind === 'rewrite') return one(`select relfilenode from pg_class where oid = '${table}'::regclass`);
  if (kind === 'row_change' || kind === 'row_loss') return one(`select count(*) from ${table}`);
  if (kind === 'drop_dependents')
    return one(`select count(*) from pg_views where schemaname not in ('pg_catalog', 'information_schema')`);
  return null;
}

/** Plans, runs and proves one request; null when it was refused. */
async function outcome(request: Request): Promise<readonly string[] | null> {
  const database = await databaseOf(request.schema);
  try {
    const client = {
      query: async (text: string, parameters: readonly unknown[] = []) =>
        (await database.query<Row>(text, [...parameters])).rows,
    };
    const catalog = await introspect(client, { clock: testClock });
    const draft = planRequest(request.request, catalog);
    if (!draft.ok) return null;
    const before = await Promise.all(request.must_not.map((rule) => measure(database, rule)));
    await run(database, draft.value.up);
    const problems: string[] = [];
    for (const check of request.check_sql) {
      const problem = await problemOf(database, check);
      if (problem !== null) problems.push(problem);
    }
    const after = await Promise.all(request.must_not.map((rule) => measure(database, rule)));
    request.must_not.forEach((rule, index) => {
      if (before[index] !== after[index]) problems.push(`did ${rule}`);
      if (rule.startsWith('blocking_index') && /CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)/.test(draft.value.up))
        problems.push(`did ${rule}`);
    });
    await run(database, draft.value.down);
    const restored = await introspect(client, { clock: testClock });
    const differences = compareCatalogs(catalog, restored, { ignore: ['column-order'] });
    problems.push(...differences.map((difference) => `not restored: ${JSON.stringify(difference)}`));
    return problems.length === 0 ? [] : [draft.value.up, ...problems];
  } finally {
    await database.close();
  }
}

it('plans requests in the words of users right or refuses them', { timeout: 600_000 }, async () => {
  const path = join(folder, 'requests.jsonl');
  if (!existsSync(path)) {
    console.log(`no requests in ${folder}: nothing to plan`);
    return;
  }
  await loadParser();
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  const tally: Record<'right' | 'refused' | 'wrong', string[]> = { right: [], refused: [], wrong: [] };
  const wrong: (readonly string[])[] = [];
  for (const line of lines) {
    const request = requestSchema.parse(JSON.parse(line));
    const problems = await outcome(request);
    const verdict = problems === null ? 'refused' : problems.length === 0 ? 'right' : 'wrong';
    tally[verdict].push(request.id);
    if (verdict === 'wrong') wrong.push([request.id, request.request, ...(problems ?? [])]);
  }
  console.log(
    `${lines.length} requests: ${tally.right.length} right, ${tally.refused.length} refused, ${tally.wrong.length} wrong`,
    tally,
  );
  expect(wrong).toEqual([]);
});
