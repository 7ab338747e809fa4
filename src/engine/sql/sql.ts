import type { ObjectName } from '../catalog/catalog.ts';
import { qualifiedName } from './qualified-name.ts';
import { quoteIdentifier } from './quote-identifier.ts';
import { quoteLiteral } from './quote-literal.ts';
import { tokensOf } from './tokens.ts';

declare const sqlBrand: unique symbol;

/** A piece of SQL that was put together safely; only the functions of this file make one. */
export type Sql = { readonly text: string; readonly [sqlBrand]: true };

const brand = (text: string): Sql => ({ text }) as Sql;

/**
 * Puts SQL together: holes take only other `Sql` values, so a plain string, which might be anything, does not compile.
 */
export function sql(strings: TemplateStringsArray, ...holes: readonly Sql[]): Sql {
  let text = strings[0] ?? '';
  holes.forEach((hole, index) => {
    // Two minus signs would begin a comment.
    const gap = text.endsWith('-') && hole.text.startsWith('-') ? ' ' : '';
    text += gap + hole.text + (strings[index + 1] ?? '');
  });
  return brand(text);
}

/** One name, quoted where needed. */
export const identifier = (name: string): Sql => brand(quoteIdentifier(name));

/** A name with its schema, each quoted where needed. */
export const qualified = (object: ObjectName): Sql => brand(qualifiedName(object));

/** A constant. Throws on a number that SQL has no literal for (NaN, infinity). */
export function literal(value: string | number | bigint | boolean | null): Sql {
  if (value === null) return brand('NULL');
  if (typeof value === 'string') return brand(quoteLiteral(value));
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`no SQL literal for ${value}`);
  return brand(typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value));
}

/** Joins pieces with a separator, `, ` unless told otherwise. */
export const joinSql = (pieces: readonly Sql[], separator: Sql = brand(', ')): Sql =>
  brand(pieces.map((piece) => piece.text).join(separator.text));

/**
 * A fragment that PostgreSQL itself wrote (`format_type`, `pg_get_expr`, `pg_get_constraintdef`, a parsed statement's
 * own text). Throws unless it stays one fragment wherever it is put: quotes and brackets closed, no semicolon outside
 * them, no comment.
 */
export function rendered(fragment: string): Sql {
  const open: string[] = [];
  const closes: Readonly<Record<string, string>> = { '(': ')', '[': ']' };
  // An unfinished quote swallows whatever follows it, here a space.
  const unfinished = tokensOf(`${fragment} `).at(-1)?.kind !== 'space';
  for (const token of tokensOf(fragment)) {
    const text = fragment.slice(token.start, token.end);
    if (token.kind === 'comment' || text === ';' || text === '\0') throw new Error('not one fragment of SQL');
    const close = closes[text];
    if (close !== undefined) open.push(close);
    else if ((text === ')' || text === ']') && open.pop() !== text) throw new Error('not one fragment of SQL');
  }
  if (unfinished || open.length > 0) throw new Error('not one fragment of SQL');
  return brand(fragment);
}

/** The text to send or to write into a file. */
export const toText = (piece: Sql): string => piece.text;
