// A link to a server that is far away: a proxy that keeps what passes for a while, in each direction. It runs in a thread
// of its own, because the thread that measures is busy with what it measures.
import { connect, createServer, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

type Link = { readonly host: string; readonly port: number; readonly delay: number };

/** Starts a link that adds `delay` milliseconds to each direction; `port` is where it is reached on this machine. */
export async function startSlowLink(
  link: Link,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const thread = new Worker(new URL(import.meta.url), { workerData: link });
  const port = await new Promise<number>((listening, failed) => {
    thread.once('message', listening);
    thread.once('error', failed);
  });
  return { port, close: async () => void (await thread.terminate()) };
}

function serve({ host, port, delay }: Link): void {
  const carry = (from: Socket, to: Socket) => {
    from.setNoDelay(true);
    from.on('data', (bytes) => setTimeout(() => to.write(bytes), delay));
    from.on('error', () => undefined);
    from.on('close', () => setTimeout(() => to.destroy(), delay));
  };
  const server = createServer((inner) => {
    const outer = connect(port, host);
    carry(inner, outer);
    carry(outer, inner);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the link has no port');
    parentPort?.postMessage(address.port);
  });
}

if (!isMainThread) serve(workerData as Link);
