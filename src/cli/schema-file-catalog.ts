import { createHash } from 'node:crypto';
import { filesOfUser } from '../adapters/pglite/files-of-user.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import type { CommandContext } from './command-context.ts';
import { program } from './embedded-databases.ts';

/** The catalog of a schema file, and what it lacks of the file. */
export type SchemaFileCatalog = {
  readonly catalog: Catalog;
  /** What the embedded database lacks and got a stand-in for. */
  readonly stubbed: readonly string[];
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
};

/**
 * The catalog of a schema file's text, restricted to the schemas that were asked for: as an earlier process of the same
 * build kept it, else by `load`, and kept then. Facts are no part of it: the tables of a throw-away database are empty.
 */
export async function schemaFileCatalog(
  text: string,
  schemas: string | undefined,
  context: CommandContext,
  load: () => Promise<SchemaFileCatalog>,
): Promise<SchemaFileCatalog> {
  const files = filesOfUser(program, (reason) =>
    context.note(`The catalog could not be kept for the next time: ${reason}`),
  );
  const key = JSON.stringify(['schema file', createHash('sha256').update(text).digest('hex'), schemas ?? null]);
  const kept = await files.read(key);
  if (kept !== null) {
    // Written by this very build, and whole: there is nothing to doubt in it.
    const loaded: SchemaFileCatalog = JSON.parse(kept.about);
    return { ...loaded, catalog: { ...loaded.catalog, capturedAt: context.clock.now() } };
  }
  const loaded = await load();
  await files.write(key, { image: new Uint8Array(), about: JSON.stringify(loaded) });
  return loaded;
}
