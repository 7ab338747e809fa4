// Writes one page per kind of recipe and their index to docs/recipes, from the examples in the engine. With --check
// nothing is written, and a page that is missing, stale or left over fails the run.
import { recipeExamples } from '../src/engine/recipes/recipe-examples.ts';
import { loadParser } from '../src/engine/sql/parser.ts';
import { exampleCatalog } from '../src/engine/validate/example-catalog.ts';
import { validateMigration } from '../src/engine/validate/validate-migration.ts';
import { writePages } from './lib/write-pages.mjs';

const note =
  'This page is generated from an example; change `src/engine/recipes/recipe-examples.ts` and run `npm run docs`.';

const sql = (text) => `\`\`\`sql\n${text.trim()}\n\`\`\``;

function recipeOf({ id, setup, up }) {
  const catalog = exampleCatalog({ name: id, setup, up, finds: [] });
  const { findings } = validateMigration({ name: id, up, down: null }, { catalog });
  const recipe = findings.find((finding) => finding.recipe !== undefined)?.recipe;
  if (recipe === undefined) throw new Error(`the example ${id} has no recipe`);
  return recipe;
}

/** Words as a diagram takes them: a semicolon or a hash would end them. */
const inDiagram = (words) => words.replaceAll(/[;#]/g, ',').replaceAll(/\s+/g, ' ').trim();

/** The beginning of what has to be done; queries and details stand with the step. */
const gist = (words) => inDiagram(words.split(/(?<=\.)\s|;|: /)[0]).replace(/[.,]$/, '');

function diagram({ steps }) {
  const lines = steps.flatMap(({ title, before }, index) => [
    ...(before === null ? [] : [`    Note over Application: ${gist(before)}`]),
    `    Migrations->>Database: ${index + 1}. ${inDiagram(title)}`,
  ]);
  return [
    '```mermaid',
    'sequenceDiagram',
    '    participant Migrations',
    '    participant Database',
    '    participant Application',
    ...lines,
    '```',
  ].join('\n');
}

function page(example) {
  const recipe = recipeOf(example);
  const steps = recipe.steps.flatMap(({ title, before, up, down }, index) => [
    `## ${index + 1}. ${title}`,
    ...(before === null ? [] : [`**Before it:** ${before}`]),
    sql(up),
    '<details><summary>Down</summary>',
    sql(down),
    '</details>',
  ]);
  return [
    `# ${example.title}`,
    example.about,
    'With',
    sql(example.setup),
    'in the place of',
    sql(example.up),
    'Lockstep offers these migrations, in this order:',
    diagram(recipe),
    ...recipe.notes.map((each) => `- ${each}`),
    ...steps,
    `_${note}_`,
    '',
  ].join('\n\n');
}

function index() {
  const rows = recipeExamples.map((example) => {
    const { steps } = recipeOf(example);
    return `| [${example.title}](${example.id}.md) | ${steps.length} | ${example.about.split('. ')[0].replace(/\.?$/, '.')} |`;
  });
  return [
    '# Recipes',
    'Some changes no single migration makes without stopping the application. For these a finding offers a recipe: several migrations in order, with what has to happen in the application between them. They are made for the database at hand, so a catalog has to be known (`--database` or `--schema`).',
    `| recipe | migrations | what for |\n|---|---|---|\n${rows.join('\n')}`,
    '- In the window a finding has the button that makes its migrations as drafts. `lockstep validate --write-recipes FOLDER` writes them as files.',
    '- Every step is a migration of its own with a down that takes it back, and validates without a finding above information; what it does on purpose is suppressed in the file, with the reason.',
    '- Migrations run statement by statement: a tool that wraps every file in a transaction has to be told not to for those with CONCURRENTLY or with a batch that commits.',
    '- Where the database allows no recipe the finding says why, for example that a materialized view reads the column.',
    `_${note}_`,
    '',
  ].join('\n\n');
}

await loadParser();
const pages = new Map([['README.md', index()], ...recipeExamples.map((each) => [`${each.id}.md`, page(each)])]);
writePages('docs/recipes', pages);
