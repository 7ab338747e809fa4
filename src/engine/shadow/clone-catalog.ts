import * as z from 'zod';
import type { DeepReadonly } from '../../shared/deep-readonly.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { compareCatalogs } from '../catalog/compare.ts';
import { fingerprintCatalog } from '../catalog/fingerprint.ts';
import type { Ignorable } from '../catalog/ignorable.ts';
import { loader } from '../catalog/render/render-rights.ts';
import { renderCatalog } from '../catalog/render.ts';
import { introspectAgain, type Reading } from '../introspect/introspect.ts';
import type { CancelSignal } from '../ports/cancel.ts';
import type { Clock } from '../ports/clock.ts';
import type { DatabaseLike, ShadowDatabase, ShadowDatabases } from '../ports/shadow-databases.ts';
import { ShadowFailure } from '../ports/shadow-failure.ts';
import { loadStatements } from '../sql/load-statements.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { type ShadowRunReport, shadowRunReportSchema } from './report.ts';
import { makeSharedRoles } from './stand-in-roles.ts';
import { withWordedModifiers } from './worded-modifiers-database.ts';

/** A clone: how it was made, and the reading of the shadow database as it is now. */
export type Clone = { readonly report: ShadowRunReport['clone']; readonly baseline: Reading };

/** Without one of these most of the rest cannot be made, and a proof on what is left would prove nothing. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['schema', 'type', 'enum', 'domain', 'sequence', 'table']);

/** What belongs to a whole server and not to one of its databases; roles are made apart. */
const SHARED: ReadonlySet<string> = new Set(['role', 'subscription']);

/** As many tables are copied as fast as a file with them is read. */
const FEW_TABLES = 30;

const keptSchema = z.object({ report: shadowRunReportSchema.shape.clone, fingerprint: z.string() });

/** What is kept beside the state of a clone, as JSON. */
type Kept = DeepReadonly<z.infer<typeof keptSchema>>;

/** A clone that another process kept, read anew; null when the database does not hold what was said about it. */
async function readKept(
  database: ShadowDatabase,
  about: string,
  { clock, signal }: { readonly clock: Clock; readonly signal?: CancelSignal | undefined },
): Promise<Clone | null> {
  const { report, fingerprint }: Kept = keptSchema.parse(JSON.parse(about));
  const baseline = await introspectAgain(database, null, { clock, facts: false, signal });
  return baseline.catalog.fingerprint === fingerprint ? { report, baseline } : null;
}

/** Clones whose databases are kept, so that only what changes is done again. */
const clonesOf = new WeakMap<ShadowDatabases, Map<string, Clone>>();

/**
 * Opens a database with a clone of the catalog in it: from the state that an earlier call kept, where there is one. The
 * caller closes it. Throws `ShadowFailure`.
 */
