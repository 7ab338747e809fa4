import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogSchema } from '../../../src/engine/catalog/catalog.ts';
import { lockstep } from '../../support/command-line.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';

const schema = `
create schema sales;
create schema "Odd ""one""";
create type sales.state as enum ('new', 'it''s done');
create table sales.customers (id bigint primary key, "E-Mail" text not null unique, state sales.state default 'new');
create table "Odd ""one""".orders (id bigint primary key, customer_id bigint references sales.customers (id), note text);
create view sales.mails as select "E-Mail" from sales.customers;
comment on table sales.customers is 'people who buy';
`;
const rows = `
insert into sales.customers select n, 'row-value-4711-' || n from generate_series(1, 500) n;
insert into "Odd ""one""".orders select n, n, 'row-value-0815' from generate_series(1, 500) n;
analyze;
`;
const password = 'pass-word-99';
const snapshot = resolve(import.meta.dirname, '../../snapshots/format-1.json');

let folder: string;
let server: PostgresServer;
let url: string;
const at = (name: string) => join(folder, name);
const introspect = (...args: string[]) => lockstep(['introspect', ...args]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-introspect-'));
  server = await startPostgresServer({ own: true, hba: ['host all locked all scram-sha-256'] });
  const { host, port, database } = await server.createDatabase(schema + rows);
  await server.execute(`create role locked superuser login password '${password}'`);
  url = `postgresql://locked:${password}@${host}:${port}/${database}`;
  await writeFile(at('schema.sql'), schema);
  const { stdout } = await introspect('--database', url, '--format', 'json');
  await writeFile(at('snapshot.json'), stdout);
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('lockstep introspect', () => {
  it('writes a snapshot that reads back as the same catalog', async () => {
    const written = catalogSchema.parse(JSON.parse(await readFile(at('snapshot.json'), 'utf8')));
    const again = await introspect('--snapshot', at('snapshot.json'), '--format', 'json');
    expect(again.code).toBe(0);
    expect(again.stderr).not.toMatch(/was changed/);
    expect(JSON.parse(again.stdout)).toEqual(written);
    const direct = await introspect('--database', url, '--json');
    expect(JSON.parse(direct.stdout)).toMatchObject({
      fingerprint: written.fingerprint,
      portableFingerprint: written.portableFingerprint,
    });
    const fromFile = JSON.parse((await introspect('--schema', at('schema.sql'), '--json')).stdout);
    expect(fromFile.portableFingerprint).toBe(written.portableFingerprint);
    expect(fromFile.facts).toBeNull();
  });

  it.each([
    ['a database', () => ['--database', url]],
    ['a schema file', () => ['--schema', at('schema.sql')]],
    ['a snapshot', () => ['--snapshot', at('snapshot.json')]],
  ])('prints every form of %s', async (source, args) => {
    const summary = await introspect(...args());
    expect(summary).toMatchObject({ code: 0 });
    expect(summary.stdout).toMatch(/^ {2}sales +1 +1 /m);
    expect(summary.stdout).toMatch(/2 tables, 6 columns, 3 indexes, 1 foreign key, 1 view, 1 enum/);
    const ddl = await introspect(...args(), '--format', 'ddl');
    expect(ddl.stdout).toContain('CREATE TABLE "Odd ""one""".orders');
    const prompt = await introspect(...args(), '--format', 'prompt');
    expect(prompt.stdout).toContain("type sales.state enum ('new', 'it''s done')");
    expect(prompt.stdout).toContain('-- people who buy');
    expect(prompt.stderr).toMatch(/about \d+ tokens/);
    const facts = await introspect(...args(), '--format', 'facts');
    if (source === 'a schema file') {
      expect(facts).toMatchObject({ code: 2, stdout: '' });
      expect(facts.stderr).toContain('a schema file has no sizes');
      return;
    }
    expect(summary.stdout).toMatch(/sales\.customers: .* about 500 rows/);
    const table = JSON.parse(facts.stdout).tables.find(({ name }: { readonly name: string }) => name === 'customers');
    expect(table).toMatchObject({ schema: 'sales', rows: 500 });
  });

  it('prints DDL that makes a database with the same fingerprint', async () => {
    const ddl = await introspect('--database', url, '--format', 'ddl');
    const { host, port, database } = await server.createDatabase(ddl.stdout);
    const copy = await introspect('--database', `postgresql://postgres@${host}:${port}/${database}`, '--json');
    const { fingerprint } = JSON.parse(await readFile(at('snapshot.json'), 'utf8'));
    expect(JSON.parse(copy.stdout).fingerprint).toBe(fingerprint);
  });

  it.each(['summary', 'json', 'ddl', 'prompt', 'facts'])('shows no row and no password as %s', async (format) => {
    const { stdout, stderr } = await introspect('--database', url, '--format', format);
    expect(stdout).not.toMatch(/row-value|4711|0815/);
    expect(stdout + stderr).not.toContain(password);
  });

  it.each([
    ['a database', () => ['--database', url]],
    ['a snapshot', () => ['--snapshot', at('snapshot.json')]],
  ])('reads only the schemas that are asked for, from %s', async (_source, args) => {
    const { stdout } = await introspect(...args(), '--schemas', 'sales', '--json');
    const catalog = catalogSchema.parse(JSON.parse(stdout));
    expect(catalog.schemas.map(({ name }) => name)).toEqual(['sales']);
    expect(catalog.tables.map(({ name }) => name)).toEqual(['customers']);
    expect(catalog.notModelled).toContain('schemas other than sales');
  });

  it('reads a snapshot of the first format, and keeps its fingerprint', async () => {
    const { code, stdout, stderr } = await introspect('--snapshot', snapshot, '--json');
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/was changed/);
    const { fingerprint } = JSON.parse(await readFile(snapshot, 'utf8'));
    expect(JSON.parse(stdout).fingerprint).toBe(fingerprint);
  });

  it('gives the portable fingerprint that the baseline of a shadow run has', async () => {
    await writeFile(at('1_a.up.sql'), 'alter table sales.customers add column a int;\n');
    await writeFile(at('1_a.down.sql'), 'alter table sales.customers drop column a;\n');
    const proof = await lockstep(['shadow-run', at('1_a.up.sql'), '--snapshot', at('snapshot.json'), '--json']);
    const { steps, clone } = JSON.parse(proof.stdout);
    expect(clone.fidelity).toBe('exact');
    const { portableFingerprint } = JSON.parse(await readFile(at('snapshot.json'), 'utf8'));
    const prints = steps.map((step: { readonly fingerprint: string }) => step.fingerprint);
    expect([prints[0], prints[2]]).toEqual([portableFingerprint, portableFingerprint]);
    expect(prints[1]).toBe(prints[3]);
  });

  it('writes no value of a foreign table that may be a secret', async () => {
    const settings = await server.createDatabase(`
      create foreign data wrapper w; create server s foreign data wrapper w;
      create foreign table f (id integer options (column_name 'x', "api-key" 'secret-4712')) server s
        options (table_name 't', password 'a=secret-4711', key 'true')`);
    const { stdout } = await introspect('--database', url.replace(/[^/]+$/, settings.database), '--format', 'json');
    expect(stdout).not.toMatch(/secret-471/);
    expect(catalogSchema.parse(JSON.parse(stdout)).tables).toMatchObject([
      {
        columns: [{ options: ['column_name=x', 'api-key=****'] }],
        foreign: { options: ['table_name=t', 'password=****', 'key=true'] },
      },
    ]);
  });

  it('prints what makes a role that can read it, and not one row', async () => {
    const { stdout } = await introspect('--snapshot', at('snapshot.json'), '--role-script', 'Odd "reader"');
    expect(stdout).toContain('CREATE ROLE "Odd ""reader""" LOGIN');
    expect(stdout).toContain('GRANT SELECT ON ALL SEQUENCES IN SCHEMA "Odd ""one""" TO "Odd ""reader"""');
  });

  it('says that a snapshot was changed by hand', async () => {
    const changed = (await readFile(at('snapshot.json'), 'utf8')).replace('people who buy', 'people');
    await writeFile(at('changed.json'), changed);
    const run = await introspect('--snapshot', at('changed.json'));
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/was changed after it was written/);
  });

  it('reads files of 40 MB', async () => {
    const line = `-- ${'x'.repeat(96)}\n`;
    const inserts = `insert into big select '${'y'.repeat(1000)}';\n`;
    await writeFile(at('big.sql'), `create table big (a text);\n${line.repeat(380_000)}${inserts.repeat(2_000)}`);
    const sql = await introspect('--schema', at('big.sql'));
    expect(sql).toMatchObject({ code: 0 });
    const catalog = JSON.parse(await readFile(at('snapshot.json'), 'utf8'));
    const [table] = catalog.tables;
    const tables = Array.from({ length: 16_000 }, (_, number) => ({ ...table, schema: 'sales', name: `t${number}` }));
    await writeFile(at('big.json'), JSON.stringify({ ...catalog, tables }));
    const json = await introspect('--snapshot', at('big.json'));
    expect(json).toMatchObject({ code: 0 });
    expect(json.stdout).toContain('16,000 tables');
  });
});

