import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { DefinedObject } from './catalog.ts';

/** Kinds whose `name` is a piece of SQL already: a table's rule, an operator with its types, a cast's two types. */
const namedInSql: ReadonlySet<string> = new Set(['rule', 'operator', 'cast']);

/** The dotted path of an object that is kept as its statement. */
export function otherObjectPath(other: DefinedObject): string {
  const { kind, schema, name } = other;
  if (namedInSql.has(kind)) return schema === '' ? name : `${quoteIdentifier(schema)}.${name}`;
  return schema === '' ? quoteIdentifier(name) : qualifiedName(other);
}
