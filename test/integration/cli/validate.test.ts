import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lockstep } from '../../support/command-line.ts';

const schema = `
create table users (id bigint primary key, email text not null);
create table orders (id bigint primary key, user_id bigint references users (id), a int);
create schema audit;
create table audit.log (id bigint primary key, line text);
`;
let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);
const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { encoding: 'utf8' });
/** Runs `lockstep validate` in the folder. */
const validate = (...args: string[]) => lockstep(['validate', ...args], { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-validate-'));
  await writeFile(at('schema.sql'), schema);
  await mkdir(at('db', 'migrations'), { recursive: true });
  await writeFile(at('db', 'migrations', '1_index.up.sql'), 'CREATE INDEX i ON orders(a);\n');
  await writeFile(at('db', 'migrations', '1_index.down.sql'), 'DROP INDEX i;\n');
  // Only after the first one is there an index to rename.
  await writeFile(at('db', 'migrations', '2_rename.up.sql'), 'ALTER INDEX i RENAME TO j;\n');
  await writeFile(at('db', 'migrations', '2_rename.down.sql'), 'ALTER INDEX j RENAME TO i;\n');
  await writeFile(at('odd, <name> 100%.sql'), "SELECT 'é 😀'; CREATE INDEX ON orders(a);\n");
  await writeFile(at('audit.sql'), 'ALTER TABLE audit.log ADD COLUMN n int NOT NULL;\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const migrationsOf = (stdout: string) =>
  z
    .object({
      migrations: z.array(
        z.object({
          name: z.string(),
          findings: z.array(z.object({ rule: z.string(), severity: z.string(), message: z.string() })),
          notChecked: z.array(z.string()),
        }),
      ),
    })
    .parse(JSON.parse(stdout)).migrations;

it('asks no server for the parse tier that is not named for it', async () => {
  const env = { DATABASE_URL: 'postgresql://nobody@localhost:1/none' };
  const checked = (...args: string[]) => lockstep(['validate', 'audit.sql', ...args], { cwd: folder, env });
  expect(await checked('--tier', 'parse')).toMatchObject({ code: 1, stdout: expect.stringContaining('(tier parse)') });
  expect(await checked()).toMatchObject({ code: 3, stdout: '' });
});

describe('several migrations', () => {
  it('are each checked on the database as the ones before leave it', async () => {
    const run = await validate('db/migrations', '--schema', 'schema.sql', '--json');
    const [, second] = migrationsOf(run.stdout);
    expect(second?.findings.map(({ rule }) => rule)).not.toContain('syntax-or-unknown-object');
    const alone = await validate('db/migrations/2_rename.up.sql', '--schema', 'schema.sql', '--json');
    expect(migrationsOf(alone.stdout)[0]?.findings.map(({ rule }) => rule)).toContain('syntax-or-unknown-object');
  });

  it('are run on the copy that a schema file makes, which refuses what no rule foresees', async () => {
    await writeFile(at('3_cased.sql'), 'create table cased (id int);\nupdate cased set id = uper(id);\n');
    const run = await validate('3_cased.sql', '--schema', 'schema.sql', '--json');
    const { migrations } = JSON.parse(run.stdout);
    const refused = migrations[0].findings.find(({ rule }: { rule: string }) => rule === 'statement-refused');
    expect(refused).toMatchObject({ severity: 'error', line: 2, column: 23, evidence: { sqlstate: '42883' } });
    expect(refused.message).toContain('function uper(integer) does not exist');
    const proved = await validate('3_cased.sql', '--schema', 'schema.sql', '--tier', 'shadow', '--json');
    const [alone] = JSON.parse(proved.stdout).migrations;
    expect(alone.shadow.steps.at(-1).error).toMatchObject({ sqlstate: '42883', line: 2, column: 23 });
    expect(alone.findings.map(({ rule }: { rule: string }) => rule)).not.toContain('statement-refused');
  });

  it('are run on a copy made from a snapshot, too', async () => {
    await writeFile(at('3_cased.sql'), 'create table cased (id int);\nupdate cased set id = uper(id);\n');
    const { stdout: snapshot } = await lockstep(['introspect', '--schema', 'schema.sql', '--json'], { cwd: folder });
    await writeFile(at('snapshot.json'), snapshot);
    const run = await validate('3_cased.sql', '--snapshot', 'snapshot.json', '--json');
    const rules = migrationsOf(run.stdout)[0]?.findings.map(({ rule }) => rule);
    expect(rules).toContain('statement-refused');
  });

  it('tell in every format what the shadow run showed', async () => {
    await writeFile(at('4_fails.up.sql'), 'create table fails (id int);\ncreate table fails (id int);\n');
    await writeFile(at('4_fails.down.sql'), 'drop table fails;\n');
    await writeFile(at('5_stays.up.sql'), 'create table stays (id int);\n');
    await writeFile(at('5_stays.down.sql'), 'select 1;\n');
    const read = async (format: string) =>
      (await validate('4_fails', '5_stays', '--schema', 'schema.sql', '--tier', 'shadow', '--format', format)).stdout;
    const fails = 'The up fails on the shadow database with 42P07: relation "fails" already exists';
    const stays = 'The down does not restore the schema';
    const sarif = sarifSchema.parse(JSON.parse(await read('sarif')));
    const shown = sarif.runs[0]?.results.filter(({ ruleId }) => ruleId === 'shadow-run') ?? [];
    expect(shown.map(({ level: of, message }) => [of, message.text])).toEqual([
      ['error', fails],
      ['error', `${stays}: public.stays added`],
    ]);
    expect(shown[0]?.locations[0]?.physicalLocation.region.startLine).toBe(2);
    expect(await read('github')).toContain(`::error file=4_fails.up.sql,line=2,title=shadow run (Lockstep)::${fails}`);
    expect(await read('markdown')).toContain(`**Shadow run:** 🔴 error ${stays}: public.stays added.`);
    expect(await read('junit')).toContain('<failure type="shadow-run" message="The up fails on the shadow database');
  });

  it('are proved one after the other in the tier of the shadow run', async () => {
    const run = await validate('db/migrations', '--schema', 'schema.sql', '--tier', 'shadow', '--json');
    const { migrations } = JSON.parse(run.stdout);
    expect(migrations.map(({ shadow }: { shadow: { restored: boolean } }) => shadow.restored)).toEqual([true, true]);
  });
});

const sarifText = z.string().min(1);
/** A URI reference as RFC 3986 writes it: nothing in it that would have to be escaped. */
const uriReference = z.string().regex(/^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})+$/);
const level = z.enum(['error', 'warning', 'note']);
const position = z.number().int().min(1);

/**
 * What we write of SARIF 2.1.0, strictly: properties that the standard does not have where they stand are refused (section
 * 3.8.1 allows our own only in property bags), and so is what GitHub's code scanning cannot take.
 */
const sarifSchema = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: sarifText,
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/),
            rules: z
              .array(
                z.strictObject({
                  id: sarifText.max(255),
                  name: sarifText.max(255),
                  shortDescription: z.strictObject({ text: sarifText.max(1024) }),
                  fullDescription: z.strictObject({ text: sarifText.max(1024) }),
                  helpUri: z.url().optional(),
                  help: z.strictObject({ text: sarifText, markdown: sarifText }),
                  defaultConfiguration: z.strictObject({ level }),
                  properties: z.strictObject({
                    tags: z.array(sarifText).max(20),
                    'problem.severity': z.enum(['error', 'warning', 'recommendation']),
                    'security-severity': z
                      .string()
                      .regex(/^\d+\.\d$/)
                      .optional(),
                  }),
                }),
              )
              .max(25_000),
          }),
        }),
        columnKind: z.literal('utf16CodeUnits'),
        // A base must end in a slash, and says where the uriBaseId of the results is.
        originalUriBaseIds: z.strictObject({ '%SRCROOT%': z.strictObject({ uri: z.url().endsWith('/') }) }),
        automationDetails: z.strictObject({ id: sarifText }),
        results: z
          .array(
            z.strictObject({
              ruleId: sarifText,
              ruleIndex: z.number().int().min(0),
              level,
              message: z.strictObject({ text: sarifText }),
              locations: z
                .array(
                  z.strictObject({
                    physicalLocation: z.strictObject({
                      artifactLocation: z.strictObject({ uri: uriReference, uriBaseId: z.literal('%SRCROOT%') }),
                      region: z
                        .strictObject({
                          startLine: position,
                          startColumn: position,
                          endLine: position,
                          endColumn: position,
                        })
                        .refine(
                          ({ startLine, startColumn, endLine, endColumn }) =>
                            startLine < endLine || (startLine === endLine && startColumn <= endColumn),
                        ),
                    }),
                  }),
                )
                .length(1),
              partialFingerprints: z.strictObject({ 'lockstepFinding/v1': z.string().regex(/^[0-9a-f]{16}:\d+$/) }),
            }),
          )
          .max(25_000),
      }),
    )
    .length(1),
});

