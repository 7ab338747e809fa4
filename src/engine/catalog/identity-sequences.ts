import { qualifiedName } from '../sql/qualified-name.ts';
import type { Catalog, Sequence } from './catalog.ts';

/** The sequences of identity columns, by dotted path of the table and name of the column. */
export function identitySequences({ sequences }: Catalog): ReadonlyMap<string, ReadonlyMap<string, Sequence>> {
  const found = new Map<string, Map<string, Sequence>>();
  for (const sequence of sequences) {
    if (sequence.ownedBy?.identity !== true) continue;
    const path = qualifiedName(sequence.ownedBy.table);
    const columns = found.get(path);
    if (columns === undefined) found.set(path, new Map([[sequence.ownedBy.column, sequence]]));
    else columns.set(sequence.ownedBy.column, sequence);
  }
  return found;
}
