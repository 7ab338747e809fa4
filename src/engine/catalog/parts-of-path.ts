import { tokensOf } from '../sql/tokens.ts';

/** The names that a dotted path is made of, each as it is written; of a routine without its arguments. */
export function partsOfPath(path: string): readonly string[] {
  const parts: string[] = [];
  for (const { kind, start, end } of tokensOf(path)) {
    const text = path.slice(start, end);
    if (text === '(') break;
    if (kind === 'word' || kind === 'quoted identifier') parts.push(text);
  }
  return parts;
}
