// npm run new:rule <id>: leaves a rule with one example that fails, and its line in all-rules.ts.
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './lib/paths.mjs';

const id = process.argv[2];
if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
  console.error('Usage: npm run new:rule <id>, where the id is in kebab-case, for example ban-drop-table.');
  process.exit(2);
}
const folder = inProject('src', 'engine', 'validate', 'rules');
const file = path.join(folder, `${id}.ts`);
if (fs.existsSync(file)) {
  console.error(`${path.relative(inProject(), file)} exists already.`);
  process.exit(2);
}
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

fs.writeFileSync(
  file,
  `import { defineRule } from '../rule.ts';

export const ${camel(id)} = defineRule({
  id: '${id}',
  title: 'What is wrong, without a full stop',
  category: 'correctness',
  severity: 'error',
  servers: {},
  docs: {
    what: 'What is looked for.',
    why: 'What happens to a running system.',
    instead: 'What to do.',
    ignoreWhen: 'when it does not matter.',
    manual: 'https://www.postgresql.org/docs/current/sql-commands.html',
  },
  examples: [
    { name: 'the case that is reported', up: 'select 1;', finds: [{ text: 'select 1', severity: 'error' }] },
    { name: 'a case that looks like it and is safe', up: 'select 2;', finds: [] },
    { name: 'a case that only the catalog shows to be safe', setup: 'create table t (a int);', up: 'select 3;', finds: [] },
  ],
  check: () => [],
});
`,
);

const ids = fs
  .readdirSync(folder)
  .map((name) => path.basename(name, '.ts'))
  .sort();
fs.writeFileSync(
  inProject('src', 'engine', 'validate', 'all-rules.ts'),
  `import type { Rule } from './rule.ts';
${ids.map((name) => `import { ${camel(name)} } from './rules/${name}.ts';`).join('\n')}

/** Every rule, in the order of their ids; a test holds it equal to the folder. */
export const allRules: readonly Rule[] = [
${ids.map((name) => `  ${camel(name)},`).join('\n')}
];
`,
);
console.log(`Wrote ${path.relative(inProject(), file)}. Its first example fails until check() finds it:`);
console.log('  npx vitest run --project unit src/engine/validate');
