import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

let compiled: Promise<WebAssembly.Module> | null = null;

/**
 * The embedded engine's code, compiled once per process and never freed. Every thread that hosts an engine shares it:
 * that saves half of the memory and a third of the time of each start.
 */
export function engineModule(): Promise<WebAssembly.Module> {
  compiled ??= compile();
  return compiled;
}

/**
 * Keeps the JavaScript engine from compiling calls out of WebAssembly a second time. When two threads do so at once, some
 * versions free the same code twice and abort the whole process (https://github.com/nodejs/node/issues/64500). The first
 * compilation is as fast for what a database does.
 */
function avoidWrapperTierUp(): void {
  const major = Number(process.versions.v8.split('.', 1)[0]);
  // Engines before this one have neither the flag nor what it switches.
  if (major >= 13) setFlagsFromString('--wasm-wrapper-tiering-budget=2000000000');
}

async function compile(): Promise<WebAssembly.Module> {
  avoidWrapperTierUp();
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return WebAssembly.compile(await readFile(join(dirname(entry), 'pglite.wasm')));
}
