import type { ObjectName } from '../catalog/catalog.ts';
import { quoteIdentifier } from '../sql/quote-identifier.ts';

/** True for a default that is `nextval` of the sequence, written with its schema or without. */
export const takesFrom = (expression: string | null, sequence: ObjectName): boolean => {
  const named =
    expression === null ? null : /^nextval\('(?<name>.+)'(?:::regclass)?\)$/.exec(expression)?.groups?.['name'];
  const own = quoteIdentifier(sequence.name);
  return named === own || named === `${quoteIdentifier(sequence.schema)}.${own}`;
};
