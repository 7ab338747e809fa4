// The engine's worker, which also tells the benchmark how much memory it has, whenever it is not busy.
import { BroadcastChannel } from 'node:worker_threads';

const channel = new BroadcastChannel('memory of the worker');
setInterval(() => {
  const { heapTotal, external } = process.memoryUsage();
  channel.postMessage(heapTotal + external);
}, 20).unref();
await import('../../src/adapters/pglite/pglite-worker.ts');
