import type { Script, Statement } from '../sql/parser.ts';
import { type Token, tokensOf } from '../sql/tokens.ts';
import type { SourceRange } from './statement-source.ts';

/** A request in the file to leave one rule out for one statement, as it is written. */
export type Suppression = {
  readonly rule: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`; null: for good. */
  readonly until: string | null;
  /** Index of the statement below it; null when no statement follows. */
  readonly statement: number | null;
  readonly range: SourceRange;
};

const marker = /lockstep:ignore\b[ \t]*(?<rest>[^\n\r]*)/;
const expiry = /(?:^|\s)until\s+(?<day>\d{4}-\d{2}-\d{2})\s*$/i;

const readComment = (text: string, token: Token, statement: Statement | undefined): Suppression[] => {
  const comment = text.slice(token.start, token.end);
  const match = marker.exec(comment);
  if (match === null) return [];
  const rest = (match.groups?.['rest'] ?? '').replace(/\*\/\s*$/, '').trim();
  const day = expiry.exec(rest)?.groups?.['day'] ?? null;
  const words = (day === null ? rest : rest.replace(expiry, '')).trim();
  const written = words.split(/\s+/)[0] ?? '';
  const rule = written.replace(/:$/, '');
  const start = token.start + match.index;
  return [
    {
      rule,
      reason: words
        .slice(written.length)
        .replace(/^[\s:\u2013\u2014-]+/, '')
        .trim(),
      until: day,
      statement: statement?.index ?? null,
      range: { start, end: start + match[0].replace(/\s*(\*\/)?\s*$/, '').length },
    },
  ];
};

/**
 * Reads the comments `-- lockstep:ignore <rule-id> reason … [until YYYY-MM-DD]` that stand directly above a statement.
 */
export const suppressionsIn = (script: Script): readonly Suppression[] => {
  if (!script.text.includes('lockstep:ignore')) return [];
  const found: Suppression[] = [];
  let from = 0;
  for (const statement of [...script.statements, undefined]) {
    const to = statement?.start ?? script.text.length;
    for (const token of tokensOf(script.text, from, to))
      if (token.kind === 'comment') found.push(...readComment(script.text, token, statement));
    from = statement?.end ?? to;
  }
  return found;
};

/** What is wrong with a suppression on a given day (`YYYY-MM-DD`), in words; null when it holds. */
export const faultOf = (suppression: Suppression, known: ReadonlySet<string>, today: string): string | null => {
  if (suppression.rule === '') return 'names no rule';
  if (!known.has(suppression.rule)) return `names the rule "${suppression.rule}", which does not exist`;
  if (suppression.reason === '') return `gives no reason for leaving out ${suppression.rule}`;
  if (suppression.until !== null && suppression.until < today)
    return `expired on ${suppression.until}, so ${suppression.rule} is checked again`;
  if (suppression.statement === null) return 'stands above no statement';
  return null;
};
