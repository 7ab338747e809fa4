import { quoteIdentifier } from '../../src/engine/sql/quote-identifier.ts';
import type { RandomChoices } from './random-choices.ts';

const beginnings = [
  'order',
  'Order',
  'select',
  'line items',
  'it\'s "odd"',
  'a.b',
  'šířka🐘',
  '--',
  '$1',
  'x',
  'primary',
  'UPPER',
  'abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_12345',
];

/** Names that no other object of the database has, plain and odd ones, as they are (not quoted). */
export function randomNames({ pick, chance }: RandomChoices): () => string {
  let number = 0;
  return () => {
    number += 1;
    return chance(50) ? `thing_${number}` : `${pick(beginnings)}${number}`;
  };
}

/** A name in a schema, quoted for SQL. */
export const path = (schema: string, name: string): string => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
