import { connect } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { SocketThreadData } from './blocking-socket.ts';

// The thread behind `blockingSocket`: it passes bytes on and counts what came back, so that the other side can sleep.
const { host, port, messages, arrivals } = workerData as SocketThreadData;
const socket = connect(port, host);

const tell = (bytes: Uint8Array | null): void => {
  messages.postMessage(bytes);
  Atomics.add(arrivals, 0, 1);
  Atomics.notify(arrivals, 0);
};

messages.on('message', (bytes: Uint8Array) => socket.write(bytes));
socket.on('data', (bytes) => tell(Uint8Array.from(bytes)));
// A failed connection closes as well; the other side reports that nothing came.
socket.on('error', () => undefined);
socket.on('close', () => tell(null));
