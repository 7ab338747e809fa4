import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecipeStep } from '../../../src/engine/recipes/recipe.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import { readDatabase } from '../../support/round-trip.ts';

// Recipes on a server whose table is written from two sides all the time: by code that knows the old column and by code
// that knows the new one. Nothing that was written may be lost, whichever way the steps go.

let server: PostgresServer;

beforeAll(async () => {
  await loadParser();
  server = await startPostgresServer();
});

afterAll(() => server?.stop());

/** Code that inserts and changes rows of its own until it is stopped, and remembers what it wrote last. */
function writing(client: Client, column: string, from: number) {
  const written = new Map<number, number>();
  let going = true;
  const work = async (): Promise<void> => {
    for (let i = 0; going; i++) {
      const id = from + (i % 40);
      const value = 1000 + i;
      await (written.has(id)
        ? client.query(`update t set ${column} = $2 where id = $1`, [id, value])
        : client.query(`insert into t (id, ${column}) values ($1, $2)`, [id, value]));
      written.set(id, value);
    }
  };
  const done = work();
  return {
    stop: async () => {
      going = false;
      await done;
      return written;
    },
  };
}

test.each([
  {
    name: 'rename a column',
    direct: 'alter table t rename column a to b;',
    old: 'a',
    fresh: 'b',
    newCodeAfter: 3,
    oldCodeUntil: 3,
  },
  {
    name: 'change the type of a column',
    direct: 'alter table t alter column a type bigint;',
    old: 'a',
    fresh: 'a',
    newCodeAfter: 0,
    oldCodeUntil: 5,
  },
])('$name while it is written: up and down again, nothing written is lost', async (of) => {
  const settings = await server.createDatabase(`
    create table t (id int primary key, a int not null default 5, c text);
    create index t_a on t (a); alter table t add constraint positive check (a > 0);
    insert into t (id, a, c) select i, i, repeat('x', 200) from generate_series(1, 40000) i;`);
  const open = async (): Promise<Client> => {
    const client = new Client({ ...settings, database: settings.database });
    await client.connect();
    return client;
  };
  const clients = await Promise.all([open(), open(), open()]);
  const [runner, one, two] = clients;
  if (runner === undefined || one === undefined || two === undefined) throw new Error('no connections');
  const run = async (text: string): Promise<void> => {
    const script = parseScript(text);
    if (!script.ok) throw new Error(script.error.message);
    for (const statement of script.value.statements) await runner.query(statement.text);
  };
  try {
    const catalog = { ...(await readDatabase(settings)), facts: null };
    const { findings } = validateMigration({ name: 'm', up: of.direct, down: null }, { catalog });
    const steps: readonly RecipeStep[] = findings.find(({ recipe }) => recipe !== undefined)?.recipe?.steps ?? [];
    expect(steps).toHaveLength(of.oldCodeUntil === 3 ? 4 : 5);

    const expected = new Map<number, number>();
    const keep = (written: ReadonlyMap<number, number>): void => {
      for (const [id, value] of written) expected.set(id, value);
    };
    const sides = async (index: number, act: () => Promise<void>): Promise<void> => {
      // Between two steps code of both sides runs; while a step runs, that of the phase before it.
      const oldCode = index <= of.oldCodeUntil - 1 ? writing(one, of.old, 100_000 + index * 100) : null;
      const newCode = index >= of.newCodeAfter ? writing(two, of.fresh, 200_000 + index * 100) : null;
      await act();
      for (const side of [oldCode, newCode]) if (side !== null) keep(await side.stop());
    };
    for (const [index, step] of steps.entries()) await sides(index, () => run(step.up));
    const columnAfter = of.fresh;
    const check = async (column: string): Promise<void> => {
      const { rows } = await runner.query(`select id, ${column}::int as v from t order by id`);
      const found = new Map(rows.map(({ id, v }) => [Number(id), Number(v)]));
      expect([...expected].filter(([id, value]) => found.get(id) !== value)).toEqual([]);
      expect(rows.filter(({ id, v }) => id <= 40_000 && id !== v)).toEqual([]);
      expect(rows.length).toBe(40_000 + expected.size);
    };
    await check(columnAfter);
    for (const [index, step] of [...steps.entries()].toReversed()) {
      const code = writing(two, index >= of.newCodeAfter ? of.fresh : of.old, 300_000 + index * 100);
      await run(step.down);
      keep(await code.stop());
    }
    await check(of.old);
  } finally {
    for (const client of clients) await client.end();
  }
});
