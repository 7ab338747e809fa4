// Writes docs/cli.md from the command line's own help; with --check it fails when the page is stale.
import fs from 'node:fs';
import { inProject } from './lib/paths.mjs';
import { runQuietly, toolNode } from './lib/run.mjs';
import { setUpCommandLine } from './lib/setup.mjs';

await setUpCommandLine();
const help = (...words) => {
  const { ok, output } = runQuietly(toolNode(), [inProject('out/cli/main.mjs'), ...words, '--help'], {
    env: { COLUMNS: '100' },
  });
  if (!ok) throw new Error(output);
  return output.trim();
};

const overview = help();
const commands = [...overview.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name]) => name);
const page = [
  '# The command line',
  '',
  '<!-- Written by `npm run docs` from the help texts. -->',
  '',
  'Works without a display and without Electron. The answer goes to stdout and nothing else does; progress and notes go to',
  'stderr. Exit codes: 0 clean, 1 findings at or above the threshold or a shadow run that did not restore, 2 wrong usage,',
  '3 the world failed (server, model, disk), 4 a bug.',
  '',
  'The database may also come from `DATABASE_URL`; passwords also from the standard PG environment, `.pgpass` and service',
  'files. `SHADOW_DATABASE_URL` names a server for shadow runs that need more than the embedded PostgreSQL has; the role needs',
  'the right to create databases. `ANTHROPIC_API_KEY` and `LOCKSTEP_ANTHROPIC_BASE_URL` configure the model for `create`.',
  '',
  '```',
  overview,
  '```',
  ...commands.flatMap((name) => ['', `## ${name}`, '', '```', help(name), '```']),
  '',
].join('\n');

const file = inProject('docs/cli.md');
if (!process.argv.includes('--check')) fs.writeFileSync(file, page);
else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== page) {
  console.error('docs/cli.md is stale: run `npm run docs`');
  process.exit(1);
}
