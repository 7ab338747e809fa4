import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** What the thread that owns the socket is started with. */
export type SocketThreadData = {
  readonly host: string;
  readonly port: number;
  readonly messages: MessagePort;
  /** One counter: how often something came. */
  readonly arrivals: Int32Array<SharedArrayBuffer>;
};

/** A TCP connection whose reads block the calling thread, for a program that knows no promises. */
export type BlockingSocket = {
  readonly write: (bytes: Uint8Array) => void;
  /** What came next; waits for it. Throws when the connection has ended, or after half a minute of silence. */
  readonly read: () => Uint8Array;
  readonly close: () => Promise<void>;
};

const patience = 30_000;

/** Connects to a port of this machine. */
export function blockingSocket(host: string, port: number): BlockingSocket {
  const channel = new MessageChannel();
  const arrivals = new Int32Array(new SharedArrayBuffer(4));
  const data: SocketThreadData = { host, port, messages: channel.port2, arrivals };
  const thread = new Worker(new URL('./socket-thread.ts', import.meta.url), {
    workerData: data,
    transferList: [channel.port2],
  });
  return {
    write: (bytes) => channel.port1.postMessage(Uint8Array.from(bytes)),
    read: () => {
      for (;;) {
        const seen = Atomics.load(arrivals, 0);
        const received = receiveMessageOnPort(channel.port1);
        if (received !== undefined) {
          if (received.message instanceof Uint8Array) return received.message;
          throw new Error(`the connection to ${host}:${port} has ended`);
        }
        if (Atomics.wait(arrivals, 0, seen, patience) === 'timed-out')
          throw new Error(`nothing came from ${host}:${port}`);
      }
    },
    close: async () => {
      channel.port1.close();
      await thread.terminate();
    },
  };
}