describe('formats', () => {
  it('SARIF names rules, places and stable fingerprints as GitHub reads them', async () => {
    const read = async (...files: string[]) =>
      sarifSchema.parse(JSON.parse((await validate(...files, '--schema', 'schema.sql', '--format', 'sarif')).stdout));
    const [run] = (await read('odd, <name> 100%.sql', 'db/migrations')).runs;
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    for (const result of run?.results ?? []) expect(rules[result.ruleIndex]).toBe(result.ruleId);
    // Which result is which must be told apart, or GitHub takes two for one.
    const prints = run?.results.map(({ partialFingerprints }) => Object.values(partialFingerprints).join()) ?? [];
    expect(new Set(prints).size).toBe(prints.length);
    const odd = run?.results.find(({ ruleId }) => ruleId === 'require-concurrent-index-creation');
    const place = odd?.locations[0]?.physicalLocation;
    expect(place?.artifactLocation.uri).toBe('db/migrations/1_index.up.sql');
    const second = run?.results.filter(({ ruleId }) => ruleId === 'require-concurrent-index-creation')[1];
    expect(second?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'odd%2C%20%3Cname%3E%20100%25.sql' },
      // The emoji counts as two, as in an editor.
      region: { startLine: 1, startColumn: 16 },
    });
    // A line that moved is the same finding.
    const fingerprints = async (text: string) => {
      await writeFile(at('moved.sql'), text);
      const [moved] = (await read('moved.sql')).runs;
      return new Map(moved?.results.map(({ ruleId, partialFingerprints }) => [ruleId, partialFingerprints]));
    };
    const before = await fingerprints('CREATE INDEX ON orders(a);\n');
    expect([...before.keys()]).toContain('missing-down-migration');
    expect(await fingerprints('-- a comment\n\n  CREATE INDEX ON orders(a);\n')).toEqual(before);
  });

  it('JUnit fails the cases that reach the threshold and escapes what XML cannot hold', async () => {
    const run = await validate('odd, <name> 100%.sql', '--schema', 'schema.sql', '--format', 'junit');
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /);
    expect(run.stdout).toContain('<testsuite name="odd, &lt;name&gt; 100%"');
    expect(run.stdout).toContain('<failure type="require-concurrent-index-creation"');
    const never = await validate('odd, <name> 100%.sql', '--format', 'junit', '--fail-on', 'never');
    expect(never.stdout).toContain('failures="0"');
    expect(never.stdout).not.toContain('<failure');
  });

  it('GitHub annotations escape names and texts', async () => {
    const run = await validate('odd, <name> 100%.sql', '--schema', 'schema.sql', '--format', 'github');
    const line = run.stdout.split('\n').find((one) => one.startsWith('::error '));
    expect(line).toContain('file=odd%2C <name> 100%25.sql,line=1,endLine=1,col=16,');
    expect(line).toContain('%0AInstead: ');
  });

  it('GitHub annotations name files from the checkout, wherever in it the job works', async () => {
    const run = await lockstep(['validate', '1_index.up.sql', '--format', 'github'], {
      cwd: at('db', 'migrations'),
      env: { GITHUB_WORKSPACE: folder },
    });
    expect(run.stdout).toContain('::error file=db/migrations/1_index.up.sql,line=1,');
  });

  it('Markdown shows locks, work and findings, and no text breaks out of its cell', async () => {
    await writeFile(at('pipe.sql'), 'ALTER TABLE users ADD COLUMN "a|b`c" text DEFAULT \'<b>|`\';\n');
    const run = await validate('pipe.sql', 'audit.sql', '--schema', 'schema.sql', '--format', 'markdown');
    const rows = run.stdout.split('\n').filter((line) => line.startsWith('| 1 |'));
    expect(rows[0]).toContain('ACCESS EXCLUSIVE');
    // Every row has its six columns: a bar of the text's own is escaped.
    for (const row of rows) expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(8);
    expect(run.stdout).toContain('`adding-required-field`');
  });
});

