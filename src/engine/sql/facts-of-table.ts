import type { ObjectName } from '../catalog/catalog.ts';
import type { Facts } from '../catalog/facts.ts';
import { qualifiedName } from './qualified-name.ts';
import { keyOf } from './table-index.ts';

type TableFacts = Facts['tables'][number];

const sorted = new WeakMap<Facts, ReadonlyMap<string, TableFacts>>();

/** What the server has counted of a table, named by its identity or as effects name it; facts are sorted by name once. */
export function factsOfTable(facts: Facts, table: ObjectName | string): TableFacts | undefined {
  let known = sorted.get(facts);
  if (known === undefined) {
    known = new Map(
      facts.tables.flatMap((counted): [string, TableFacts][] => [
        [keyOf(counted), counted],
        [qualifiedName(counted), counted],
      ]),
    );
    sorted.set(facts, known);
  }
  return known.get(typeof table === 'string' ? table : keyOf(table));
}
