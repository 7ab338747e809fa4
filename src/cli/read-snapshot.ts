import { parseSnapshot } from '../adapters/files/parse-snapshot.ts';
import type { Catalog } from '../engine/catalog/catalog.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';
import { readText } from './read-file.ts';

/** The catalog that `introspect --format json` wrote to a file, with the fingerprint of what is really in it. */
export async function readSnapshot(path: string, context: CommandContext): Promise<Catalog> {
  const parsed = parseSnapshot(path, await readText(path));
  if (!parsed.ok) throw new CommandFailure(parsed.error);
  const { catalog, wasEdited } = parsed.value;
  if (wasEdited)
    context.note(`${path} was changed after it was written; its fingerprint is now ${catalog.fingerprint}`);
  return catalog;
}
