import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { compareCatalogs } from '../../../src/engine/catalog/compare.ts';
import type { Recipe, RecipeStep } from '../../../src/engine/recipes/recipe.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import type { Finding } from '../../../src/engine/validate/report.ts';
import { validateMigration } from '../../../src/engine/validate/validate-migration.ts';
import type { ConnectionSettings } from '../../../src/shared/connection-profile.ts';
import { type PostgresServer, startPostgresServer } from '../../support/postgres-server.ts';
import type { PostgresVersion } from '../../support/postgres-version.ts';
import { readDatabase } from '../../support/round-trip.ts';

/** The findings of a migration on a catalog whose tables are taken as large and busy. */
export const findingsOf = (up: string, catalog: Catalog, down: string | null = null): readonly Finding[] =>
  validateMigration({ name: 'm', up, down }, { catalog }).findings;

/** The recipe that is offered for a migration. */
export function offered(up: string, catalog: Catalog): Recipe {
  const findings = findingsOf(up, catalog);
  const recipe = findings.find((finding) => finding.recipe !== undefined)?.recipe;
  const said = findings.map(({ rule, message, noRecipe }) => `${rule}: ${noRecipe ?? message}`).join('\n');
  if (recipe === undefined) throw new Error(`no recipe for ${up}\n${said}`);
  return recipe;
}

/** A database of its own on a server, with what a trial of a recipe asks of it. */
export type Trial = {
  readonly read: () => Promise<Catalog>;
  /** Runs a script as tools do: statement by statement, without a transaction around it. */
  readonly run: (script: string) => Promise<void>;
  readonly rows: (query: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The recipe for a migration, and what the migration, or another one with the same end, makes of the same database. */
  readonly offer: (
    direct: string,
    made?: string,
  ) => Promise<{ readonly steps: readonly RecipeStep[]; readonly wanted: Catalog }>;
  /**
   * Takes every step up, which must be free of findings; with `downs` down and up again, and its down must restore what
   * was there. `during` begins what goes on while a step runs, and gives what ends it; `before` and `after` a step change
   * rows only.
   */
  readonly climb: (
    steps: readonly RecipeStep[],
    options: {
      readonly downs: boolean;
      readonly during?: (index: number) => () => Promise<void>;
      readonly before?: (step: RecipeStep, index: number) => Promise<void>;
      readonly after?: (step: RecipeStep, index: number) => Promise<void>;
    },
  ) => Promise<void>;
  /** A session of its own. */
  readonly connect: () => Promise<Client>;
};

/** Opens trials on a server that is there for the tests of a block, of a version or of the newest one. */
export function trialsOn(version?: PostgresVersion): (setup: string) => Promise<Trial> {
  let server: PostgresServer;
  beforeAll(async () => {
    await loadParser();
    server = await startPostgresServer(version === undefined ? {} : { version });
  });
  afterAll(() => server?.stop());
  return (setup) => openTrial(server, setup);
}

/** What differs between two catalogs, where columns stand left aside. */
export const changesBetween = (before: Catalog, after: Catalog): readonly string[] =>
  compareCatalogs(before, after, { ignore: ['column-order'] }).map((difference) => JSON.stringify(difference));

/** Opens a trial on a database that the script makes. */
async function openTrial(server: PostgresServer, setup: string): Promise<Trial> {
  const settings = await server.createDatabase(setup);
  const connect = async (): Promise<Client> => {
    const client = new Client(settings);
    // The end of the server is the end of the session.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const main = await connect();
  const readOf = async (from: ConnectionSettings): Promise<Catalog> => ({ ...(await readDatabase(from)), facts: null });
  const read = (): Promise<Catalog> => readOf(settings);
  const run = async (script: string): Promise<void> => {
    const parsed = parseScript(script);
    if (!parsed.ok) throw new Error(`${parsed.error.message}\n${script}`);
    for (const statement of parsed.value.statements) {
      await main.query(statement.text).catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : String(error)}\n${statement.text}`);
      });
    }
  };
  return {
    read,
    run,
    connect,
    rows: async (query) => (await main.query(query)).rows,
    offer: async (direct, made = direct) => {
      const { steps } = offered(direct, await read());
      return { steps, wanted: await readOf(await server.createDatabase(`${setup}\n${made}`)) };
    },
    climb: async (steps, { downs, during = () => async () => undefined, ...around }) => {
      let catalog = await read();
      for (const [index, step] of steps.entries()) {
        const alarming = findingsOf(step.up, catalog, step.down).filter(({ severity }) => severity !== 'info');
        expect(alarming.map(({ rule, message }) => `${step.slug}: ${rule}: ${message}`)).toEqual([]);
        await around.before?.(step, index);
        const end = during(index);
        try {
          await run(step.up);
          if (downs) {
            await run(step.down);
            expect(changesBetween(catalog, await read())).toEqual([]);
            await run(step.up);
          }
        } finally {
          await end();
        }
        await around.after?.(step, index);
        if (index < steps.length - 1) catalog = await read();
      }
    },
  };
}

/** Code that inserts and changes rows of its own until it is stopped; gives what it wrote last into each. */
export function writing(
  client: Client,
  statements: { readonly insert: string; readonly update: string },
  from: number,
): () => Promise<ReadonlyMap<number, number>> {
  const written = new Map<number, number>();
  let going = true;
  const work = async (): Promise<void> => {
    for (let i = 0; going; i++) {
      const id = from + (i % 40);
      const value = 1000 + i;
      await client.query(written.has(id) ? statements.update : statements.insert, [id, value]);
      written.set(id, value);
      // Applications think between two statements; the other tests need the processor, too.
      await setTimeout(4);
    }
  };
  const done = work();
  return async () => {
    going = false;
    await done;
    return written;
  };
}
