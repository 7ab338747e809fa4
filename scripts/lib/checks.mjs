import fs from 'node:fs';
import { inProject } from './paths.mjs';
import { runQuietly, toolNode } from './run.mjs';

const tool = (file, ...args) => ({ command: toolNode(), args: [inProject(file), ...args] });
const typeScript = (name) => ({
  name: `types: ${name}`,
  ...tool('node_modules/typescript/bin/tsc', '-p', `tsconfig.${name}.json`),
});

/** Everything that is checked without running the product, each as one command that must end with 0. */
const checks = [
  typeScript('engine'),
  typeScript('node'),
  typeScript('preload'),
  typeScript('renderer'),
  typeScript('test'),
  {
    name: 'format, lint and import boundaries',
    ...tool('node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings', '.'),
  },
  { name: 'unused code and packages', ...tool('node_modules/knip/bin/knip.js', '--no-progress') },
  { name: 'generated pages are current, links and paths in docs exist', ...tool('scripts/docs.mjs', '--check') },
];

/** Runs all checks; prints a line each and the output of those that fail. Returns `{ passed, failed }`. */
export function runChecks() {
  let failed = 0;
  for (const { name, command, args } of checks) {
    if (!fs.existsSync(args[0])) throw new Error(`${args[0]} is missing`);
    const started = performance.now();
    const { ok, output } = runQuietly(command, args);
    console.log(`${ok ? '✓' : '✗'} ${name} (${Math.round(performance.now() - started)} ms)`);
    if (!ok) {
      failed += 1;
      console.log(output);
    }
  }
  return { passed: checks.length - failed, failed };
}
