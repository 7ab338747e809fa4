import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockstep } from '../../support/command-line.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const users = `
create table users (id bigint primary key, email text not null);
create index users_email on users (email);
`;
const adults = `
alter table users add age int;
create view adults as select * from users where age >= 18;
`;
/** What migration tools make beside the schema. */
const ledgers = `
create table schema_migrations (version bigint primary key, dirty boolean not null);
create table goose_db_version (id serial primary key, version_id bigint);
create schema sqitch;
create table sqitch.changes (change_id text primary key);
`;

let folder: string;
let server: PostgresServer;
let made: string;
const at = (...parts: string[]) => join(folder, ...parts);
const compare = (other: string, ...args: string[]) =>
  lockstep(['shadow-run', 'steps', '--compare-with', other, ...args], {
    cwd: folder,
    // Where a folder has been applied is not where it starts.
    env: { DATABASE_URL: made },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-compare-'));
  await mkdir(at('steps'));
  await writeFile(at('steps', '1_users.up.sql'), users);
  await writeFile(at('steps', '1_users.down.sql'), 'drop table users;');
  await writeFile(at('steps', '2_adults.up.sql'), adults);
  // The last down restores nothing: the end is what the ups alone leave.
  await writeFile(at('steps', '2_adults.down.sql'), 'drop view adults;');
  server = await startPostgresServer();
  const { host, port, user, database } = await server.createDatabase(users + adults + ledgers);
  made = `postgresql://${user}@${host}:${port}/${database}`;
  await writeFile(
    at('drifted.sql'),
    `${users.replace('text', 'varchar(200)').replace(/create index.*/, '')}${adults}${ledgers}create table "Forgotten one" (id int);`,
  );
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('what a folder of migrations ends in', () => {
  it('agrees with the database that it made, the ledgers of tools aside', async () => {
    const run = await compare(made, '--json');
    const { chain, end } = JSON.parse(run.stdout);
    expect(chain.map(({ result }: { result: { restored: boolean } }) => result.restored)).toEqual([true, false]);
    expect(end).toEqual({
      comparedWith: `database ${made.split('/').at(-1)}`,
      equal: true,
      differences: [],
      renameCandidates: [],
      ledgers: ['public.goose_db_version', 'public.schema_migrations', 'sqitch'],
    });
  });

  it('is told apart by object from one that somebody changed by hand', async () => {
    const { stdout, code } = await compare('drifted.sql');
    expect(code).toBe(1);
    expect(stdout).toContain('steps and drifted.sql disagree on 2 objects.');
    expect(stdout).toContain('+ added table public."Forgotten one"');
    expect(stdout).toContain('~ changed column email type: text → character varying(200)');
    expect(stdout).toContain('- removed index users_email');
    expect(stdout).not.toContain('+ added table public.schema_migrations');
    const elsewhere = await compare('drifted.sql', '--json', '--schemas', 'sqitch');
    expect(JSON.parse(elsewhere.stdout).end).toMatchObject({ equal: true, ledgers: ['sqitch'] });
  });

  it('is not compared when an up fails, nor where there is no folder', async () => {
    await writeFile(at('steps', '3_fails.up.sql'), 'create table users ();');
    const failed = await compare('drifted.sql', '--json');
    await rm(at('steps', '3_fails.up.sql'));
    expect([failed.code, JSON.parse(failed.stdout).end]).toEqual([1, { comparedWith: 'drifted.sql', equal: null }]);
    const one = await lockstep(['shadow-run', at('steps', '1_users.up.sql'), '--compare-with', 'drifted.sql']);
    expect([one.code, one.stderr]).toEqual([
      2,
      expect.stringContaining('--compare-with: needs a folder of migrations'),
    ]);
  });
});
