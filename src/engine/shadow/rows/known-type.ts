import type { Node } from '@pgsql/types';
import type { Catalog, DatabaseType } from '../../catalog/catalog.ts';
import { catalogLookup } from '../../sql/catalog-lookup.ts';
import { parseType } from '../../sql/type-name.ts';
import { checkCondition } from './check-condition.ts';

/** A column's type with what the catalog knows of it; `name` is the server's own (`int4`, `varchar`). */
export type KnownType =
  | {
      readonly kind: 'scalar';
      readonly name: string;
      readonly modifiers: readonly number[];
      /** Which of the guessed texts it reads, where that had to be found out. */
      readonly form?: number;
    }
  | { readonly kind: 'array'; readonly element: KnownType }
  | { readonly kind: 'enum'; readonly labels: readonly string[] }
  | {
      readonly kind: 'domain';
      readonly base: KnownType;
      readonly domain: Extract<DatabaseType, { kind: 'domain' }>;
      readonly checks: readonly Node[];
    }
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

/** Which of the guessed texts each type that is not known here reads, by `format_type`. */
export type TypeForms = ReadonlyMap<string, number>;

const NO_FORMS: TypeForms = new Map();

/** The range that a multirange is made of: by the name that it was given, or the one that follows from the range's. */
function rangeOf(catalog: Catalog, schema: string | null, name: string) {
  return catalog.types.find((type) => {
    if (type.kind !== 'range') return false;
    const follows = type.name.includes('range') ? type.name.replace('range', 'multirange') : `${type.name}_multirange`;
    const given = type.options.find((option) => /^multirange_type_name\b/i.test(option));
    if (given === undefined && schema !== null && type.schema !== schema) return false;
    return (given === undefined ? follows : parseType(given.replace(/^[^=]*=\s*/, ''))?.name) === name;
  }) as Extract<DatabaseType, { kind: 'range' }> | undefined;
}

function composite(
  catalog: Catalog,
  members: readonly { readonly name: string; readonly type: string }[],
  forms: TypeForms,
  depth: number,
): KnownType | null {
  const attributes = members.flatMap(({ name, type }) => {
    const inner = knownType(catalog, type, forms, depth + 1);
    return inner === null ? [] : [{ name, type: inner }];
  });
  return attributes.length === members.length ? { kind: 'composite', attributes } : null;
}

/** What a type is, from what `format_type` says of it; null when it is not a type's name. */
export function knownType(catalog: Catalog, text: string, forms: TypeForms = NO_FORMS, depth = 0): KnownType | null {
  const type = parseType(text);
  // A composite type cannot hold itself, but its arrays can.
  if (type === null || depth > 6) return null;
  if (type.array) {
    const element = knownType(catalog, text.replace(/(?:\[\d*\])+$/, ''), forms, depth + 1);
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
    const row = catalog.tables.find(({ schema, name }) => name === type.name && schema === (type.schema ?? schema));
    if (row !== undefined) return composite(catalog, row.columns, forms, depth);
    const custom = rangeOf(catalog, type.schema, type.name);
    if (custom !== undefined) {
      const inner = knownType(catalog, custom.subtype, forms, depth + 1);
      return inner === null ? null : { kind: 'range', subtype: inner, multirange: true };
    }
    const form = forms.get(text);
    const scalar = { kind: 'scalar' as const, name: type.name, modifiers: type.modifiers };
    return form === undefined ? scalar : { ...scalar, form };
  }
  switch (found.kind) {
    case 'enum':
      return { kind: 'enum', labels: found.labels };
    case 'domain': {
      const base = knownType(catalog, found.baseType, forms, depth + 1);
      const checks = found.constraints.flatMap(({ definition }) => checkCondition(catalog, definition) ?? []);
      return base === null ? null : { kind: 'domain', base, domain: found, checks };
    }
    case 'composite':
      return composite(catalog, found.attributes, forms, depth);
    case 'range': {
      const subtype = knownType(catalog, found.subtype, forms, depth + 1);
      return subtype === null ? null : { kind: 'range', subtype, multirange: false };
    }
    default:
      return { kind: 'scalar', name: type.name, modifiers: type.modifiers };
  }
}
