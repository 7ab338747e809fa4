import type { DatabaseType } from '../../catalog/catalog.ts';
import { type CatalogLookup, firstFound } from '../catalog-lookup.ts';
import { qualifiedName } from '../qualified-name.ts';
import { builtinTypes } from '../type-change.ts';
import { parseType, type TypeRef } from '../type-name.ts';
import type { TypedColumn } from './scope.ts';

/**
 * Types of values in queries are texts: the server's own name (`int4`), the dotted name of a type that people made, `[]`
 * behind either for an array, `unknown` for what takes the type of its place (a text, NULL, a parameter), null where it
 * cannot be told.
 */
export type Types = {
  /** The type that a written one is; undefined where there is none of the name. */
  readonly written: (type: TypeRef) => string | null | undefined;
  /** The type of a column, as `format_type` says it. */
  readonly formatted: (text: string) => string | null;
  /** What a domain is of; any other type itself. */
  readonly base: (type: string | null) => string | null;
  /** The type by its name here, when people made it. */
  readonly made: (type: string) => DatabaseType | undefined;
  /** The fields of a composite type or of a table's row; null for what has none. */
  readonly fields: (type: string | null) => readonly TypedColumn[] | null;
};

/** Types that have operators of their own and are not looked into. */
const furtherBuiltins: ReadonlySet<string> = new Set(
  `aclitem any anyarray anyelement cardinal_number cstring gtsvector information_schema int2vector json jsonpath oidvector
  pg_snapshot record refcursor regcollation regoper regoperator tid trigger txid_snapshot unknown void xid8`
    .trim()
    .split(/\s+/),
);

/** Reads types as a session with the search path would. */
export function typesIn(lookup: CatalogLookup, searchPath: readonly string[]): Types {
  const made = (type: string): DatabaseType | undefined => {
    const ref = type.includes('.') ? parseType(type) : null;
    return ref === null || ref.schema === null || ref.array
      ? undefined
      : lookup.type({ schema: ref.schema, name: ref.name });
  };
  const written = (type: TypeRef): string | null | undefined => {
    const suffix = type.array ? '[]' : '';
    if (type.schema === null && (builtinTypes.has(type.name) || furtherBuiltins.has(type.name)))
      return `${type.name}${suffix}`;
    const found = firstFound(type, searchPath, (name) => lookup.type(name) ?? lookup.table(name) ?? lookup.view(name));
    return found === undefined ? undefined : `${qualifiedName(found)}${suffix}`;
  };
  const formatted = (text: string): string | null => {
    const type = text === '' ? null : parseType(text);
    return type === null ? null : (written(type) ?? null);
  };
  const base = (type: string | null): string | null => {
    const domain = type === null ? undefined : made(type);
    return domain?.kind === 'domain' ? base(formatted(domain.baseType)) : type;
  };
  return {
    written,
    formatted,
    base,
    made,
    fields: (type) => {
      const of = base(type);
      const ref = of?.includes('.') === true ? parseType(of) : null;
      if (of === null || ref === null || ref.schema === null || ref.array) return null;
      const name = { schema: ref.schema, name: ref.name };
      const composite = made(of);
      const columns =
        composite?.kind === 'composite'
          ? composite.attributes
          : (lookup.table(name)?.columns ?? lookup.view(name)?.columns);
      return columns?.map((column) => ({ name: column.name, type: formatted(column.type) })) ?? null;
    },
  };
}
