import { readFile } from 'node:fs/promises';
import { decodeText, notUtf8 } from '../../../adapters/files/decode-text.ts';
import { diskError } from '../../../adapters/files/disk-error.ts';
import { noSchemaText } from '../../../adapters/files/no-schema-text.ts';
import { parseSnapshot } from '../../../adapters/files/parse-snapshot.ts';
import { nativeSha256 } from '../../../adapters/native-sha256.ts';
import { loadSchemaText } from '../../../adapters/pglite/load-schema-text.ts';
import type { Catalog } from '../../../engine/catalog/catalog.ts';
import { introspect } from '../../../engine/introspect/introspect.ts';
import type { ShadowDatabases } from '../../../engine/ports/shadow-databases.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { systemClock } from '../../system-clock.ts';

/** The catalog of a file, and in words what it lacks of the file. */
export type FileCatalog = { readonly catalog: Catalog; readonly notes: readonly string[] };

/** Reads a snapshot (`.json`), or makes an embedded database of a schema file and reads that. */
export async function readCatalogFile(
  path: string,
  { databases, signal }: { readonly databases: ShadowDatabases; readonly signal: AbortSignal },
): Promise<Result<FileCatalog, LockstepError>> {
  const unfit = (message: string): Result<never, LockstepError> =>
    err({ code: 'input.invalid', issues: [{ path, message }] });
  let text: string | null;
  try {
    text = decodeText(await readFile(path));
  } catch (cause) {
    return err(diskError(cause, path));
  }
  if (text === null) return unfit(notUtf8);
  if (/\.json$/i.test(path)) {
    const parsed = parseSnapshot(path, text);
    if (!parsed.ok) return parsed;
    const { catalog, wasEdited } = parsed.value;
    return ok({ catalog, notes: wasEdited ? ['The snapshot was changed after it was written.'] : [] });
  }
  const fault = noSchemaText(text);
  if (fault !== null) return unfit(fault);
  const loaded = await loadSchemaText({ text, path, databases, signal });
  if (!loaded.ok) return loaded;
  const { client, stubbed, leftOut } = loaded.value;
  try {
    const catalog = await introspect(client, { clock: systemClock, sha256: nativeSha256, signal, facts: false });
    const notes = [
      ...(stubbed.length > 0 ? [`Replaced by stand-ins: ${stubbed.join(', ')}.`] : []),
      ...(leftOut.length > 0 ? [`Left out of the file: ${leftOut.join(', ')}.`] : []),
    ];
    return ok({ catalog, notes });
  } finally {
    await client.close();
  }
}
