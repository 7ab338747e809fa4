import { qualifiedName } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';
import type { DefinedObject } from './catalog.ts';

/** Kinds whose `name` is a piece of SQL already, such as a cast's two types or an operator with its operands. */
const namedInSql: ReadonlySet<string> = new Set([
  'rule',
  'operator',
  'operator class',
  'operator family',
  'cast',
  'transform',
  'user mapping',
  'security label',
  'setting',
]);

/** True when the object's `name` is to be written as it is. */
export const isNamedInSql = (other: Pick<DefinedObject, 'kind'>): boolean => namedInSql.has(other.kind);

/** The dotted path of an object that is kept as its statement. */
export function otherObjectPath(other: DefinedObject): string {
  const { schema, name } = other;
  if (isNamedInSql(other)) return schema === '' ? name : `${quoteIdentifier(schema)}.${name}`;
  return schema === '' ? quoteIdentifier(name) : qualifiedName(other);
}
