import { type Catalog, catalogSchema } from '../engine/catalog/catalog.ts';
import { withFingerprints } from '../engine/catalog/fingerprint.ts';
import { type CommandContext, CommandFailure } from './command-context.ts';
import { issueInWords } from './issue-in-words.ts';
import { notJson } from './not-json.ts';
import { readText } from './read-file.ts';

/** The newest format of snapshots that is read; older ones are too. */
const newestFormat = catalogSchema.shape.formatVersion.value;

/** The catalog that `introspect --format json` wrote to a file, with the fingerprint of what is really in it. */
export async function readSnapshot(path: string, context: CommandContext): Promise<Catalog> {
  const parsed = catalogSchema.safeParse(parseJson(path, await readText(path)), { error: issueInWords });
  if (!parsed.success) throw invalid(path, reasonOf(parsed.error.issues[0]));
  // Whoever edits a snapshot leaves its fingerprint as it was: it is made again from what is really there.
  const catalog = withFingerprints(parsed.data);
  if (catalog.fingerprint !== parsed.data.fingerprint)
    context.note(`${path} was changed after it was written; its fingerprint is now ${catalog.fingerprint}`);
  return catalog;
}

const invalid = (path: string, reason: string): CommandFailure =>
  new CommandFailure({ code: 'catalog.snapshot_invalid', path, reason });

const reasonOf = (issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string =>
  issue === undefined ? 'not a catalog' : `${issue.path.map(String).join('.')}: ${issue.message}`;

function parseJson(path: string, text: string): unknown {
  if (text.trim() === '') throw invalid(path, 'the file is empty');
  if (text.includes('\0')) throw invalid(path, 'the file holds binary data, not text');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, notJson(cause));
  }
  if (typeof json !== 'object' || json === null || !('formatVersion' in json) || !('engine' in json)) {
    throw invalid(path, 'the file holds JSON that is no catalog');
  }
  const { formatVersion } = json;
  if (typeof formatVersion === 'number' && formatVersion > newestFormat) {
    const formats = `it has format ${formatVersion}, and this version of Lockstep reads formats up to ${newestFormat}`;
    throw invalid(path, `a newer version of Lockstep wrote it: ${formats}`);
  }
  return json;
}
