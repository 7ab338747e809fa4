import { type Catalog, catalogSchema } from '../../engine/catalog/catalog.ts';
import { withFingerprints } from '../../engine/catalog/fingerprint.ts';
import type { LockstepError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { issueInWords } from './issue-in-words.ts';
import { notJson } from './not-json.ts';

/** The newest format of snapshots that is read; older ones are too. */
const newestFormat = catalogSchema.shape.formatVersion.value;

/** A snapshot's catalog with the fingerprint of what is really in it. */
export type Snapshot = {
  readonly catalog: Catalog;
  /** True when somebody changed it after it was written. */
  readonly wasEdited: boolean;
};

/** The catalog in a text that `introspect --format json` wrote; fails with `catalog.snapshot_invalid` and the path. */
export function parseSnapshot(path: string, text: string): Result<Snapshot, LockstepError> {
  const invalid = (reason: string) => err({ code: 'catalog.snapshot_invalid', path, reason } as const);
  if (text.trim() === '') return invalid('the file is empty');
  if (text.includes('\0')) return invalid('the file holds binary data, not text');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return invalid(notJson(cause));
  }
  if (typeof json !== 'object' || json === null || !('formatVersion' in json) || !('engine' in json)) {
    return invalid('the file holds JSON that is no catalog');
  }
  const { formatVersion } = json;
  if (typeof formatVersion === 'number' && formatVersion > newestFormat) {
    const formats = `it has format ${formatVersion}, and this version of Lockstep reads formats up to ${newestFormat}`;
    return invalid(`a newer version of Lockstep wrote it: ${formats}`);
  }
  const parsed = catalogSchema.safeParse(json, { error: issueInWords });
  if (!parsed.success) return invalid(reasonOf(parsed.error.issues[0]));
  // Whoever edits a snapshot leaves its fingerprint as it was: it is made again from what is really there.
  const catalog = withFingerprints(parsed.data);
  return ok({ catalog, wasEdited: catalog.fingerprint !== parsed.data.fingerprint });
}

const reasonOf = (issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string =>
  issue === undefined ? 'not a catalog' : `${issue.path.map(String).join('.')}: ${issue.message}`;
