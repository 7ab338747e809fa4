// npm run docs: writes the generated pages; with --check it writes nothing and fails when a page is stale, when a
// link or a path that the documentation names does not exist, or when a documented npm script is gone.
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './lib/paths.mjs';
import { runQuietly, toolNode } from './lib/run.mjs';

const check = process.argv.includes('--check');
const problems = [];

function generate(script) {
  const { ok, output } = runQuietly(toolNode(), [inProject(script), ...(check ? ['--check'] : [])]);
  if (!ok) problems.push(`${script}: ${output.trim()}`);
}

function markdownFiles(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? markdownFiles(path.join(folder, entry.name))
        : entry.name.endsWith('.md')
          ? [path.join(folder, entry.name)]
          : [],
    );
}

function checkPage(file) {
  const text = fs.readFileSync(file, 'utf8');
  const name = path.relative(inProject(), file);
  for (const [, target] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (!fs.existsSync(path.resolve(path.dirname(file), target)))
      problems.push(`${name}: link to ${target}, which does not exist`);
  }
  for (const [, target] of text.matchAll(/`((?:src|test|e2e|docs|scripts|bench|resources|bin)\/[\w./-]*\w)`/g)) {
    if (!fs.existsSync(inProject(target))) problems.push(`${name}: names ${target}, which does not exist`);
  }
  for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g)) {
    if (!(script in scripts)) problems.push(`${name}: npm run ${script}, which package.json does not have`);
  }
}

const { scripts } = JSON.parse(fs.readFileSync(inProject('package.json'), 'utf8'));
generate('scripts/generate-rule-docs.mjs');
generate('scripts/generate-recipe-docs.mjs');
generate('scripts/generate-cli-docs.mjs');
for (const file of ['README.md', 'CONTRIBUTING.md']
  .map((name) => inProject(name))
  .concat(markdownFiles(inProject('docs')))) {
  checkPage(file);
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
