import type { Catalog } from '../catalog/catalog.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase, ShadowDatabases } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { openClone } from './clone-catalog.ts';
import { partToClone } from './part-to-clone.ts';
import { extensionsNeeded } from './prepare-shadow.ts';

/** A database with a schema and no rows of the real one, on which ups are run to see whether the server takes them. */
export type CopyForUps = {
  readonly database: ShadowDatabase;
  readonly availableExtensions: readonly string[];
  /** True where only what the ups touch was copied. */
  readonly isPart: boolean;
};

/** So many tables are copied within a moment; of more, only what the ups touch. */
const FEW_TABLES = 30;

/** With more tables than this there is no copy for ups that do not say what they touch: a check does not wait that long. */
const MOST_TABLES = 300;

/**
 * Copies what the ups need of a catalog into a database that the caller closes. Null where a copy would not be like the
 * original, or would take long. Throws `ShadowFailure` only when it was cancelled. The parser must be loaded.
 */
export async function copyForUps(options: {
  readonly catalog: Catalog;
  readonly ups: readonly string[];
  readonly databases: ShadowDatabases;
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
}): Promise<CopyForUps | null> {
  const { catalog, ups, databases, clock, signal } = options;
  const few = partToClone(catalog, ups, { manyTables: FEW_TABLES });
  const copied = few?.catalog ?? catalog;
  if (copied.tables.length > MOST_TABLES) return null;
  const { availableExtensions } = databases;
  try {
    const extensions = extensionsNeeded(copied, ups);
    const { database, report } = await openClone({ databases, catalog: copied, extensions, clock, signal });
    if (report.fidelity === 'exact' && report.stubbed.length === 0) {
      return { database, availableExtensions, isPart: few !== null };
    }
    await database.close();
    return null;
  } catch (cause) {
    if (cause instanceof ShadowFailure && signal?.aborted !== true) return null;
    throw cause;
  }
}
