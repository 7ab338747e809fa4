import { lazy } from './lazy.ts';

/** Where a character stands: both count from 1, the column in UTF-16 units as editors do. */
export type LineColumn = { readonly line: number; readonly column: number };

/**
 * Translates positions in one text. The parser counts UTF-8 bytes, PostgreSQL's error cursor counts characters (code
 * points), everything else in Lockstep counts UTF-16 units from 0. Positions outside the text are clamped to it.
 */
export type Offsets = {
  readonly fromByte: (byte: number) => number;
  readonly fromCharacter: (character: number) => number;
  /** The UTF-8 byte that an offset in UTF-16 units stands at. */
  readonly toByte: (offset: number) => number;
  readonly lineColumn: (offset: number) => LineColumn;
};

/** The last index whose value is at most `wanted`; -1 when there is none. */
function lastAtMost(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** One character outside ASCII. */
const outsideAscii = /[^\0-\x7f]/gu;

/**
 * Indexes a text once: memory grows with its lines and with its characters outside ASCII only, and each look-up is a
 * binary search.
 */
export function createOffsets(text: string): Offsets {
  const lineStarts = lazy(() => {
    const starts = [0];
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    return starts;
  });
  // For every character outside ASCII: where the text goes on after it, in each of the three ways of counting.
  const afterUnits: number[] = [];
  const afterBytes: number[] = [];
  const afterCharacters: number[] = [];
  let bytes = 0;
  let characters = 0;
  let counted = 0;
  for (const match of text.matchAll(outsideAscii)) {
    const plain = match.index - counted;
    const code = match[0].codePointAt(0) ?? 0;
    bytes += plain + (code < 0x800 ? 2 : code > 0xffff ? 4 : 3);
    characters += plain + 1;
    counted = match.index + match[0].length;
    afterUnits.push(counted);
    afterBytes.push(bytes);
    afterCharacters.push(characters);
  }
  const clamp = (offset: number) => Math.min(Math.max(offset, 0), text.length);
  const from = (after: readonly number[], position: number) => {
    const index = lastAtMost(after, position);
    if (index < 0) return clamp(position);
    // Between two characters outside ASCII all three counts go in step, except inside such a character itself.
    const next = afterUnits[index + 1];
    const unit = (afterUnits[index] ?? 0) + (position - (after[index] ?? 0));
    return clamp(next === undefined ? unit : Math.min(unit, next));
  };
  return {
    fromByte: (byte) => from(afterBytes, byte),
    fromCharacter: (character) => from(afterCharacters, character),
    toByte: (offset) => {
      const at = clamp(offset);
      const index = lastAtMost(afterUnits, at);
      return index < 0 ? at : (afterBytes[index] ?? 0) + at - (afterUnits[index] ?? 0);
    },
    lineColumn: (offset) => {
      const at = clamp(offset);
      const starts = lineStarts();
      const line = lastAtMost(starts, at);
      return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
    },
  };
}
