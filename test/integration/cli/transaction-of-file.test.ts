import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockstep } from '../../support/command-line.ts';

const index = 'CREATE INDEX CONCURRENTLY i ON t (a);\n';
const drop = 'DROP INDEX CONCURRENTLY i;\n';

/** Files that tools run, and whether the server would refuse their up, their down. */
const forms = {
  'dbmate/2_i.sql': [`-- migrate:up transaction:false\n${index}-- migrate:down\n${drop}`, true, false],
  'dbmate/3_i.sql': [`-- migrate:up\n${index}-- migrate:down\nDROP INDEX i;\n`, false, true],
  'flyway/V1__i.sql': [index, true, true],
  'flyway/V2__i.sql': [`SELECT 1;\n${index}`, false, true],
  'log.sql': [
    `--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n--changeset a:2 runInTransaction:false\n${index}--rollback ${drop}`,
    true,
    true,
  ],
} as const;

type Link = {
  readonly restored: boolean;
  readonly steps: readonly { readonly name: string; readonly error?: object }[];
};

describe('what a tool does with a file', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-forms-'));
    await writeFile(at('schema.sql'), 'CREATE TABLE t (a int);\n');
    for (const [name, [text]] of Object.entries(forms)) {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(forms))(
    'is the same to the rules, the copy and the shadow run: %s',
    async (name, [, up, down]) => {
      const options = ['--schema', 'schema.sql', '--tier', 'shadow', '--json', '--fail-on', 'never'];
      const run = await lockstep(['validate', name, ...options], { cwd: folder });
      expect(run, run.stderr).toMatchObject({ code: 0 });
      const migrations: readonly {
        readonly findings: readonly { readonly rule: string; readonly direction: string }[];
        readonly notChecked: readonly string[];
        readonly shadow: Link;
      }[] = JSON.parse(run.stdout).migrations;
      const isFound = (direction: string): boolean =>
        migrations.some(({ findings }) =>
          findings.some((one) => one.rule === 'concurrently-in-transaction' && one.direction === direction),
        );
      const fails = (step: string): boolean =>
        migrations.some(({ shadow }) => shadow.steps.some(({ name, error }) => name === step && error !== undefined));
      expect({ found: !isFound('up'), runs: !fails('up') }).toEqual({ found: up, runs: up });
      expect({ found: !isFound('down'), runs: !fails('down') }).toEqual({ found: down, runs: down });
      for (const { notChecked } of migrations)
        expect(notChecked.join()).not.toContain('how your runner wraps the file');
    },
  );

  it('is what somebody says of all files, where somebody does', async () => {
    const options = ['--schema', 'schema.sql', '--transaction', 'file', '--json'];
    const run = await lockstep(['shadow-run', 'flyway/V1__i.sql', ...options], { cwd: folder });
    expect(JSON.parse(run.stdout).steps.at(-1)).toMatchObject({ name: 'up', error: { sqlstate: '25001' } });
    const alone = await lockstep(['shadow-run', 'flyway/V1__i.sql', '--schema', 'schema.sql', '--json'], {
      cwd: folder,
    });
    expect(JSON.parse(alone.stdout).steps[1].error).toBeUndefined();
  });
});
