import { createOffsets, type Offsets } from '../offsets.ts';
import type { Statement } from '../parser.ts';
import { tokenAt } from '../tokens.ts';

/** Reads pieces of a statement's own text by the locations of its parse tree. */
export type SourceText = {
  /**
   * The text from a location up to the comma, semicolon or bracket that ends the element standing there, or up to `until`
   * (another location) when that comes first; without white space and comments around it.
   */
  readonly element: (location: number | undefined, until?: number) => string;
};

/** Prepares one statement's text for reading. */
export function sourceText(statement: Pick<Statement, 'text' | 'byteStart'>): SourceText {
  let offsets: Offsets | null = null;
  const at = (location: number) => {
    offsets ??= createOffsets(statement.text);
    return offsets.fromByte(location - statement.byteStart);
  };
  return {
    element: (location, until) => {
      const start = at(location ?? 0);
      const limit = until === undefined ? statement.text.length : at(until);
      let depth = 0;
      let end = start;
      for (
        let token = tokenAt(statement.text, start);
        token.start < limit;
        token = tokenAt(statement.text, token.end)
      ) {
        const symbol = token.kind === 'symbol' ? statement.text[token.start] : '';
        if (symbol === '(' || symbol === '[') depth += 1;
        if (symbol === ')' || symbol === ']') depth -= 1;
        if (depth < 0 || (depth === 0 && (symbol === ',' || symbol === ';'))) break;
        if (token.kind !== 'space' && token.kind !== 'comment') end = token.end;
      }
      return statement.text.slice(start, end);
    },
  };
}

/** The first location inside an expression: where its text begins, give or take an opening bracket. */
export function firstLocation(node: unknown): number | undefined {
  let first: number | undefined;
  const pending: unknown[] = [node];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, content] of Object.entries(value)) {
      if (key === 'location' && typeof content === 'number' && content >= 0) {
        first = first === undefined ? content : Math.min(first, content);
      } else if (typeof content === 'object') pending.push(content);
    }
  }
  return first;
}
