import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LockstepError } from '../shared/errors.ts';
import type { Handlers } from '../shared/ipc/wire.ts';
import { createConnectionBook } from './connections/connection-book.ts';
import { createAllowedFolders } from './handlers/allowed-folders.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import type { Desktop } from './handlers/parts.ts';
import { keptCatalogs, packedCatalog } from './history/catalog-store.ts';
import { createHistoryDoor } from './history/history-door.ts';
import { listProfiles } from './history/profile-store.ts';
import { readSettings } from './history/settings-store.ts';
import type { Broadcast } from './ipc/broadcast.ts';
import type { WorkerEnvironment } from './jobs/job-table.ts';
import { createJobs } from './jobs/jobs.ts';
import { createKeychain } from './secrets/keychain.ts';
import { createSecretStore } from './secrets/secret-store.ts';
import { systemClock } from './system-clock.ts';

/** Where the application finds and keeps its files. */
export type ApplicationPaths = {
  /** Folder of the built entries of worker threads. */
  readonly entries: string;
  /** Folder of settings, history and the sample database. */
  readonly userData: string;
};

/** The application without its windows. */
export type Application = {
  readonly handlers: Handlers;
  /** Opens the history and applies the theme; call it when the window is on its way. */
  readonly prepare: () => Promise<void>;
  /** Starts what the first clicks will need; call it when the window is idle. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Puts the application together from its parts; nothing heavy is loaded before it is used. */
export function createApplication(
  { entries, userData }: ApplicationPaths,
  surroundings: {
    readonly desktop: Desktop;
    readonly broadcast: Broadcast;
    readonly anthropicBaseUrl: string | null;
    /** Hears of a history that was damaged and moved aside. */
    readonly onHistoryDamage: (damage: LockstepError) => void;
  },
): Application {
  const { desktop, broadcast, anthropicBaseUrl, onHistoryDamage } = surroundings;
  const history = createHistoryDoor(path.join(userData, 'history.sqlite'), systemClock.now, onHistoryDamage);
  const secrets = createSecretStore(createKeychain(loadKeytar));
  const connections = createConnectionBook(history, secrets, randomUUID);
  const workerData: WorkerEnvironment = {
    sampleFolder: path.join(userData, 'sample'),
    imagesFolder: path.join(entries, '../images'),
    pgliteWorkerFile: path.join(entries, 'pglite-worker.cjs'),
  };
  const jobs = createJobs({
    startWorker: () => new Worker(path.join(entries, 'job-worker.cjs'), { workerData }),
    provideCatalog: async (fingerprint) => {
      const packed = await history.read((handle) => packedCatalog(handle, fingerprint));
      return packed.ok ? packed.value : null;
    },
  });
  const closing = new AbortController();
  const handlers = createHandlers({
    history,
    secrets,
    connections,
    jobs,
    folders: createAllowedFolders(),
    broadcast,
    clock: systemClock,
    newId: randomUUID,
    desktop,
    anthropicBaseUrl,
  });
  return {
    handlers,
    prepare: async () => {
      const settings = await history.read(readSettings);
      if (settings.ok) desktop.applyTheme(settings.value.theme);
    },
    warmUp: async () => {
      jobs.warmUp('analysis');
      // A newcomer's first click is the sample database, which takes some seconds to make; it is made while they look.
      const isNew = await history.read(
        (handle) => listProfiles(handle).length === 0 && keptCatalogs(handle).size === 0,
      );
      if (!isNew.ok || !isNew.value) return;
      await jobs.run('connection.test', { source: { kind: 'sample' } }, { signal: closing.signal });
    },
    close: async () => {
      closing.abort();
      await jobs.close();
      await history.close();
    },
  };
}

/** keytar is native and optional: it is loaded when a secret is first needed, and may be missing. */
const loadKeytar = async () => (await import('keytar')).default;
