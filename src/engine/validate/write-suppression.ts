/** What a person says when they accept a finding: why, and until which day (`YYYY-MM-DD`), null for good. */
export type Acceptance = { readonly rule: string; readonly reason: string; readonly until: string | null };

/** The comment that leaves one rule out for the statement below it. */
export const suppressionComment = ({ rule, reason, until }: Acceptance): string =>
  `-- lockstep:ignore ${rule} ${reason.replace(/\s+/g, ' ').trim()}${until === null ? '' : ` until ${until}`}`;

/**
 * The text with that comment above the statement that starts at a line and column, both from 1; nothing else changes. A
 * statement that stands behind another one on its line gets a line of its own.
 */
export function writeSuppression(
  text: string,
  statement: { readonly line: number; readonly column: number },
  acceptance: Acceptance,
): string {
  const lines = text.split('\n');
  const line = lines[statement.line - 1] ?? '';
  const before = line.slice(0, statement.column - 1);
  const rest = line.slice(statement.column - 1);
  const comment = suppressionComment(acceptance);
  const written =
    before.trim() === '' ? [`${before}${comment}`, `${before}${rest}`] : [before.trimEnd(), comment, rest];
  return [...lines.slice(0, statement.line - 1), ...written, ...lines.slice(statement.line)].join('\n');
}
