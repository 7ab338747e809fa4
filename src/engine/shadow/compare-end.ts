import type { Catalog } from '../catalog/catalog.ts';
import { compareCatalogs } from '../catalog/compare.ts';
import type { Difference } from '../catalog/difference.ts';
import { type DifferenceGroup, groupDifferences } from '../catalog/group-differences.ts';
import { type Ignorable, whatCopiesDifferIn } from '../catalog/ignorable.ts';
import { onlySchemas } from '../catalog/only-schemas.ts';
import { type RenameCandidate, renameCandidates } from '../catalog/rename-candidates.ts';
import { withoutLedgers } from '../catalog/without-ledgers.ts';
import { asOnTarget } from './as-on-target.ts';

/** What a folder of migrations and a database disagree on, from the folder's end to the database. */
export type EndComparison = {
  readonly differences: readonly Difference[];
  readonly groups: readonly DifferenceGroup[];
  readonly candidates: readonly RenameCandidate[];
  /** The ledgers of migration tools in the database, which were left out. */
  readonly ledgers: readonly string[];
  readonly ignored: readonly Ignorable[];
};

/** A throw-away database has the newest versions of extensions, and the target those of the day it was made. */
const alwaysIgnored: readonly Ignorable[] = [...whatCopiesDifferIn, 'extension-versions'];

/**
 * Compares what a chain of migrations ends in with a database that should be the same: as the older of the two servers
 * would have both, without what belongs to the place and not to the schema. With `schemas` the database was read so that it
 * has only those.
 */
export function compareEnd(
  end: Catalog,
  database: Catalog,
  { ignore, schemas }: { readonly ignore: readonly Ignorable[]; readonly schemas?: readonly string[] | undefined },
): EndComparison {
  const older = {
    major: Math.floor(Math.min(end.server.version, database.server.version) / 10_000),
    isAssumed: false,
  };
  const { catalog, ledgers } = withoutLedgers(asOnTarget(database, older), end);
  const made = asOnTarget(schemas === undefined ? end : onlySchemas(end, schemas), older);
  const ignored = [...new Set([...alwaysIgnored, ...ignore])];
  const differences = compareCatalogs(made, catalog, { ignore: ignored });
  return {
    differences,
    groups: groupDifferences(differences, made, catalog),
    candidates: renameCandidates(made, catalog, { ignore: ignored }),
    ledgers,
    ignored,
  };
}
