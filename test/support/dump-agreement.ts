import { isDeepStrictEqual } from 'node:util';
import type { Catalog } from '../../src/engine/catalog/catalog.ts';
import type { Difference } from '../../src/engine/catalog/difference.ts';
import { partsOfPath } from '../../src/engine/catalog/parts-of-path.ts';
import { qualifiedName } from '../../src/engine/sql/qualified-name.ts';

type Compared = { readonly before: Catalog; readonly after: Catalog; readonly differences: readonly Difference[] };

/**
 * What a comparison of two catalogs and the dumps of the same two states do not agree on: whether something changed, and
 * which objects did.
 */
export function disagreementWithDump(
  { before, after, differences }: Compared,
  dumpedBefore: readonly string[],
  dumped: readonly string[],
): readonly string[] {
  const [was, is] = [new Set(dumpedBefore), new Set(dumped)];
  const changed = [...dumpedBefore.filter((entry) => !is.has(entry)), ...dumped.filter((entry) => !was.has(entry))];
  if (differences.length === 0) {
    const isListed = !isDeepStrictEqual(before.notModelled, after.notModelled);
    return changed.length === 0 || isListed ? [] : [`only pg_dump sees a change: ${changed.join('\n')}`];
  }
  const seen = differences.filter((difference) => !isOfIdentity(difference, after));
  if (changed.length === 0) return seen.length === 0 ? [] : [`pg_dump sees no change: ${JSON.stringify(seen)}`];
  const text = bare(changed.join('\n'));
  const unseen = seen.filter(
    (difference) =>
      !namesOf(difference).every((name) => text.includes(name)) && !isInherited(difference, [before, after]),
  );
  // A whole that came or went is told without its parts, and what it is like is told in its definition.
  const told = new Set(differences.flatMap((difference) => [...namesOf(difference), ...namesWithin(difference)]));
  const untold = changed.filter((entry) => ![...told].some((name) => bare(entry).includes(name)));
  return [
    ...(unseen.length === 0 ? [] : [`pg_dump does not name ${JSON.stringify(unseen)} in ${changed.join('\n')}`]),
    ...(untold.length === 0 ? [] : [`only pg_dump names ${untold.join('\n')}, beside ${JSON.stringify(differences)}`]),
  ];
}

const bare = (text: string): string => text.replaceAll('"', '');

/** The parts of the path that an object is named by; the words about privileges to come are not names. */
const namesOf = ({ object, kind }: Difference): readonly string[] =>
  kind === 'default privileges' ? ['DEFAULT PRIVILEGES'] : partsOfPath(object).slice(0, 2).map(bare);

const namesWithin = ({ before, after }: Difference): readonly string[] =>
  [before, after].flatMap((text) => (text === null ? [] : partsOfPath(text.slice(0, 100)).map(bare)));

/** The type of an identity column's sequence: pg_dump lets it follow from the column. */
const isOfIdentity = ({ kind, object, attribute }: Difference, { sequences }: Catalog): boolean =>
  kind === 'sequence' &&
  (attribute === 'type' || attribute === 'minimum' || attribute === 'maximum') &&
  sequences.some((sequence) => sequence.ownedBy?.identity === true && qualifiedName(sequence) === object);

/** What comes from a parent is written with the parent alone. */
const isInherited = ({ object }: Difference, catalogs: readonly Catalog[]): boolean =>
  catalogs.some(({ tables }) =>
    tables.some(
      (table) =>
        (table.inherits.length > 0 || table.partitionOf !== null) && object.startsWith(`${qualifiedName(table)}.`),
    ),
  );
