import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseScript } from '../sql/parser.ts';
import { simulate } from '../sql/simulate.ts';
import { exampleCatalog } from '../validate/example-catalog.ts';
import { validateMigration } from '../validate/validate-migration.ts';
import { recipeExamples } from './recipe-examples.ts';

beforeAll(loadParser);

test.each(recipeExamples)('$id: each step is free of findings where the step before left the database', (example) => {
  let catalog = exampleCatalog({ name: example.id, setup: example.setup, up: example.up, finds: [] });
  if (catalog === null) throw new Error('an example has a setup');
  const { findings } = validateMigration({ name: 'm', up: example.up, down: null }, { catalog });
  const steps = findings.find(({ recipe }) => recipe !== undefined)?.recipe?.steps ?? [];
  expect(steps.length).toBeGreaterThan(0);
  for (const { slug, up, down } of steps) {
    const report = validateMigration({ name: slug, up, down }, { catalog });
    const alarming = report.findings.filter(({ severity }) => severity !== 'info');
    expect(alarming.map(({ rule, message }) => `${slug}: ${rule}: ${message}`)).toEqual([]);
    const script = parseScript(up);
    if (!script.ok) throw new Error(script.error.message);
    for (const statement of script.value.statements) catalog = simulate(catalog, statement).catalog;
  }
});
