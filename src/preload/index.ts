import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/ipc/wire.ts';

const allowed = (channel: string): boolean => typeof channel === 'string' && channel.startsWith('lockstep:');

/** The only door between page and main: it knows no channel names and forwards only those of Lockstep. */
const bridge: Bridge = {
  invoke: (channel, input) =>
    allowed(channel) ? ipcRenderer.invoke(channel, input) : Promise.reject(new Error(`not a channel: ${channel}`)),
  on: (channel, listener) => {
    if (!allowed(channel)) throw new Error(`not a channel: ${channel}`);
    // The event object must not reach the page: its `sender` would be a second door.
    const forward = (_event: unknown, payload: unknown): void => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  },
};

contextBridge.exposeInMainWorld('lockstep', bridge);
