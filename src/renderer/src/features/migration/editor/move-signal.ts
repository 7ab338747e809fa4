/** Tells whoever listens that lines may have moved on the screen; kept outside of React, because scrolling is frequent. */
export type MoveSignal = {
  readonly notify: () => void;
  /** Listens until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** A signal without listeners. */
export function createMoveSignal(): MoveSignal {
  const listeners = new Set<() => void>();
  return {
    notify: () => {
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
