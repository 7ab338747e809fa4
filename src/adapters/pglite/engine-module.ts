import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

let compiled: Promise<WebAssembly.Module> | null = null;

/**
 * The embedded engine's code, compiled once per process and never freed. Every thread that hosts an engine shares it:
 * that saves two thirds of the memory and a third of the time of each start, and threads that end have no code of their
 * own for the JavaScript engine to free, in which it has crashed whole processes (https://github.com/nodejs/node/issues/64500).
 */
export function engineModule(): Promise<WebAssembly.Module> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return WebAssembly.compile(await readFile(join(dirname(entry), 'pglite.wasm')));
}
