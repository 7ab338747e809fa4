import { setFlagsFromString } from 'node:v8';

/**
 * Keeps WebAssembly as V8 first compiles it; must be called before any is loaded. A command runs for seconds: making the
 * grammar of the parser, or the embedded database, a little faster costs V8 more time than parsing thousands of
 * migrations or proving dozens.
 */
export function compileWasmOnce(): void {
  setFlagsFromString('--no-wasm-dynamic-tiering');
  setFlagsFromString('--no-wasm-tier-up');
}
