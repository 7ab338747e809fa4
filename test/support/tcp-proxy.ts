import { connect, createServer, type Socket } from 'node:net';

/** Something between a client and a server that can fail as networks do. */
export type TcpProxy = {
  readonly port: number;
  /** Ends every connection without a word of the protocol. */
  readonly cut: () => void;
  /** From now on nothing gets through in either direction, and nobody is told. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
};

/** Starts a proxy on this machine in front of a port. */
export async function startTcpProxy(host: string, port: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let stalled = false;
  const server = createServer((inner) => {
    const outer = connect(port, host);
    const pair = [inner, outer] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [outer, inner] as const]) {
      from.on('data', (bytes) => {
        if (!stalled) to.write(bytes);
      });
      // A connection that was cut is an error on the other side of it.
      from.on('error', () => undefined);
      from.on('close', () => {
        if (!stalled) to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const cut = () => {
    for (const sockets of pairs) for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    cut,
    stall: () => {
      stalled = true;
    },
    close: async () => {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
