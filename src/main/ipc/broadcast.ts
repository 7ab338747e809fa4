import { type EventName, type EventPayload, eventChannel } from '../../shared/ipc/wire.ts';

/** Tells every window of an event of the contract. */
export type Broadcast = <C extends EventName>(name: C, payload: EventPayload<C>) => void;

/** What is needed of a window. */
export interface Listener {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

/** Makes the function that tells all windows which are open at that moment. */
export function createBroadcast(listeners: () => readonly Listener[]): Broadcast {
  return (name, payload) => {
    for (const listener of listeners()) if (!listener.isDestroyed()) listener.send(eventChannel(name), payload);
  };
}
