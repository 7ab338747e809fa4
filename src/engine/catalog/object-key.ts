import { quoteIdentifier } from '../sql/quote-identifier.ts';

/**
 * What tells an object from every other of its catalog, in the words of the dependency graph: `name` is that of the
 * object, of a routine with its arguments, of what belongs to a relation as `memberName` says.
 */
export const objectKey = (kind: string, schema: string, name: string): string => `${kind}\0${schema}\0${name}`;

/** The name of a column, constraint, trigger, policy or rule in the dependency graph. */
export const memberName = (relation: string, member: string): string =>
  `${quoteIdentifier(relation)}.${quoteIdentifier(member)}`;
