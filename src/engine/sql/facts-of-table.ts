import type { Facts } from '../catalog/facts.ts';
import { qualifiedName } from './qualified-name.ts';

type TableFacts = Facts['tables'][number];

const byName = new WeakMap<Facts, ReadonlyMap<string, TableFacts>>();

/** What the server has counted of a table, which is named as effects name it; the facts are sorted by name once. */
export function factsOfTable(facts: Facts, relation: string): TableFacts | undefined {
  let known = byName.get(facts);
  if (known === undefined) {
    known = new Map(facts.tables.map((counted) => [qualifiedName(counted), counted]));
    byName.set(facts, known);
  }
  return known.get(relation);
}
