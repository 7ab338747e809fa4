import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import rowsScript from '../../../resources/sample/rows.sql?raw';
import schemaScript from '../../../resources/sample/schema.sql?raw';
import type { CancelSignal } from '../../engine/ports/cancel.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import type { SqlClient } from '../../engine/ports/sql-client.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { diskError } from '../files/disk-error.ts';
import { BASE_IMAGE_NAME, writeWhole } from './base-image.ts';
import type { EmbeddedShadowDatabases } from './embedded-shadow.ts';

/** The sample shop as an open database, read-only. The caller closes it. */
export interface SampleDatabase extends SqlClient {
  /** The engine's version as `server_version_num`. */
  readonly serverVersion: number;
  close(): Promise<void>;
}

/** What opening is busy with; `making` happens once per machine and takes a few seconds. */
export type SampleProgress = { readonly phase: 'making' | 'opening'; readonly done: number; readonly total: number };

/** A day: the sample stays open as long as the application does. */
const LIFE_SECONDS = 86_400;

/** Changes with the engine and with the shop itself, so that an old image is made anew. */
const imageName = (): string => {
  const content = createHash('sha256').update(schemaScript).update(rowsScript).digest('hex').slice(0, 12);
  return BASE_IMAGE_NAME.replace('base', `shop-${content}`);
};

/** The sample's own name: `postgres` would say nothing to the person who reads it in the window. */
const DATABASE = 'shop';

const STEPS = 3;

/** Makes the shop's image at `path`: there in full or not at all. Throws `ShadowFailure` and what the disk says. */
async function makeImage(
  path: string,
  databases: EmbeddedShadowDatabases,
  signal: CancelSignal | undefined,
  onProgress: (done: number) => void,
): Promise<void> {
  const cancel = signal === undefined ? {} : { signal };
  const withDatabase = `${path}.${randomUUID()}.part`;
  try {
    onProgress(0);
    const empty = await databases.open({ extensions: [], ...cancel });
    try {
      await empty.execute(`create database ${DATABASE}`);
      await writeWhole(withDatabase, await empty.dump());
    } finally {
      await empty.close();
    }
    onProgress(1);
    const shop = await databases.open({ extensions: [], database: DATABASE, image: withDatabase, ...cancel });
    try {
      await shop.execute(schemaScript);
      onProgress(2);
      await shop.execute(rowsScript);
      await writeWhole(path, await shop.dump());
    } finally {
      await shop.close();
    }
    onProgress(STEPS);
  } finally {
    await rm(withDatabase, { force: true });
  }
}

/** Images of earlier versions of the shop, which nothing opens any more. */
async function removeOldImages(folder: string, current: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^pglite-.*-shop-.*\.tar$/.test(name) && name !== current) await rm(join(folder, name), { force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Makes the image of the sample shop in a folder, unless it is there. */
export async function makeSampleImage(folder: string, databases: EmbeddedShadowDatabases): Promise<void> {
  const path = join(folder, imageName());
  if (!(await exists(path))) await makeImage(path, databases, undefined, () => undefined);
  await removeOldImages(folder, imageName());
}

/**
 * Opens the sample shop from the image that came with the application, else from the one in `folder`, making it first
 * where it is missing. The image appears in
 * one step, so a making that was interrupted is simply begun again, and any number of processes may open it at once:
 * each has its own copy in memory. The session refuses writes.
 */
export async function openSampleDatabase(options: {
  readonly folder: string;
  /** Where the build put the images that are shipped. */
  readonly shippedFolder?: string;
  readonly databases: EmbeddedShadowDatabases;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: SampleProgress) => void;
}): Promise<Result<SampleDatabase, LockstepError>> {
  const { folder, shippedFolder, databases, signal } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  const name = imageName();
  const shipped = shippedFolder === undefined ? null : join(shippedFolder, name);
  const isShipped = shipped !== null && (await exists(shipped));
  const path = isShipped ? shipped : join(folder, name);
  try {
    if (!isShipped && !(await exists(path))) {
      await mkdir(folder, { recursive: true });
      await makeImage(path, databases, signal, (done) => onProgress({ phase: 'making', done, total: STEPS }));
      await removeOldImages(folder, name);
    }
    onProgress({ phase: 'opening', done: 0, total: 1 });
    // Not tied to the caller's signal: cancelling a later query must not end the database.
    const client = await databases.open({
      extensions: [],
      database: DATABASE,
      image: path,
      timeoutSeconds: LIFE_SECONDS,
    });
    await client.execute('set default_transaction_read_only = on');
    onProgress({ phase: 'opening', done: 1, total: 1 });
    return ok({
      serverVersion: client.serverVersion,
      query: (text, parameters) => client.query(text, parameters),
      close: () => client.close(),
    });
  } catch (error) {
    if (error instanceof ShadowFailure) return err(error.error);
    return err(diskError(error, path));
  }
}
