import type { Catalog } from '../catalog/catalog.ts';
import { compareCatalogs } from '../catalog/compare.ts';
import { renderCatalog } from '../catalog/render.ts';
import { introspect } from '../introspect/introspect.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShadowDatabase } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { loadStatements } from '../sql/load-statements.ts';
import type { ShadowRunReport } from './report.ts';

/** A clone: how it was made, and the catalog that the shadow database has now. */
export type Clone = { readonly report: ShadowRunReport['clone']; readonly baseline: Catalog };

/** Without one of these most of the rest cannot be made, and a proof on what is left would prove nothing. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['schema', 'type', 'enum', 'domain', 'sequence', 'table']);

/**
 * Builds the catalog in an empty shadow database and measures how faithful the copy is, by comparing catalogs, versions of
 * extensions aside. What the database lacks gets a stand-in and is listed. Throws `ShadowFailure`
 * (`shadow.clone_failed`) when a table or what it is made of cannot be built.
 */
export async function cloneCatalog(options: {
  readonly database: ShadowDatabase;
  /** Null leaves the database empty. */
  readonly catalog: Catalog | null;
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
}): Promise<Clone> {
  const { database, catalog, clock, signal } = options;
  const started = clock.elapsed();
  const stubbed = new Set<string>();
  if (catalog !== null) {
    const pieces = renderCatalog(catalog);
    let from = 0;
    while (from < pieces.length) {
      const outcome = await loadStatements(
        database,
        pieces.slice(from).map((piece) => piece.sql),
        signal === undefined ? {} : { signal },
      );
      for (const label of outcome.stubbed) stubbed.add(label);
      if (outcome.failed === null) break;
      const { index, refusal } = outcome.failed;
      const piece = pieces[from + index];
      if (piece === undefined) break;
      if (FOUNDATIONS.has(piece.kind)) {
        throw new ShadowFailure({ code: 'shadow.clone_failed', object: piece.object, message: refusal.message });
      }
      stubbed.add(`${piece.kind} ${piece.object}: ${refusal.message}`);
      from += index + 1;
    }
    await database.execute('reset all', signal);
  }
  const baseline = await introspect(database, { clock, facts: false, signal });
  const differences = catalog === null ? [] : compareCatalogs(catalog, baseline, { ignore: ['extension-versions'] });
  return {
    report: {
      ms: Math.round(clock.elapsed() - started),
      fidelity: differences.length === 0 ? 'exact' : 'partial',
      differences,
      stubbed: [...stubbed].sort(),
    },
    baseline,
  };
}
