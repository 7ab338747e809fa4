import { afterAll, beforeAll, expect, it } from 'vitest';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import type { ShadowDatabase } from '../../../src/engine/ports/shadow-databases.ts';
import { mispredictionText } from '../../../src/engine/shadow/misprediction-text.ts';
import { runScript } from '../../../src/engine/shadow/run-script.ts';
import { beginSession } from '../../../src/engine/shadow/shadow-session.ts';
import { loadParser } from '../../../src/engine/sql/parser.ts';
import { allRules } from '../../../src/engine/validate/all-rules.ts';
import { clock, testShadows } from './shadows.ts';

const databases = testShadows({ timeoutSeconds: 600 });
let database: ShadowDatabase;

beforeAll(async () => {
  await loadParser();
  database = await databases.open({ extensions: ['citext', 'pg_trgm', 'btree_gist'] });
});
afterAll(() => database.close());

/** Takes away what an example made; roles and settings of the session hurt no later one. */
const clear = `do $$
declare
  made record;
begin
  for made in select pubname as name from pg_catalog.pg_publication loop
    execute pg_catalog.format('drop publication %I', made.name);
  end loop;
  for made in select nspname as name from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
    execute pg_catalog.format('drop schema %I cascade', made.name);
  end loop;
  create schema public;
end $$`;

/** What the statements of a text did that was not predicted. */
async function surprises(setup: string, text: string): Promise<readonly string[] | null> {
  await beginSession(database, null);
  await database.execute(clear);
  await database.execute(setup);
  const catalog = await introspect(database, { clock, facts: false });
  await beginSession(database, null);
  const outcome = await runScript({
    database,
    text,
    direction: 'up',
    transaction: 'auto',
    availableExtensions: databases.availableExtensions,
    target: null,
    catalog,
    settings: null,
    observe: true,
    clock,
  });
  return outcome.statements.flatMap(({ index, mispredicted = [] }) =>
    mispredicted.map((one) => `${index + 1}: ${mispredictionText(one)}`),
  );
}

/** All examples of the rules take minutes; every so many are a sample. `LOCKSTEP_EXAMPLES=1` takes all. */
const every = Number(process.env['LOCKSTEP_EXAMPLES'] ?? 16);
const examples = allRules
  .flatMap((rule) =>
    rule.examples.flatMap(({ name, setup, up, serverVersion }) =>
      setup === undefined || (serverVersion ?? 18) !== 18 ? [] : [{ name: `${rule.id}: ${name}`, setup, up }],
    ),
  )
  .filter((_example, index) => index % every === 0);

it.each(examples)('$name does what was predicted', async ({ setup, up }) => {
  expect(await surprises(setup, up)).toEqual([]);
});

it('does what was predicted where something goes with what it needs', async () => {
  const setup = `create table tokens (id serial); create unique index tokens_unique on tokens (id);
    create table bearers (id int references tokens (id));
    create table borrowers (id int default nextval('tokens_id_seq'))`;
  expect(await surprises(setup, 'drop index tokens_unique cascade')).toEqual([]);
  expect(await surprises(setup, 'alter table tokens drop column id cascade')).toEqual([]);
  expect(await surprises(setup, 'drop table tokens cascade')).toEqual([]);
  const written = 'alter table bearers add column other int references tokens (id) default null';
  expect(await surprises(setup, written)).toEqual([]);
});

it('tells a lock that nobody predicted', async () => {
  const setup = `create table a (id int); create table b (id int);
    create function sneak_at_once() returns event_trigger language plpgsql as 'begin lock table b; end';
    create event trigger sneak on ddl_command_start execute function sneak_at_once()`;
  expect(await surprises(setup, 'alter table a add column x int')).toEqual([
    '1: predicted no lock on public.b, took ACCESS EXCLUSIVE',
  ]);
  await database.execute('drop event trigger sneak');
});
