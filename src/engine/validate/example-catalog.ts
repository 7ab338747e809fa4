import type { Catalog } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { emptyCatalog } from '../sql/empty-catalog.ts';
import { parseScript } from '../sql/parser.ts';
import { simulate } from '../sql/simulate.ts';
import type { KnownQuery } from './known-queries.ts';
import type { RuleExample } from './rule.ts';
import type { MigrationText, ValidationOptions } from './validate-migration.ts';
import { validationSettingsSchema } from './validation-settings.ts';

/** The catalog that an example's setup makes, or null when the example is about the parse tier. */
export const exampleCatalog = (example: RuleExample): Catalog | null => {
  if (example.setup === undefined) return null;
  const setup = parseScript(example.setup);
  if (!setup.ok) throw new Error(`the setup of "${example.name}" does not parse: ${setup.error.message}`);
  const version = (example.serverVersion ?? 18) * 10_000;
  const start: Catalog = { ...emptyCatalog, server: { ...emptyCatalog.server, version, timeZone: 'UTC' } };
  return setup.value.statements.reduce((catalog, statement) => simulate(catalog, statement).catalog, start);
};

/** The facts that an example states, or null when it states none. */
export const exampleFacts = (example: RuleExample): Facts | null =>
  example.facts === undefined
    ? null
    : {
        capturedAt: '2026-11-20T08:00:00Z',
        tables: example.facts.map(({ table, ...facts }) => ({ schema: 'public', name: table, columns: [], ...facts })),
        indexes: [],
        ...example.live,
      };

/** The queries that an example says applications run. */
const exampleQueries = (example: RuleExample): readonly KnownQuery[] =>
  (example.queries ?? []).map((text) => ({ text, source: 'an example', calls: null }));

/** An example as a migration. */
export const exampleMigration = (example: RuleExample, up: string = example.up): MigrationText => ({
  name: example.history?.at(-1)?.name ?? 'example',
  up,
  down: example.down ?? null,
});

/** What an example says of the place where it runs, all of it but the catalog and the rules. */
export const exampleOptions = (example: RuleExample): ValidationOptions => ({
  facts: exampleFacts(example),
  queries: exampleQueries(example),
  serverVersion: (example.serverVersion ?? 18) * 10_000,
  transaction: example.transaction ?? 'auto',
  today: '2026-11-22',
  settings: validationSettingsSchema.parse({ conventions: example.conventions ?? {} }),
  ...(example.history === undefined ? {} : { history: example.history }),
});
