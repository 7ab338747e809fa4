import fs from 'node:fs';
import { hasCommand, runQuietly } from './run.mjs';
import { say, stop } from './say.mjs';

/**
 * What the system must have, by purpose. `found` looks for the thing itself, not for the package, so that other
 * distributions pass too; `packages` are Debian's names, the second one for releases after the 64-bit time change.
 */
const requirements = {
  window: [
    { found: () => hasLibrary('libgtk-3.so.0'), packages: ['libgtk-3-0', 'libgtk-3-0t64'] },
    { found: () => hasLibrary('libnss3.so'), packages: ['libnss3'] },
    { found: () => hasLibrary('libgbm.so.1'), packages: ['libgbm1'] },
    { found: () => hasLibrary('libasound.so.2'), packages: ['libasound2', 'libasound2t64'] },
  ],
  keychain: [
    { found: () => hasLibrary('libsecret-1.so.0'), packages: ['libsecret-1-0'] },
    { found: () => fs.existsSync('/usr/include/libsecret-1'), packages: ['libsecret-1-dev'] },
    { found: () => hasCommand('pkg-config'), packages: ['pkg-config'] },
    { found: () => hasCommand('python3'), packages: ['python3'] },
    { found: () => hasCommand('make'), packages: ['make'] },
    { found: () => hasCommand('g++'), packages: ['g++'] },
  ],
  virtualDisplay: [
    { found: () => hasCommand('Xvfb'), packages: ['xvfb'] },
    { found: () => hasCommand('xauth'), packages: ['xauth'] },
  ],
  keychainService: [
    { found: () => hasCommand('dbus-run-session'), packages: ['dbus-daemon'] },
    { found: () => hasCommand('gnome-keyring-daemon'), packages: ['gnome-keyring'] },
  ],
  versionControl: [{ found: () => hasCommand('git'), packages: ['git'] }],
  unpacking: [{ found: () => hasCommand('unzip'), packages: ['unzip'] }],
};

let libraryCache;
function hasLibrary(name) {
  libraryCache ??= runQuietly(hasCommand('ldconfig') ? 'ldconfig' : '/sbin/ldconfig', ['-p'], {
    env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  }).output;
  return libraryCache.includes(`\t${name} `);
}

const onDebian = () => fs.existsSync('/etc/debian_version') && hasCommand('apt-get');
const available = (name) => runQuietly('apt-cache', ['show', '--no-all-versions', name]).ok;

/**
 * Makes sure that the system has what the purposes need: installs it when this is root on Debian, else prints the
 * command. A missing `required` purpose ends the process; a missing optional one is said and left.
 */
export function ensureSystemLibraries({ required = [], optional = [] }) {
  if (process.platform !== 'linux') return;
  const missingOf = (purposes) => purposes.flatMap((purpose) => requirements[purpose]).filter((one) => !one.found());
  const missing = missingOf([...required, ...optional]);
  if (missing.length === 0) return;
  const first = missing.map((one) => one.packages[0]);

  if (onDebian() && process.getuid?.() === 0) {
    say(`Installing system libraries: ${first.join(' ')}`);
    runQuietly('apt-get', ['update']);
    const names = missing.map((one) => one.packages.find(available) ?? one.packages[0]);
    const installed = runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    libraryCache = undefined;
    if (!installed.ok) say(installed.output.split('\n').slice(-12).join('\n'));
  }

  const command = (list) =>
    `sudo apt-get install -y --no-install-recommends ${list.map((one) => one.packages[0]).join(' ')}`;
  const stillRequired = missingOf(required);
  if (stillRequired.length > 0) {
    stop(
      `Some system libraries are missing. Install them and start again (Debian's names):\n\n  ${command(stillRequired)}\n`,
    );
  }
  const stillOptional = missingOf(optional);
  if (stillOptional.length > 0) {
    say(
      `Without these the OS keychain cannot be used; Lockstep then keeps secrets for one session only:\n  ${command(stillOptional)}`,
    );
  }
}
