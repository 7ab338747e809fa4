import { connect, createServer, type Socket } from 'node:net';

/** A connection pooler in front of a server, as far as a client notices it. */
export type TransactionPooler = { readonly port: number; readonly close: () => Promise<void> };

const sslRequest = 80_877_103;

/**
 * Starts a pooler that refuses startup options, and forgets all settings of a session when a transaction ends, because the
 * next one may be another server process's.
 */
export async function startTransactionPooler(host: string, port: number): Promise<TransactionPooler> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    client.on('close', () => sockets.delete(client));
    client.on('data', function begin(bytes: Buffer) {
      if (bytes.readUInt32BE(4) === sslRequest) {
        client.write('N');
        return;
      }
      client.off('data', begin);
      if (/\0options\0[^\0]/.test(bytes.toString('latin1')))
        client.end(refusal('unsupported startup parameter: options'));
      else passOn(client, connect(port, host), bytes);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the pooler has no port');
  return {
    port: address.port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function passOn(client: Socket, backend: Socket, startup: Buffer): void {
  backend.on('error', () => undefined);
  backend.on('close', () => client.destroy());
  client.on('close', () => backend.destroy());
  let left = Buffer.alloc(0);
  let forgetting = false;
  const held: Buffer[] = [];
  backend.write(startup);
  client.on('data', (bytes: Buffer) => {
    if (forgetting) held.push(bytes);
    else backend.write(bytes);
  });
  backend.on('data', (bytes: Buffer) => {
    left = Buffer.concat([left, bytes]);
    while (left.length >= 5 && left.length > left.readUInt32BE(1)) {
      const message = left.subarray(0, left.readUInt32BE(1) + 1);
      left = left.subarray(message.length);
      const idle = message.toString('latin1') === 'Z\0\0\0\x05I';
      if (!forgetting) client.write(message);
      if (!idle) continue;
      forgetting = !forgetting;
      if (forgetting) backend.write(query('discard all'));
      else for (const waiting of held.splice(0)) backend.write(waiting);
    }
  });
}

function framed(kind: string, body: string): Buffer {
  const bytes = Buffer.from(`${kind}\0\0\0\0${body}`, 'latin1');
  bytes.writeUInt32BE(bytes.length - 1, 1);
  return bytes;
}

const query = (text: string): Buffer => framed('Q', `${text}\0`);

/** A protocol violation, as poolers tell it. */
const refusal = (message: string): Buffer => framed('E', `SFATAL\0VFATAL\0C08P01\0M${message}\0\0`);
