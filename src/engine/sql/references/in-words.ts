import { quoteIdentifier } from '../quote-identifier.ts';

/** A name of a parse tree for a message: with quotes where it needs them, also where it is empty. */
export const inWords = (name: string): string => (name === '' ? '""' : quoteIdentifier(name));