describe('lockstep introspect refuses, in words,', () => {
  beforeAll(async () => {
    await mkdir(at('folder.sql'));
    await writeFile(at('empty.json'), ' \n');
    await writeFile(at('cut.json'), '{"formatVersion":1,"engine":');
    await writeFile(at('other.json'), '[1, 2]');
    await writeFile(at('newer.json'), '{"formatVersion":7,"engine":"postgresql"}');
    await writeFile(at('binary.json'), Buffer.from([0x7b, 0x00, 0xff, 0x00]));
    await writeFile(at('binary.sql'), Buffer.from([0x53, 0x00, 0xff, 0x00]));
    await writeFile(at('archive.sql'), 'PGDMP\u0001\u000e');
    await writeFile(at('wrong.sql'), 'create table a (b int);\n\ncreate tabel c ();\n');
    const catalog = JSON.parse(await readFile(at('snapshot.json'), 'utf8'));
    catalog.tables[0].columns[0].type = 7;
    await writeFile(at('shape.json'), JSON.stringify(catalog));
  });

  it.each([
    ['a missing schema file', () => ['--schema', at('no.sql')], 2, /no\.sql/],
    ['a missing snapshot', () => ['--snapshot', at('no.json')], 2, /no\.json/],
    ['a folder', () => ['--schema', at('folder.sql')], 2, /is a folder/],
    ['an empty snapshot', () => ['--snapshot', at('empty.json')], 2, /the file is empty/i],
    ['half a snapshot', () => ['--snapshot', at('cut.json')], 2, /could not be read as a snapshot/],
    ['JSON that is no catalog', () => ['--snapshot', at('other.json')], 2, /no catalog/],
    [
      'a snapshot of a later version',
      () => ['--snapshot', at('newer.json')],
      2,
      /newer version of Lockstep wrote it.*format 7/i,
    ],
    ['a snapshot with a wrong field', () => ['--snapshot', at('shape.json')], 2, /tables\.0\.columns\.0\.type/i],
    ['a binary snapshot', () => ['--snapshot', at('binary.json')], 2, /binary/],
    ['a binary schema file', () => ['--schema', at('binary.sql')], 2, /binary/],
    ['an archive of pg_dump', () => ['--schema', at('archive.sql')], 2, /pg_restore/],
    ['SQL that does not load', () => ['--schema', at('wrong.sql')], 2, /line 3.*syntax error/i],
    ['what is not a URL', () => ['--database', 'not a url'], 2, /./],
    ['a server that is not there', () => ['--database', 'postgresql://postgres@127.0.0.1:1/x'], 3, /refused/],
    [
      'a database that is not there',
      () => ['--database', url.replace(/[^/]+$/, 'nobody')],
      3,
      /no database named .nobody/,
    ],
    ['a wrong password', () => ['--database', url.replace(password, 'wrong-word')], 3, /rejected the password/],
    ['two sources', () => ['--schema', at('schema.sql'), '--snapshot', at('snapshot.json')], 2, /together/],
    ['no source', () => [], 2, /--database/],
    ['an unknown form', () => ['--schema', at('schema.sql'), '--format', 'xml'], 2, /summary/],
    [
      'a schema that is not there',
      () => ['--database', url, '--schemas', 'sale'],
      2,
      /no schema "sale".*perhaps sales/,
    ],
    ['a schema of nothing alike', () => ['--snapshot', at('snapshot.json'), '--schemas', 'x'], 2, /it has .*sales/],
  ])('%s', async (_what, args, code, words) => {
    const run = await introspect(...args());
    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toMatch(words);
    expect(run.stderr).not.toContain('wrong-word');
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});
