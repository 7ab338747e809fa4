import { tokensOf } from '../sql/tokens.ts';
import type { TextEdit } from './rule.ts';

/** The comments in a range that an edit takes away together with words, and does not write again. */
function lostComments(source: string, { start, end, text }: TextEdit): readonly string[] {
  const tokens = tokensOf(source, start, end).filter(({ kind }) => kind !== 'space');
  if (tokens.every(({ kind }) => kind === 'comment')) return [];
  return tokens
    .filter(({ kind }) => kind === 'comment')
    .map((token) => source.slice(token.start, token.end))
    .filter((comment) => !text.includes(comment));
}

/** What an edit puts in its range: its text, behind the comments that stood there, and never in a comment before it. */
function putBy(source: string, edit: TextEdit): string {
  const { start, end, text } = edit;
  if (start === end) return text;
  const line = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
  const endsComment = line.includes('--') && /^[^\S\n]*\n/.test(source.slice(start, end)) && !text.startsWith('\n');
  const comments = lostComments(source, edit).map((comment) =>
    comment.startsWith('--') ? `${comment.trimEnd()}\n` : `${comment} `,
  );
  return [...(endsComment ? ['\n'] : []), ...comments, text].join('');
}

/**
 * The text after all edits, with the line ends that it has; edits may stand in any order and must not overlap. Comments
 * inside what is edited are kept.
 */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string => {
  const lineEnd = text.includes('\r\n') && !/(?<!\r)\n/.test(text) ? '\r\n' : '\n';
  let result = text;
  const fromTheEnd = edits
    .map((edit, order) => ({ edit, order }))
    .toSorted((a, b) => b.edit.start - a.edit.start || b.edit.end - a.edit.end || b.order - a.order);
  for (const { edit } of fromTheEnd) {
    const put = putBy(text, edit).replaceAll(/\r?\n/g, lineEnd);
    result = result.slice(0, edit.start) + put + result.slice(edit.end);
  }
  return result;
};
