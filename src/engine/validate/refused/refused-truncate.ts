import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { all, as, nameOf } from '../../sql/nodes.ts';
import { keyOf } from '../../sql/table-index.ts';
import { withParents } from '../../sql/with-parents.ts';
import type { CheckContext } from '../rule.ts';
import { shown } from '../wording.ts';
import type { Refusal } from './refusal.ts';

/** A `TRUNCATE` of a table that another one, which is not emptied with it, points at. */
export const refusedTruncate = (context: CheckContext): readonly Refusal[] => {
  const { database, hasCatalog, isUncertain, source, statement } = context;
  const truncate = as(statement.node, 'TruncateStmt');
  if (truncate === undefined || !hasCatalog || truncate.behavior === 'DROP_CASCADE') return [];
  const lookup = catalogLookup(database.catalog);
  const named = all(truncate.relations, 'RangeVar').map((relation) => {
    const written = nameOf(relation);
    const name = database.resolve(written);
    return { written, emptied: relation.inh === true ? [name, ...lookup.descendantsOf(name)] : [name] };
  });
  const together = new Set(named.flatMap(({ emptied }) => emptied.map(keyOf)));
  return named.flatMap(({ written, emptied }) => {
    const pointing = emptied
      .flatMap((table) => withParents(lookup, table))
      .flatMap((table) => lookup.referencesTo(table))
      .find(({ table }) => !together.has(keyOf(table)) && !isUncertain(table));
    if (pointing === undefined) return [];
    const reason = `${shown(pointing.table)} has a foreign key to ${shown(written)}, and is not emptied with it`;
    return [{ range: source.identifier(written.name) ?? source.range, sqlstate: '0A000', reason }];
  });
};
