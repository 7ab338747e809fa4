import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { effectsOf, type StatementEffects } from '../../../src/engine/sql/effects.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { qualifiedName } from '../../../src/engine/sql/qualified-name.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import { type Observation, observe } from './observe.ts';
import rowChanges from './row-changes.sql?raw';
import schema from './schema.sql?raw';
import statements from './statements.sql?raw';

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

let client: EmbeddedClient;
let catalog: Catalog;
let indexes: ReadonlySet<string>;
let sequences: ReadonlySet<string>;

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, {
    clock: { now: () => new Date().toISOString(), elapsed: () => performance.now() },
    facts: false,
  });
  sequences = new Set(catalog.sequences.map(qualifiedName));
  indexes = new Set(
    [...catalog.tables, ...catalog.views].flatMap((owner) =>
      owner.indexes.map((index) => qualifiedName({ schema: owner.schema, name: index.name })),
    ),
  );
});

afterAll(() => client.close());

function predict(text: string): StatementEffects {
  const script = parseScript(text);
  const statement = script.ok ? script.value.statements[0] : undefined;
  if (statement === undefined) throw new Error(`not a statement: ${text}`);
  return effectsOf(statement, { catalog, serverVersion: catalog.server.version });
}

/** In the form of an observation, which has no indexes. */
function comparable(effects: StatementEffects): Observation {
  return {
    locks: effects.locks
      .filter((lock) => !indexes.has(lock.relation))
      .map((lock) => `${lock.relation}: ${lock.mode}`)
      .sort(),
    rewrites: [...effects.rewrites].sort(),
    scans: [...effects.scans].sort(),
  };
}

describe('effectsOf, held against PostgreSQL', () => {
  it.each(linesOf(statements))('%s', async (text) => {
    const observed = await observe(client, text);
    // TRUNCATE begins new, empty files: the server writes no row again.
    const expected = text.startsWith('truncate') ? { ...observed, rewrites: [] } : observed;
    expect(comparable(predict(text))).toEqual(expected);
  });
});

describe('effectsOf, held against PostgreSQL: the locks of changes to rows', () => {
  it.each(linesOf(rowChanges))('%s', async (text) => {
    const { locks } = await observe(client, text);
    // A default that takes from a sequence is noise: it keeps nobody waiting.
    const expected = locks.filter((lock) => !sequences.has(lock.split(': ')[0] ?? '') || text.startsWith('select'));
    expect(comparable(predict(text)).locks).toEqual(expected);
  });
});
