import { tokensOf } from '../sql/tokens.ts';

/** A routine's name as it is, which may hold brackets itself, and the list of its arguments. */
export function splitSignature(signature: string): { readonly name: string; readonly arguments: string } {
  let depth = 0;
  let quoted = false;
  let at = signature.length - 1;
  // From the end, where the list closes: quotes are doubled inside of quotes, so that they can be read backwards.
  for (; at > 0; at -= 1) {
    const character = signature[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === ')') depth += 1;
    else if (!quoted && character === '(') depth -= 1;
    if (depth === 0) break;
  }
  return { name: signature.slice(0, at), arguments: signature.slice(at + 1, -1) };
}

/**
 * Arguments the way statements about any kind of routine name them: those that an ordered-set aggregate sorts by follow
 * the others, and a list of any length that it takes twice is named once.
 */
export function plainArguments(written: string): string {
  const tokens = tokensOf(written).filter(({ kind }) => kind === 'word');
  const order = tokens.find(
    ({ start }) => written.startsWith('ORDER BY ', start) && (start === 0 || written[start - 1] === ' '),
  );
  if (order === undefined) return written;
  const direct = written.slice(0, order.start).trim();
  const sorted = written.slice(order.start + 'ORDER BY '.length);
  if (direct === '') return sorted;
  return direct.endsWith(sorted) && sorted.startsWith('VARIADIC ') ? direct : `${direct}, ${sorted}`;
}
