import type { ShadowDatabases } from '../../engine/ports/shadow-databases.ts';
import { ShadowFailure } from '../../engine/ports/shadow-failure.ts';
import { ensureBaseImage } from './base-image.ts';
import { bundledExtensionNames } from './bundled-extensions.ts';
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
 * by `close`. Nothing of them is ever written to disk.
 */
export function createEmbeddedShadowDatabases(options: EmbeddedShadowOptions): EmbeddedShadowDatabases {
  let baseImage: Promise<string> | null = null;
  return {
    availableExtensions: bundledExtensionNames,
    async open({ extensions, signal, timeoutSeconds, image, database }) {
      if (signal?.aborted === true) throw new ShadowFailure({ code: 'cancelled' });
      if (image === undefined) {
        baseImage ??= ensureBaseImage(options);
        baseImage.catch(() => {
          baseImage = null;
        });
      }
      const path = image ?? (await baseImage) ?? '';
      const client = startPgliteClient({
        workerFile: options.workerFile,
        timeoutSeconds: timeoutSeconds ?? options.timeoutSeconds ?? 60,
        ...(signal === undefined ? {} : { signal }),
      });
      try {
        await client.open(path, extensions, database ?? 'postgres');
        return client;
      } catch (error) {
        await client.close();
        if (error instanceof ShadowFailure) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new ShadowFailure({ code: 'shadow.unavailable', reason });
      }
    },
  };
}