export async function openClone(options: {
  readonly databases: ShadowDatabases;
  /** Null opens an empty database. */
  readonly catalog: Catalog | null;
  readonly extensions: readonly string[];
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
  readonly timeoutSeconds?: number | undefined;
  /** Called when the database is open and the clone begins. */
  readonly onOpen?: (() => void) | undefined;
}): Promise<Clone & { readonly database: ShadowDatabase }> {
  const { databases, catalog, extensions, clock, signal, timeoutSeconds } = options;
  const started = clock.elapsed();
  // Computed here: the fingerprint in a snapshot file may be anything.
  const key = catalog === null ? null : [fingerprintCatalog(catalog), ...extensions].join(' ');
  const clones = clonesOf.get(databases) ?? new Map<string, Clone>();
  clonesOf.set(databases, clones);
  // What is no longer in memory comes back, if at all, from a file that another process may have written meanwhile.
  for (const old of [...clones.keys()]) if (!databases.kept.has(old)) clones.delete(old);
  const about = key === null ? null : await databases.recall(key);
  const open = (from: string | null): Promise<ShadowDatabase> =>
    databases.open({
      extensions,
      ...(signal === undefined ? {} : { signal }),
      ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
      ...likeOf(catalog),
      ...(from === null ? {} : { from }),
    });
  let database = await open(about === null ? null : key);
  /** As everybody else sees the database. */
  const shown = (): ShadowDatabase => withWordedModifiers(database, extensions, databases.availableExtensions);
  options.onOpen?.();
  try {
    if (about !== null && key !== null) {
      const known = clones.get(key) ?? (await readKept(shown(), about, { clock, signal }));
      if (known !== null) {
        clones.set(key, known);
        return { ...known, report: { ...known.report, ms: Math.round(clock.elapsed() - started) }, database: shown() };
      }
      await database.close();
      database = await open(null);
    }
    const { availableExtensions } = databases;
    const clone = await cloneCatalog({ database: shown(), catalog, availableExtensions, clock, signal });
    if (key !== null) {
      const kept: Kept = { report: clone.report, fingerprint: clone.baseline.catalog.fingerprint };
      const lasting = (catalog?.tables.length ?? 0) > FEW_TABLES;
      await databases.keep(key, database, { about: JSON.stringify(kept), lasting });
      clones.set(key, clone);
    }
    return { ...clone, database: shown() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** How the copied database writes and sorts texts, where its catalog says so. */
function likeOf(catalog: Catalog | null): { readonly like?: DatabaseLike } {
  const { encoding, collate, ctype } = catalog?.server ?? {};
  if (encoding === undefined || collate === undefined || ctype === undefined) return {};
  return { like: { encoding, collate, ctype } };
}

/** A label where the copy is made by another role than the one that a catalog is rendered for: it owns what that one owns. */
async function ownersThatDiffer(
  database: ShadowDatabase,
  signal: CancelSignal | undefined,
): Promise<readonly string[]> {
  const [row] = await database.query('select current_user::pg_catalog.text as role', [], signal);
  const role = String(row?.['role']);
  return role === loader ? [] : [`owner ${loader}: what it owns belongs to ${quoteIdentifier(role)}`];
}

/**
 * Builds the catalog in an empty shadow database and measures how faithful the copy is, by comparing catalogs, versions of
 * extensions aside. What the database lacks gets a stand-in and is listed. Throws `ShadowFailure`
 * (`shadow.clone_failed`) when a table or what it is made of cannot be built.
 */
async function cloneCatalog(options: {
  readonly database: ShadowDatabase;
  /** Null leaves the database empty. */
  readonly catalog: Catalog | null;
  readonly availableExtensions: readonly string[];
  readonly clock: Clock;
  readonly signal?: CancelSignal | undefined;
}): Promise<Clone> {
  const { database, catalog, availableExtensions, clock, signal } = options;
  const started = clock.elapsed();
  const stubbed = new Set(database.lacks);
  if (catalog !== null) {
    const rendered = renderCatalog(catalog, { tablespaces: false });
    for (const label of await makeSharedRoles(database, rendered)) stubbed.add(label);
    const pieces = database.kind === 'embedded' ? rendered : rendered.filter(({ kind }) => !SHARED.has(kind));
    for (const { kind, object } of rendered) {
      if (database.kind === 'server' && kind === 'subscription') stubbed.add(`subscription ${object}`);
    }
    let from = 0;
    while (from < pieces.length) {
      const outcome = await loadStatements(
        database,
        pieces.slice(from).map((piece) => piece.sql),
        { availableExtensions, ...(signal === undefined ? {} : { signal }) },
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
  const baseline = await introspectAgain(database, null, { clock, facts: false, signal });
  const owners = catalog === null ? [] : await ownersThatDiffer(database, signal);
  for (const label of owners) stubbed.add(label);
  const ignore: readonly Ignorable[] = [
    'extension-versions',
    'tablespaces',
    ...(owners.length > 0 ? (['owner'] as const) : []),
  ];
  const differences = catalog === null ? [] : compareCatalogs(catalog, baseline.catalog, { ignore });
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