describe('a file in which a tool keeps both directions', () => {
  it('is checked as the two that it is, in the transaction that the tool makes, and fixed as the one', async () => {
    const text = [
      '-- migrate:up',
      'CREATE INDEX CONCURRENTLY users_email ON users (email);',
      '-- migrate:down',
      'DROP INDEX users_email;',
      '',
    ].join('\n');
    await writeFile(at('4_dbmate.sql'), text);
    const run = await validate('4_dbmate.sql', '--schema', 'schema.sql', '--tier', 'catalog', '--json');
    const [migration] = JSON.parse(run.stdout).migrations;
    expect(
      migration.statements.map(({ direction, line }: { direction: string; line: number }) => direction + line),
    ).toEqual(['up2', 'down4']);
    const found = (rule: string) => migration.findings.find((one: { rule: string }) => one.rule === rule);
    expect(found('concurrently-in-transaction')).toMatchObject({ direction: 'up', line: 2 });
    expect(found('require-concurrent-index-deletion')).toMatchObject({ direction: 'down', line: 4, column: 1 });
    expect(found('missing-down-migration')).toBeUndefined();
    for (const { fix } of migration.findings)
      if (fix !== null) expect(fix.sql).toMatch(/^-- migrate:up\n[\s\S]+-- migrate:down\n/);
  });
});

