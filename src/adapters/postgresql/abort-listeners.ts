import type { CancelSignal } from '../../engine/ports/cancel.ts';

/**
 * Tells many who wait for the same signal with one listener on it: dozens of queries are on their way at once, and a signal
 * with that many listeners of its own is reported as a leak.
 */
export function createAbortListeners(): {
  /** Calls back when the signal aborts; what it gives ends that. */
  readonly add: (signal: CancelSignal | undefined, onAbort: () => void) => () => void;
} {
  const waiting = new Map<CancelSignal, { readonly all: Set<() => void>; readonly tell: () => void }>();
  return {
    add: (signal, onAbort) => {
      if (signal === undefined) return () => undefined;
      let known = waiting.get(signal);
      if (known === undefined) {
        const all = new Set<() => void>();
        known = { all, tell: () => [...all].forEach((one) => void one()) };
        waiting.set(signal, known);
        signal.addEventListener('abort', known.tell, { once: true });
      }
      const { all, tell } = known;
      all.add(onAbort);
      return () => {
        all.delete(onAbort);
        if (all.size > 0) return;
        signal.removeEventListener('abort', tell);
        waiting.delete(signal);
      };
    },
  };
}
