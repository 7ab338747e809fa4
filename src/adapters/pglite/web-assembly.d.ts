/** What Lockstep uses of WebAssembly: Node has it, its type package does not describe it. */
declare namespace WebAssembly {
  /** Compiled code; threads that are sent one share it. */
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  function compile(code: Uint8Array): Promise<Module>;
}
