import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { introspect } from '../../../src/engine/introspect/introspect.ts';
import { lastingPart } from '../../../src/engine/sql/lasting-part.ts';
import { loadParser, parseScript } from '../../../src/engine/sql/parser.ts';
import { simulate } from '../../../src/engine/sql/simulate.ts';
import { catalogShape, shapeDifferences } from '../../support/catalog-shape.ts';
import { type EmbeddedClient, openEmbeddedClient } from '../../support/embedded-client.ts';
import schema from './schema.sql?raw';
import statements from './statements.sql?raw';

/** Statements that change nothing that is compared, and all but a few of the many changes of a type. */
const leavesCatalog =
  /^(analyze|comment|reindex|lock|grant|revoke|refresh|truncate|cluster|copy|alter (domain|publication|statistics)|alter table orders alter column (a|b|c|d|i|j|n|o|ts|x)\w* type)/;

const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };

let client: EmbeddedClient;
let catalog: Catalog;

beforeAll(async () => {
  await loadParser();
  client = await openEmbeddedClient();
  await client.execute(schema);
  catalog = await introspect(client, { clock, facts: false });
});

afterAll(() => client.close());

describe('simulate, held against PostgreSQL', () => {
  it.each(statements.split('\n').filter((line) => line !== '' && !leavesCatalog.test(line)))('%s', async (text) => {
    const script = parseScript(text);
    const statement = script.ok ? script.value.statements[0] : undefined;
    if (statement === undefined) throw new Error(`not a statement: ${text}`);
    await client.execute('begin');
    try {
      await client.execute(text);
      const actual = await introspect(client, { clock, facts: false, insideTransaction: true });
      const result = simulate(catalog, statement);
      if (result.unknown || result.uncertain.length > 0) return;
      expect(shapeDifferences(catalogShape(lastingPart(result.catalog)), catalogShape(actual))).toEqual([]);
    } finally {
      await client.execute('rollback');
    }
  });
});
