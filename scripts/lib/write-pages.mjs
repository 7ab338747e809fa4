// Writes generated pages into a folder of the documentation that holds nothing else, and ends the process: with --check
// nothing is written, and a page that is missing, stale or left over fails the run.
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './paths.mjs';

const check = process.argv.includes('--check');

export function writePages(name, pages) {
  const folder = inProject(name);
  const problems = [];
  if (!check) fs.mkdirSync(folder, { recursive: true });
  for (const [page, text] of pages) {
    const file = path.join(folder, page);
    const current = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
    if (current === text) continue;
    if (check) problems.push(`${name}/${page} is ${current === null ? 'missing' : 'stale'}`);
    else fs.writeFileSync(file, text);
  }
  for (const page of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    if (pages.has(page)) continue;
    if (check) problems.push(`${name}/${page} belongs to nothing`);
    else fs.rmSync(path.join(folder, page));
  }
  for (const problem of problems) console.error(`${problem}: run npm run docs`);
  process.exit(problems.length === 0 ? 0 : 1);
}
