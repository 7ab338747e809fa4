import type { Catalog, DatabaseType } from '../../catalog/catalog.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { parseType } from '../../sql/type-name.ts';

/** A column's type with what the catalog knows of it; `name` is the server's own (`int4`, `varchar`). */
export type KnownType =
  | { readonly kind: 'scalar'; readonly name: string; readonly modifiers: readonly number[] }
  | { readonly kind: 'array'; readonly element: KnownType }
  | { readonly kind: 'enum'; readonly labels: readonly string[] }
  | { readonly kind: 'domain'; readonly base: KnownType; readonly domain: Extract<DatabaseType, { kind: 'domain' }> }
  | { readonly kind: 'composite'; readonly attributes: readonly { readonly name: string; readonly type: KnownType }[] }
  | { readonly kind: 'range'; readonly subtype: KnownType; readonly multirange: boolean };

const ranges: Readonly<Record<string, string>> = {
  int4range: 'int4',
  int8range: 'int8',
  numrange: 'numeric',
  daterange: 'date',
  tsrange: 'timestamp',
  tstzrange: 'timestamptz',
};

function named(catalog: Catalog, schema: string | null, name: string): DatabaseType | undefined {
  if (schema !== null) return catalogLookup(catalog).type({ schema, name });
  return catalog.types.find((type) => type.name === name);
}

/** What a type is, from what `format_type` says of it; null when it is not a type's name. */
export function knownType(catalog: Catalog, text: string, depth = 0): KnownType | null {
  const type = parseType(text);
  // A composite type cannot hold itself, but its arrays can.
  if (type === null || depth > 6) return null;
  if (type.array) {
    const element = knownType(catalog, text.replace(/(?:\[\d*\])+$/, ''), depth + 1);
    return element === null ? null : { kind: 'array', element };
  }
  const found = named(catalog, type.schema, type.name);
  if (found === undefined) {
    const single = type.name.replace(/multirange$/, 'range');
    const subtype = ranges[single];
    if (subtype !== undefined) {
      const inner: KnownType = { kind: 'scalar', name: subtype, modifiers: [] };
      return { kind: 'range', subtype: inner, multirange: single !== type.name };
    }
    const custom = single === type.name ? undefined : named(catalog, type.schema, single);
    if (custom?.kind === 'range') {
      const inner = knownType(catalog, custom.subtype, depth + 1);
      return inner === null ? null : { kind: 'range', subtype: inner, multirange: true };
    }
    return { kind: 'scalar', name: type.name, modifiers: type.modifiers };
  }
  switch (found.kind) {
    case 'enum':
      return { kind: 'enum', labels: found.labels };
    case 'domain': {
      const base = knownType(catalog, found.baseType, depth + 1);
      return base === null ? null : { kind: 'domain', base, domain: found };
    }
    case 'composite': {
      const attributes = found.attributes.flatMap(({ name, type: text }) => {
        const inner = knownType(catalog, text, depth + 1);
        return inner === null ? [] : [{ name, type: inner }];
      });
      return attributes.length === found.attributes.length ? { kind: 'composite', attributes } : null;
    }
    case 'range': {
      const subtype = knownType(catalog, found.subtype, depth + 1);
      return subtype === null ? null : { kind: 'range', subtype, multirange: false };
    }
    default:
      return { kind: 'scalar', name: type.name, modifiers: type.modifiers };
  }
}
