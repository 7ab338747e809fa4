import type { WrittenName } from '../sql/nodes.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';

/** A name as a person would write it: the schema only where it was written or matters, quotes only where needed. */
export const shown = ({ schema, name }: WrittenName): string => {
  if (name === '') return '""';
  return schema === null || schema === ''
    ? quoteIdentifier(name)
    : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
};

/** An object's name without the schema that everybody has on the search path. */
export const shownObject = (object: { readonly schema: string; readonly name: string }): string =>
  shown({ schema: object.schema === 'public' ? null : object.schema, name: object.name });

/** `a`, `a and b`, `a, b and c`. */
export const listInWords = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

/** So many are named in a message; of the rest the number is enough. */
const named = 4;

/** The first few in words, and how many more there are. */
export const someInWords = (items: readonly string[]): string =>
  items.length <= named + 1
    ? listInWords(items)
    : `${items.slice(0, named).join(', ')} and ${items.length - named} more`;

/** The names as SQL writes a column list. */
export const columnList = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ');
