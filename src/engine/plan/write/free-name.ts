import type { Catalog } from '../../catalog/catalog.ts';

const bytes = (text: string): number => {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return count;
};

const longest = 63;

function cut(text: string, limit: number): string {
  let kept = '';
  for (const character of text) {
    if (bytes(kept + character) > limit) break;
    kept += character;
  }
  return kept;
}

/** Cuts a name to the 63 bytes that PostgreSQL keeps, always leaving the suffix. */
export function fitName(stem: string, suffix: string): string {
  return `${cut(stem, longest - bytes(suffix))}${suffix}`;
}

/** A name that no relation of the schema has, like the ones PostgreSQL gives: `orders_customer_id_idx`. */
export function freeRelationName(catalog: Catalog, schema: string, parts: readonly string[], suffix: string): string {
  const taken = new Set<string>();
  for (const relation of [...catalog.tables, ...catalog.views]) {
    if (relation.schema !== schema) continue;
    taken.add(relation.name);
    for (const index of relation.indexes) taken.add(index.name);
  }
  for (const other of [...catalog.sequences, ...catalog.types]) if (other.schema === schema) taken.add(other.name);
  return firstFree(taken, parts, suffix);
}

/** A name that no constraint of the table has. */
export function freeConstraintName(
  table: { readonly constraints: readonly { readonly name: string }[] },
  parts: readonly string[],
  suffix: string,
): string {
  return firstFree(new Set(table.constraints.map((constraint) => constraint.name)), parts, suffix);
}

function firstFree(taken: ReadonlySet<string>, parts: readonly string[], suffix: string): string {
  const stem = parts.join('_');
  for (let number = 0; ; number++) {
    const name = fitName(stem, `_${suffix}${number === 0 ? '' : number}`);
    if (!taken.has(name)) return name;
  }
}
