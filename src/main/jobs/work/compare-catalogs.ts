import { comparedObjects } from '../../../engine/catalog/compared-objects.ts';
import { whatCopiesDifferIn } from '../../../engine/catalog/ignorable.ts';
import type { ShadowDatabases } from '../../../engine/ports/shadow-databases.ts';
import type { CatalogComparison } from '../../../shared/catalog-comparison.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import type { ComparedSide } from '../../../shared/ipc/contract.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { packJson } from '../pack-json.ts';
import type { Work } from '../run-jobs.ts';
import { type FileCatalog, readCatalogFile } from './read-catalog-file.ts';

/** Compares two catalogs that are kept or in files; a reading that is no longer kept is an error in words. */
export const compareKept =
  (databases: ShadowDatabases): Work['catalog.compare'] =>
  async ({ before, after, asCopies }, { signal, report, catalog }) => {
    const read = async (side: ComparedSide): Promise<Result<FileCatalog, LockstepError>> => {
      if (side.kind === 'file') {
        report({ phase: 'Reading the file' });
        return readCatalogFile(side.path, { databases, signal });
      }
      const kept = await catalog(side.fingerprint);
      return kept === null ? noLongerKept : ok({ catalog: kept, notes: [] });
    };
    const was = await read(before);
    if (!was.ok) return was;
    const is = await read(after);
    if (!is.ok) return is;
    report({ phase: 'Comparing' });
    const objects = comparedObjects(
      was.value.catalog,
      is.value.catalog,
      asCopies ? { ignore: whatCopiesDifferIn } : {},
    );
    const comparison: CatalogComparison = { objects, notes: [...was.value.notes, ...is.value.notes] };
    return ok({ packed: packJson(comparison) });
  };

const noLongerKept: Result<never, LockstepError> = err({
  code: 'input.invalid',
  issues: [{ path: 'reading', message: 'this reading is no longer kept; choose another one' }],
});