describe('--since', () => {
  it('leaves out what has not changed, and finds what is committed, changed and untracked', async () => {
    git('init', '-q', '-b', 'main');
    git('add', 'db', 'schema.sql');
    git('commit', '-q', '-m', 'first');
    git('checkout', '-q', '-b', 'work');
    await writeFile(at('db', 'migrations', '3_committed.up.sql'), 'SELECT 3;\n');
    git('add', 'db');
    git('commit', '-q', '-m', 'second');
    await writeFile(at('db', 'migrations', '4_new.up.sql'), 'SELECT 4;\n');
    await writeFile(at('db', 'migrations', '2_rename.down.sql'), 'ALTER INDEX j RENAME TO i; -- back\n');
    const run = await validate('db/migrations', '--since', 'main', '--json');
    expect(migrationsOf(run.stdout).map(({ name }) => name)).toEqual(['2_rename', '3_committed', '4_new']);
    const nothing = await validate('db/migrations/1_index.up.sql', '--since', 'main');
    expect(nothing).toMatchObject({ code: 0 });
  });

  it('tells a migration that comes before one that was there, and one that was there and is edited', async () => {
    await writeFile(at('db', 'migrations', '0_early.up.sql'), 'SELECT 0;\n');
    const before = await readFile(at('db', 'migrations', '1_index.up.sql'), 'utf8');
    await writeFile(at('db', 'migrations', '1_index.up.sql'), 'SELECT 1;\n');
    const run = await validate('db/migrations', '--since', 'main', '--json');
    const told = migrationsOf(run.stdout).flatMap(({ name, findings }) =>
      findings.filter(({ rule }) => rule === 'non-linear-history').map(({ message }) => `${name}: ${message}`),
    );
    expect(told).toEqual([
      expect.stringMatching(/^0_early: .* is new and comes before 2_rename/),
      expect.stringMatching(/^1_index: .* was changed after it was there/),
    ]);
    await rm(at('db', 'migrations', '0_early.up.sql'));
    await writeFile(at('db', 'migrations', '1_index.up.sql'), before);
  });

  it('says what is wrong with a revision, and never takes it for an option', async () => {
    for (const revision of ['no-such-branch', '--output=/tmp/x', 'main..work']) {
      const run = await validate('db/migrations', `--since=${revision}`);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain(revision);
    }
    const outside = await lockstep(['validate', at('audit.sql'), '--since', 'main'], { cwd: tmpdir() });
    expect(outside).toMatchObject({ code: 2, stdout: '' });
    expect(outside.stderr).toContain('not in a Git repository');
  });
});

