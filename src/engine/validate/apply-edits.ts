import type { TextEdit } from './rule.ts';

/** The text after all edits; edits may stand in any order and must not overlap. */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string => {
  let result = text;
  const fromTheEnd = edits
    .map((edit, order) => ({ edit, order }))
    .toSorted((a, b) => b.edit.start - a.edit.start || b.edit.end - a.edit.end || b.order - a.order);
  for (const { edit } of fromTheEnd) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
};
