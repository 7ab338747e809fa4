import { quoteIdentifier } from '../sql/quote-identifier.ts';
import { tokensOf } from '../sql/tokens.ts';

const nameOfToken = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();

/**
 * A definition that the server wrote (of an index, a check, a foreign key) with a column of another name in it. What is a
 * type, a collation, a function or an order of NULLs, or stands behind a dot, is no column.
 */
export function renamedIn(definition: string, column: string, name: string): string {
  const tokens = tokensOf(definition).filter(({ kind }) => kind !== 'space');
  const textOf = (index: number): string => {
    const token = tokens[index];
    return token === undefined ? '' : definition.slice(token.start, token.end);
  };
  let result = '';
  let end = 0;
  tokens.forEach((token, index) => {
    const isName = token.kind === 'word' || token.kind === 'quoted identifier';
    const before = textOf(index - 1);
    const follows = textOf(index + 1);
    const elsewhere = /^(?:\.|:|::|collate|nulls|time)$/i.test(before) || /^(?:\(|\.|first|last)$/i.test(follows);
    if (!isName || elsewhere) return;
    if (nameOfToken(textOf(index)) !== column) return;
    result += definition.slice(end, token.start) + quoteIdentifier(name);
    end = token.end;
  });
  return result + definition.slice(end);
}
