import type { ShadowDatabase, ShadowDatabases } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { ensureBaseImage, makeBaseImage } from './base-image.ts';
import { bundledExtensionNames } from './bundled-extensions.ts';
import { type KeptFile, type KeptFiles, noFiles } from './kept-files.ts';
import { type PgliteClient, startPgliteClient } from './pglite-client.ts';

/** Where the parts of the embedded engine are. */
export type EmbeddedShadowOptions = {
  /** The bundled worker (`pglite-worker`), or its source where Node can run TypeScript. */
  readonly workerFile: string | URL;
  /** An image made by the build, used when it exists. */
  readonly imageFile?: string;
  /** Where the image is made and kept otherwise; default: see `defaultCacheFolder`. */
  readonly cacheFolder?: string;
  /** Seconds that one database may live; default 60. */
  readonly timeoutSeconds?: number;
  /** How many states `keep` holds in memory, 40 MB and more each; the oldest goes first. Default 0. */
  readonly keptStates?: number;
  /** Where states outlive this process; default: nowhere. */
  readonly files?: KeptFiles;
};

/** Shadow databases whose clients can also be dumped as an image. */
export interface EmbeddedShadowDatabases extends ShadowDatabases {
  /** Opens a database (`postgres` unless named) of an image made by `dump`, or of the empty one. Throws `ShadowFailure`. */
  open(
    options: Parameters<ShadowDatabases['open']>[0] & { readonly image?: string; readonly database?: string },
  ): Promise<PgliteClient>;
}

/**
 * Shadow databases inside this process, each in its own thread that can be killed: by its signal, by its time limit, or
 * by `close`. Of what happens in them nothing is written to disk; only what `keep` is asked to keep is.
 */
export function createEmbeddedShadowDatabases(options: EmbeddedShadowOptions): EmbeddedShadowDatabases {
  let baseImage: Promise<string | Uint8Array> | null = null;
  const kept = new Map<string, KeptFile>();
  const { files = noFiles, keptStates: room = 0 } = options;
  const hold = (key: string, state: KeptFile): void => {
    kept.delete(key);
    kept.set(key, state);
    for (const oldest of [...kept.keys()].slice(0, Math.max(kept.size - room, 0))) kept.delete(oldest);
  };
  /** Only a database that was opened here can be kept here. */
  const clients = new WeakMap<ShadowDatabase, PgliteClient>();
  const ensureImage = (): Promise<string | Uint8Array> => {
    baseImage ??= ensureBaseImage(options).catch((error: unknown) => {
      baseImage = null;
      throw error;
    });
    return baseImage;
  };

  type OpenOptions = Parameters<EmbeddedShadowDatabases['open']>[0];
  const start = async (
    image: string | Uint8Array,
    { extensions, signal, timeoutSeconds, database }: OpenOptions,
  ): Promise<PgliteClient> => {
    const client = startPgliteClient({
      workerFile: options.workerFile,
      timeoutSeconds: timeoutSeconds ?? options.timeoutSeconds ?? 60,
      ...(signal === undefined ? {} : { signal }),
    });
    try {
      await client.open(image, extensions, database ?? 'postgres');
      clients.set(client, client);
      return client;
    } catch (error) {
      await client.close();
      if (error instanceof ShadowFailure) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ShadowFailure({ code: 'shadow.unavailable', reason });
    }
  };
  return {
    get kept() {
      return new Set(kept.keys());
    },
    async keep(key, database, { about, lasting }) {
      const client = clients.get(database);
      if (client === undefined || room === 0) return;
      const state = { image: await client.dump(), about };
      hold(key, state);
      if (lasting) await files.write(key, state);
    },
    async recall(key) {
      const state = kept.get(key) ?? (room === 0 ? null : await files.read(key));
      if (state === null) return null;
      hold(key, state);
      return state.about;
    },
    availableExtensions: bundledExtensionNames,
    async open(wanted) {
      const { signal, image, from } = wanted;
      if (signal?.aborted === true) throw new ShadowFailure({ code: 'cancelled' });
      const own = (from === undefined ? undefined : kept.get(from)?.image) ?? image;
      if (own !== undefined) return start(own, wanted);
      try {
        return await start(await ensureImage(), wanted);
      } catch (error) {
        const mayBeDamaged =
          error instanceof ShadowFailure && ['shadow.crashed', 'shadow.unavailable'].includes(error.error.code);
        if (!mayBeDamaged) throw error;
        // Half an image, or one that something else has written to: it is made anew, once.
        baseImage = makeBaseImage(options);
        return start(await baseImage, wanted);
      }
    },
  };
}
