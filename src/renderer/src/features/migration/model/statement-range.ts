/** A piece of a text in UTF-16 offsets; `to` is exclusive. */
export type TextRange = { readonly from: number; readonly to: number };

/** Offsets of the starts of all lines. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

/** The offset of a line and column that count from 1, kept inside the text. */
export function offsetAt(text: string, starts: readonly number[], line: number, column: number): number {
  const start = starts[Math.min(Math.max(line, 1), starts.length) - 1] ?? 0;
  return Math.min(start + Math.max(column, 1) - 1, text.length);
}

/** Where a statement of a report stands in the text that was reported on. */
export function statementRange(
  text: string,
  starts: readonly number[],
  statement: { readonly line: number; readonly column: number; readonly text: string },
): TextRange {
  const from = offsetAt(text, starts, statement.line, statement.column);
  return { from, to: Math.min(from + statement.text.length, text.length) };
}

/** Where a finding stands; at least one character long, so that it can be seen. */
export function findingRange(
  text: string,
  starts: readonly number[],
  finding: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number },
): TextRange {
  const from = offsetAt(text, starts, finding.line, finding.column);
  const to = offsetAt(text, starts, finding.endLine, finding.endColumn);
  if (to > from) return { from, to };
  return from < text.length ? { from, to: from + 1 } : { from: Math.max(0, from - 1), to: text.length };
}
