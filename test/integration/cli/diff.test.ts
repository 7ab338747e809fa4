import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockstep } from '../../support/command-line.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const before = `
create type mood as enum ('sad', 'ok');
create table users (id bigint primary key, name text not null, email varchar(100) unique, bio text);
create index users_name on users (lower(name)) where bio is not null;
create table orders (id bigint primary key, user_id bigint references users (id) on delete cascade, total numeric(10, 2));
create view emails as select id, email from users;
create function f(a int) returns int language plpgsql as $$
begin
  -- one
  -- two
  if a > 3 then
    return a + 1;
  end if;
  -- three
  -- four
  return a;
end $$;
comment on table users is 'people';
`;
const after = before
  .replace("'sad', ", "'sad', 'meh', ")
  .replaceAll('name text not null', 'full_name text not null')
  .replace('lower(name)', 'lower(full_name)')
  .replace('varchar(100)', 'text')
  .replace('cascade', 'set null')
  .replaceAll('orders', 'purchases')
  .replace('return a + 1', 'return a + 2')
  .replace("'people'", "'customers'");

let folder: string;
let server: PostgresServer;
let url: string;
const at = (name: string) => join(folder, name);
const diff = (...args: string[]) => lockstep(['diff', ...args]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-diff-'));
  server = await startPostgresServer({ own: true });
  const { host, port, database } = await server.createDatabase(after);
  url = `postgresql://postgres:hidden-word@${host}:${port}/${database}`;
  await writeFile(at('before.sql'), before);
  await writeFile(at('after.sql'), after);
  await writeFile(at('before.json'), (await lockstep(['introspect', '--schema', at('before.sql'), '--json'])).stdout);
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('lockstep diff', () => {
  it('tells a person what differs, by object and cause, with what may have been renamed', async () => {
    const { code, stdout } = await diff(at('before.json'), at('after.sql'));
    expect(code).toBe(1);
    expect(stdout.split('\n')[0]).toBe(
      `From ${at('before.json')} to ${at('after.sql')}: 2 added, 2 removed, 6 changed`,
    );
    expect(stdout).toMatch(/enum public\.mood\n {2}~ changed label 'meh': added after 'sad'\n/);
    expect(stdout).toMatch(
      /table public\.users\n {2}~ changed comment: people → customers\n {2}~ changed column email type: character varying\(100\) → text\n {6}so that column public\.emails\.email changes its type/,
    );
    expect(stdout).toContain('~ changed index users_name keys: (lower(name)) → (lower(full_name))');
    expect(stdout).toContain(
      [
        '      -     return a + 1;',
        '      +     return a + 2;',
        '          end if;',
        '          -- three',
        '          -- four',
        '      …',
      ].join('\n'),
    );
    const [, candidates = ''] = stdout.split('Perhaps renamed\n');
    expect(candidates).toMatch(/\? table public\.orders → public\.purchases \(\d+ % alike: /);
    expect(candidates).toMatch(/\? column public\.users\.name → public\.users\.full_name \(\d+ % alike: the same type/);
  });

  it('tells a script what differs, from any two sources, and never a password', async () => {
    const runs = await Promise.all([
      diff(at('before.sql'), url, '--json'),
      diff(at('before.json'), at('after.sql'), '--format', 'json'),
    ]);
    for (const { code, stdout, stderr } of runs) {
      expect(code).toBe(1);
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({ version: 1, equal: false });
      expect(report.differences).toContainEqual({
        object: 'public.users.email',
        kind: 'column',
        change: 'changed',
        attribute: 'type',
        before: 'character varying(100)',
        after: 'text',
      });
      expect(report.differences).toContainEqual(
        expect.objectContaining({ object: 'public.orders', change: 'removed' }),
      );
      expect(report.renameCandidates).toContainEqual(
        expect.objectContaining({ kind: 'table', from: 'public.orders', to: 'public.purchases' }),
      );
      expect(stdout + stderr).not.toContain('hidden-word');
    }
    const text = await diff(at('before.sql'), url);
    expect(text.stdout + text.stderr).not.toContain('hidden-word');
  });

  it('writes the SQL that turns one into the other', async () => {
    const { code, stdout } = await diff(at('before.sql'), at('after.sql'), '--format', 'sql');
    expect(code).toBe(1);
    await writeFile(at('turned.sql'), before + stdout);
    expect(await diff(at('turned.sql'), at('after.sql'), '--ignore', 'column-order')).toMatchObject({ code: 0 });
    expect(await diff(at('after.sql'), at('after.sql'), '--format', 'sql')).toMatchObject({ code: 0 });
  });

  it('finds nothing between equals, whatever they are read from', async () => {
    expect(await diff(at('after.sql'), url, '--ignore', 'owner')).toMatchObject({
      code: 0,
      stdout: 'Equal (owner left out).\n',
    });
    const { code, stdout } = await diff(at('before.sql'), at('before.json'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ version: 1, equal: true, differences: [], renameCandidates: [] });
  });

  it.each([
    ['comments', "comment on table a is 'b';"],
    ['owner', 'create role other; alter table a owner to other;'],
    ['grants', 'grant select on a to public;'],
    ['column-order', 'alter table a add column b2 int; alter table a drop column b; alter table a rename b2 to b;'],
  ])('leaves out %s when told to', async (what, change) => {
    await writeFile(at('one.sql'), 'create table a (b int, c int);');
    await writeFile(at(`${what}.sql`), `create table a (b int, c int); ${change}`);
    expect((await diff(at('one.sql'), at(`${what}.sql`))).code).toBe(1);
    expect((await diff(at('one.sql'), at(`${what}.sql`), '--ignore', `comments,${what}`)).code).toBe(0);
  });

  it.each([
    ['a side that is neither', ['x.txt', 'y.sql'], 2, /x\.txt.*must be/s],
    ['a missing file', ['no.sql', 'y.sql'], 2, /no\.sql/],
    ['one side only', ['no.sql'], 2, /missing required argument/],
    ['an unknown thing to leave out', ['a.sql', 'b.sql', '--ignore', 'owner,colour'], 2, /colour is not one of/],
    ['a server that is not there', ['postgresql://p@127.0.0.1:1/x', 'b.sql'], 3, /refused/],
  ])('refuses %s', async (_what, args, code, words) => {
    const run = await diff(...args);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toMatch(words);
  });
});
