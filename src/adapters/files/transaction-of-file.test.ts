import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { transactionOfFile } from './transaction-of-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-forms-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const alter = 'ALTER TABLE t ADD a int;\n';
const index = 'CREATE INDEX CONCURRENTLY "i;j" ON t (a); -- one; only\n';

test.each([
  ['anybody’s file', 'a.sql', alter, {}, null],
  ['a pair, as golang-migrate and others have it', '1_a.up.sql', alter, {}, null],
  ['Flyway', 'V1__a.sql', alter, {}, 'file'],
  ['Flyway, which sees what cannot be in a transaction', 'V1__a.sql', index + index, {}, 'none'],
  ['Flyway, which refuses both in one file', 'V1__a.sql', alter + index, {}, 'file'],
  [
    'Flyway, told by the file beside it',
    'V1__a.sql',
    alter,
    { 'V1__a.sql.conf': 'executeInTransaction=false' },
    'none',
  ],
  ['Flyway, repeated', 'R__views.sql', alter, {}, 'file'],
  ['Atlas', '1.sql', alter, { 'atlas.sum': 'h1:' }, 'file'],
  ['Atlas, alone', '1.sql', `-- atlas:txmode none\n\n${index}`, {}, 'none'],
  ['Atlas, which reads nothing further down', '1.sql', `-- atlas:txmode none\n${index}`, { 'atlas.sum': '' }, 'file'],
  ['Drizzle', '0001_a.sql', `${alter}--> statement-breakpoint\n${alter}`, {}, 'file'],
  ['Drizzle, by its journal', '0001_a.sql', index, { 'meta/_journal.json': '{}' }, 'file'],
  ['Drizzle, with folders', '1_a/migration.sql', index, { '1_a/snapshot.json': '{}' }, 'file'],
  ['graphile-migrate', '000001.sql', `--! Previous: -\n--! Hash: sha1:0\n\n${alter}`, {}, 'file'],
  ['graphile-migrate, alone', '000001.sql', `--! Previous: -\n\n--! no-transaction\n${index}`, {}, 'none'],
  ['sqlx, alone', '1_a.up.sql', `-- no-transaction\n${index}`, {}, 'none'],
  ['sqlx, which reads the first bytes only', '1_a.up.sql', `\n-- no-transaction\n${index}`, {}, null],
  ['Sqitch', 'deploy/a.sql', `-- Deploy shop:a to pg\n\nBEGIN;\n${alter}COMMIT;\n`, {}, 'none'],
  ['Diesel', 'a/up.sql', alter, {}, null],
  ['Diesel, alone', 'a/up.sql', index, { 'a/metadata.toml': 'run_in_transaction = false' }, 'none'],
  ['Prisma, several statements', '1_a/migration.sql', alter + index, {}, 'file'],
  ['Prisma, one', '1_a/migration.sql', `-- only; one\n${index}`, {}, 'none'],
  ['Supabase', 'supabase/migrations/1_a.sql', alter + alter, {}, 'file'],
])('%s', async (_tool, name, text, beside, mode) => {
  for (const [path, contents] of Object.entries<string>({ [name]: text, ...beside })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), contents);
  }
  expect(transactionOfFile(join(folder, name), text)).toBe(mode);
});
