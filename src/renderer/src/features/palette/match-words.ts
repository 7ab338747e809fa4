/** Where a query was found in a text: the parts to emphasise, and how good the match is (higher is better). */
export type Match = { readonly score: number; readonly ranges: readonly (readonly [start: number, end: number])[] };

const isBoundary = (text: string, index: number): boolean => {
  if (index === 0) return true;
  const before = text[index - 1] ?? '';
  const here = text[index] ?? '';
  return /[\s._\-/:#@"]/.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(here));
};

/** Lower case that keeps the length, so that positions stay those of the original text. */
const fold = (text: string): string =>
  [...text].map((char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join('');

function matchWhole(text: string, folded: string, word: string): Match | null {
  let best: Match | null = null;
  for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1)) {
    const score = 100 + word.length * 4 + (isBoundary(text, at) ? 40 : 0) + (at === 0 ? 20 : 0) - at * 0.1;
    if (best === null || score > best.score) best = { score, ranges: [[at, at + word.length]] };
  }
  return best;
}

/** Finds the letters of a word in order, preferring the beginnings of words: `oi` finds `order_items`. */
function matchLetters(text: string, folded: string, word: string): Match | null {
  const ranges: [number, number][] = [];
  let from = 0;
  let score = 0;
  for (const letter of word) {
    let at = -1;
    for (let index = folded.indexOf(letter, from); index !== -1; index = folded.indexOf(letter, index + 1)) {
      if (at === -1) at = index;
      if (isBoundary(text, index)) {
        at = index;
        break;
      }
    }
    if (at === -1) return null;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + letter.length;
    else ranges.push([at, at + letter.length]);
    score += isBoundary(text, at) ? 10 : 1;
    from = at + letter.length;
  }
  // Letters scattered inside words are noise, not a match.
  return score >= word.length * 5 ? { score, ranges } : null;
}

/** Finds every word of the query in the text, in any order and in any case; null when one is missing. An empty query matches. */
export function matchWords(query: string, text: string): Match | null {
  const folded = fold(text);
  let score = -text.length * 0.05;
  const ranges: (readonly [number, number])[] = [];
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const match = matchWhole(text, folded, word) ?? matchLetters(text, folded, word);
    if (match === null) return null;
    score += match.score;
    ranges.push(...match.ranges);
  }
  return { score, ranges: mergeRanges(ranges) };
}

function mergeRanges(ranges: readonly (readonly [number, number])[]): Match['ranges'] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
