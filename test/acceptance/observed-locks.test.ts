import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import { introspect } from '../../src/engine/introspect/introspect.ts';
import { effectsOf } from '../../src/engine/sql/effects.ts';
import { isStrongerLock, type LockMode, lockModes } from '../../src/engine/sql/lock-mode.ts';
import { loadParser, parseScript } from '../../src/engine/sql/parser.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../support/embedded-client.ts';

/** What servers were seen to do; not part of the project, `LOCKSTEP_OBSERVED_LOCKS` names another file. */
const recording =
  process.env['LOCKSTEP_OBSERVED_LOCKS'] ??
  fileURLToPath(new URL('../../../shared/recipes/observed-locks.json', import.meta.url));
const present = existsSync(recording);

const outcomeSchema = z.union([
  z.object({ err: z.string() }),
  z.object({ locks: z.array(z.string()), rw: z.array(z.string()) }),
]);
const recordingSchema = z.record(z.string(), z.record(z.string(), outcomeSchema));

const versions: Readonly<Record<string, number>> = { pglite: 180_000, pg18: 180_000, deb15: 150_000, pg14: 140_000 };

// A database in which all recorded statements run, and fail, as they did when they were recorded.
const schema = `
  create type mood as enum ('x', 'y');
  create sequence sq;
  create table a (id int primary key, v int, t text, vc varchar(10), n numeric(10, 2), ts timestamp, j json,
    constraint a_v_nn check (v is not null) not valid);
  create index a_v on a (v);
  create table b (id int primary key, a_id int);
  alter table b add constraint b_a_fk0 foreign key (a_id) references a (id) not valid;
  create table c (d date) partition by range (d);
  create table c1 partition of c for values from ('2020-01-01') to ('2021-01-01');
  create table c2 (d date);
  create view av as select id, v, t from a;
  create materialized view mv as select id, v from a;
  create unique index mvu on mv (id);
  create function trg() returns trigger language plpgsql as 'begin return new; end'`;

let client: EmbeddedClient;
let catalog: Catalog;

beforeAll(async () => {
  if (!present) return;
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, {
    clock: { now: () => new Date().toISOString(), elapsed: () => performance.now() },
    facts: false,
  });
});

afterAll(async () => {
  if (present) await client.close();
});

const modeOf = (name: string): LockMode =>
  lockModes.find((mode) => mode.replaceAll(' ', '').toLowerCase() === name.toLowerCase()) ?? 'ACCESS SHARE';

const relations = new Set(['a', 'b', 'c', 'c1', 'c2', 'av', 'mv', 'sq']);
/** The recording calls a renamed relation by its new name. */
const oldNames: Readonly<Record<string, string>> = { aa: 'a' };
/** After a DROP the recording has no name for what is gone. */
const isGone = (statement: string, relation: string) => new RegExp(`^drop \\w+ ${relation}$`).test(statement);

function strongest(locks: readonly string[]): ReadonlyMap<string, LockMode> {
  const found = new Map<string, LockMode>();
  for (const lock of locks) {
    const [name = '', word = ''] = lock.split(':');
    const relation = oldNames[name] ?? name;
    const mode = modeOf(word);
    if (!relations.has(relation) || mode === 'ACCESS SHARE') continue;
    const held = found.get(relation);
    if (held === undefined || isStrongerLock(mode, held)) found.set(relation, mode);
  }
  return found;
}

const sorted = (locks: ReadonlyMap<string, LockMode>) => [...locks].map(([name, mode]) => `${name}: ${mode}`).sort();

it('predicts the locks and rewrites that servers were seen to do', () => {
  if (!present) {
    console.log(`${recording} is not there: nothing to compare the predicted locks with`);
    return;
  }
  const recordings = recordingSchema.parse(JSON.parse(readFileSync(recording, 'utf8')));
  const disagreements: unknown[] = [];
  let compared = 0;
  for (const [server, serverVersion] of Object.entries(versions)) {
    for (const [text, outcome] of Object.entries(recordings[server] ?? {})) {
      if ('err' in outcome) continue;
      const script = parseScript(text);
      const statement = script.ok ? script.value.statements[0] : undefined;
      if (statement === undefined) throw new Error(`not a statement: ${text}`);
      const effects = effectsOf(statement, { catalog, serverVersion });
      const short = (name: string) => name.replace(/^public\./, '');
      const predicted = new Map(
        effects.locks
          .filter(({ relation }) => relations.has(short(relation)) && !isGone(text, short(relation)))
          .map(({ relation, mode }): [string, LockMode] => [short(relation), mode]),
      );
      const rewrites = text.startsWith('truncate')
        ? []
        : outcome.rw.filter((name) => relations.has(name) && name !== 'sq');
      const observed = { locks: sorted(strongest(outcome.locks)), rewrites: [...rewrites].sort() };
      const said = { locks: sorted(predicted), rewrites: effects.rewrites.map(short).sort() };
      compared += 1;
      if (JSON.stringify(said) !== JSON.stringify(observed)) disagreements.push({ server, text, said, observed });
    }
  }
  console.log(`${compared} predictions compared with ${recording}`);
  expect(disagreements).toEqual([]);
  expect(compared).toBeGreaterThan(200);
});
