import type { Catalog, DatabaseType } from '../../catalog/catalog.ts';

/** A text in which a dotted name is another, not where it is the end or the beginning of a longer one. */
function withName(text: string, from: string, to: string): string {
  if (!text.includes(from)) return text;
  const escaped = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const end = from.endsWith('.') ? '' : '(?![\\w$".])';
  return text.replace(new RegExp(`(?<![\\w$".])${escaped}${end}`, 'gu'), () => to);
}

function retypeType(type: DatabaseType, name: (text: string) => string): DatabaseType {
  switch (type.kind) {
    case 'domain':
      return { ...type, baseType: name(type.baseType) };
    case 'composite':
      return { ...type, attributes: type.attributes.map((own) => ({ ...own, type: name(own.type) })) };
    case 'range':
      return { ...type, subtype: name(type.subtype) };
    case 'enum':
      return type;
  }
}

/**
 * A catalog in which a type is called by another name wherever something has it: columns, attributes, domains, ranges,
 * arguments. `from` and `to` are dotted and quoted as catalogs write types; with a dot at their ends all types of a schema.
 */
export function retype(catalog: Catalog, from: string, to: string): Catalog {
  const name = (text: string): string => withName(text, from, to);
  const column = <T extends { readonly type: string }>(own: T): T =>
    own.type.includes(from) ? { ...own, type: name(own.type) } : own;
  const owner = <T extends { readonly columns: readonly { readonly type: string }[] }>(own: T): T =>
    own.columns.some(({ type }) => type.includes(from)) ? { ...own, columns: own.columns.map(column) } : own;
  return {
    ...catalog,
    tables: catalog.tables.some((table) => owner(table) !== table) ? catalog.tables.map(owner) : catalog.tables,
    views: catalog.views.map(owner),
    types: catalog.types.map((type) => retypeType(type, name)),
    routines: catalog.routines.map((routine) => ({
      ...routine,
      arguments: name(routine.arguments),
      result: routine.result === null ? null : name(routine.result),
    })),
  };
}
