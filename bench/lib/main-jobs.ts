import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packedCatalog } from '../../src/main/history/catalog-store.ts';
import { createHistoryDoor } from '../../src/main/history/history-door.ts';
import { createJobs } from '../../src/main/jobs/jobs.ts';
import { systemClock } from '../../src/main/system-clock.ts';

const entries = resolve(import.meta.dirname, '../../out/main');

/** What main has without a window: the history in a folder, and jobs in the built worker. */
export function openMainJobs(folder: string) {
  const history = createHistoryDoor(join(folder, 'history.sqlite'), systemClock.now, () => undefined);
  const jobs = createJobs({
    startWorker: () =>
      new Worker(join(entries, 'job-worker.cjs'), {
        workerData: {
          sampleFolder: join(folder, 'sample'),
          imagesFolder: join(entries, '../images'),
          pgliteWorkerFile: join(entries, 'pglite-worker.cjs'),
        },
      }),
    provideCatalog: async (fingerprint) => {
      const packed = await history.read((handle) => packedCatalog(handle, fingerprint));
      return packed.ok ? packed.value : null;
    },
  });
  return { history, jobs };
}
