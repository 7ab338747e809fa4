import { ensureBuilt } from './build.mjs';
import { ensureDependencies, ensureKeychainBinding } from './dependencies.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/** Everything that running the window needs; does at once nothing that is done. Returns the Electron to run. */
export async function setUpWindow({ optional = ['keychain'], required = ['window'] } = {}) {
  ensureSystemLibraries({ required, optional });
  await ensureDependencies();
  await ensureKeychainBinding();
  const electron = await ensureElectron();
  await ensureBuilt('window', 'cli', 'images');
  return electron;
}

/** Everything that the command line and tests without a window need. */
export async function setUpCommandLine() {
  await ensureDependencies();
  await ensureBuilt('cli', 'images');
}