describe('.lockstep.yml', () => {
  const config = (text: string) => writeFile(at('.lockstep.yml'), text);

  it('is written by --init with the folder that is there, never over another one', async () => {
    await rm(at('.lockstep.yml'), { force: true });
    expect(await validate('--init')).toMatchObject({ code: 0 });
    expect(await readFile(at('.lockstep.yml'), 'utf8')).toContain('migrations: db/migrations/**/*.sql');
    const run = await validate('--json');
    expect(migrationsOf(run.stdout).map(({ name }) => name)).toContain('1_index');
    expect(await validate('--init')).toMatchObject({ code: 2, stdout: '' });
  });

  it('sets severities, switches rules off and on, ignores schemas, and says so', async () => {
    await config(`version: 1
schema: schema.sql
rules:
  require-concurrent-index-creation: warning
  require-lock-timeout: error
ignored-schemas: [audit]
`);
    const run = await validate('db/migrations/1_index.up.sql', '--json');
    expect(run.code).toBe(1);
    expect(migrationsOf(run.stdout)[0]?.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'require-concurrent-index-creation', severity: 'warning' }),
        expect.objectContaining({ rule: 'require-lock-timeout', severity: 'error' }),
      ]),
    );
    const ignored = await validate('audit.sql', '--json');
    const [audit] = migrationsOf(ignored.stdout);
    expect(audit?.findings.map(({ rule }) => rule)).not.toContain('adding-required-field');
    expect(audit?.notChecked).toContain('schemas that the settings ignore: audit');
    await config('version: 1\nschema: schema.sql\nrules: { require-concurrent-index-creation: off }\n');
    const off = await validate('db/migrations/1_index.up.sql', '--json');
    expect(migrationsOf(off.stdout)[0]?.findings.map(({ rule }) => rule)).not.toContain(
      'require-concurrent-index-creation',
    );
  });

  it('says what names a team has agreed on, and refuses a pattern that is none', async () => {
    await config("version: 1\nconventions: { names: { index: '.*_idx' } }\n");
    const run = await validate('db/migrations/1_index.up.sql', '--json');
    const named = migrationsOf(run.stdout)[0]?.findings.filter(({ rule }) => rule === 'naming-convention');
    expect(named).toMatchObject([{ severity: 'warning', message: expect.stringContaining('.*_idx') }]);
    await config("version: 1\nconventions: { names: { index: '(' } }\n");
    const wrong = await validate('db/migrations/1_index.up.sql');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('not a regular expression');
  });

  it('moves the thresholds by which a size counts as small or large', async () => {
    await writeFile(
      at('facts.json'),
      JSON.stringify({
        capturedAt: '2026-03-18T00:00:00Z',
        tables: [{ schema: 'public', name: 'orders', rows: 50_000, bytes: 30_000_000, columns: [] }],
      }),
    );
    const severity = async (thresholds: string) => {
      await config(`version: 1\nschema: schema.sql\nfacts: facts.json\n${thresholds}`);
      const run = await validate('db/migrations/1_index.up.sql', '--json');
      return migrationsOf(run.stdout)[0]?.findings.find(({ rule }) => rule === 'require-concurrent-index-creation')
        ?.severity;
    };
    expect(await severity('')).toBe('warning');
    expect(await severity('thresholds: { small: { rows: 100000, bytes: 64 MB } }\n')).toBe('info');
    expect(
      await severity('thresholds: { small: { rows: 10, bytes: 1 MB }, large: { rows: 1000, bytes: 8MB } }\n'),
    ).toBe('error');
  });

  it('sets what the server gets done in a second, on which estimates rest', async () => {
    const range = async (text: string) => {
      await config(`version: 1\nschema: schema.sql\nfacts: facts.json\n${text}`);
      const run = await validate('db/migrations/1_index.up.sql', '--json');
      return JSON.parse(run.stdout).migrations[0].statements[0].estimate.range;
    };
    const usual = await range('');
    expect(await range('throughput: { index-build: 10 MB }\n')).toEqual({ from: usual.from * 10, to: usual.to * 10 });
    await config('version: 1\nthroughput: { read: 0 }\n');
    expect(await validate('audit.sql')).toMatchObject({ code: 2, stdout: '' });
  });

  it('names the queries of the application that a migration breaks, and the files that are no SQL', async () => {
    await mkdir(at('queries', 'deep'), { recursive: true });
    await writeFile(
      at('queries', 'users.sql'),
      '-- by id\nSELECT email FROM users WHERE id = :id;\nSELEC 2;\nSELECT 1;\n',
    );
    await writeFile(at('queries', 'deep', 'broken.sql'), 'SELEC email FROM users\n');
    await writeFile(at('drop.sql'), 'ALTER TABLE users DROP COLUMN email;\n');
    await config('version: 1\nschema: schema.sql\nqueries: queries\n');
    const run = await validate('drop.sql');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('1 of 2 known queries uses email of users and fails from here on');
    expect(run.stderr).toMatch(/Left out of the queries: .*users\.sql: syntax error at or near "SELEC" \(line 3\)/);
    expect(run.stderr).toMatch(/Left out of the queries: .*broken\.sql: syntax error at or near "SELEC" \(line 1\)/);
    expect(await validate('drop.sql', '--queries', 'nowhere')).toMatchObject({ code: 2, stdout: '' });
    const proved = JSON.parse((await validate('drop.sql', '--tier', 'shadow', '--json')).stdout);
    expect(proved.migrations[0].shadow.queries).toMatchObject({
      checked: 2,
      broken: [
        { source: 'file', name: expect.stringMatching(/users\.sql:2$/), error: 'column "email" does not exist' },
      ],
    });
  });

  it('adds the rules of taste under the strict profile, also from the command line', async () => {
    await config('version: 1\nprofile: strict\n');
    await writeFile(at('taste.sql'), 'CREATE TABLE t (id int PRIMARY KEY, at timestamp);\n');
    const rules = async (...more: string[]) =>
      migrationsOf((await validate('taste.sql', '--json', ...more)).stdout)[0]?.findings.map(({ rule }) => rule);
    expect(await rules()).toContain('prefer-timestamptz');
    expect(await rules('--profile', 'recommended')).not.toContain('prefer-timestamptz');
  });

  it('is refused with the line of each fault and the word that was meant', async () => {
    await config(`version: 1
rules:
  require-concurent-index-creation: error
fail-onn: warning
server-version: 9
`);
    const run = await validate('audit.sql');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/\.lockstep\.yml:4: "fail-onn" is not known here; did you mean "fail-on"\?/);
    expect(run.stderr).toMatch(/\.lockstep\.yml:5: server-version: /);
    await config('version: 1\nrules:\n  require-concurent-index-creation: error\n');
    expect((await validate('audit.sql')).stderr).toMatch(/:3: .*did you mean "require-concurrent-index-creation"\?/);
    await config('version: 1\nrules: [unclosed\n');
    expect(await validate('audit.sql')).toMatchObject({ code: 2, stdout: '' });
    await rm(at('.lockstep.yml'));
    expect((await validate()).stderr).toContain('.lockstep.yml');
  });
});
