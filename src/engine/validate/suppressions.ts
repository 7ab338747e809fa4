import { looksLike } from '../plan/read/same-name.ts';
import type { Script, Statement } from '../sql/parser.ts';
import { type Token, tokensOf } from '../sql/tokens.ts';
import type { SourceRange } from './statement-source.ts';

/** A request in the file to leave one rule out for one statement, as it is written. */
export type Suppression = {
  readonly rule: string;
  readonly reason: string;
  /** The last day on which it holds, as it is written; null: for good. */
  readonly until: string | null;
  /** Index of the statement below it; null when no statement follows. */
  readonly statement: number | null;
  /** Where it stands, if not on a line above a statement. */
  readonly misplaced: 'inside' | 'behind' | null;
  readonly range: SourceRange;
};

const marker = /lockstep\s*[:-]\s*(?<verb>[a-z][\w-]*)[ \t]*(?<rest>(?:(?!lockstep\s*[:-]\s*[a-z])[^\n\r])*)/gi;
const expiry = /(?:^|\s)until\s+(?<day>\d[\d./-]*)\s*$/i;

type Place = Pick<Suppression, 'statement' | 'misplaced'>;

const readComment = (text: string, token: Token, place: Place): readonly Suppression[] => {
  const comment = text.slice(token.start, token.end);
  return [...comment.matchAll(marker)].flatMap((match): Suppression[] => {
    const { verb = '', rest: written = '' } = match.groups ?? {};
    // Prose may name the product; what stands at the beginning of a line of the comment is meant for it.
    const opens = /^(?:--|\/\*|\s|\*|-)*$/.test(comment.slice(0, match.index).replace(/^.*[\n\r]/s, ''));
    const isExact = match[0].startsWith('lockstep:ignore') && verb === 'ignore';
    if (!isExact && !opens) return [];
    const start = token.start + match.index;
    const range = { start, end: start + match[0].replace(/[\s-]*(?:\*\/)?\s*$/, '').length };
    if (!isExact) return [{ rule: '', reason: '', until: null, ...place, range }];
    const rest = written.replace(/\*\/\s*$/, '').trim();
    const day = expiry.exec(rest)?.groups?.['day'] ?? null;
    const words = (day === null ? rest : rest.replace(expiry, '')).replace(/[\s-]+$/, '').trim();
    const named = words.split(/\s+/)[0] ?? '';
    const reason = words
      .slice(named.length)
      .replace(/^[\s:\u2013\u2014-]+/, '')
      .trim();
    return [{ rule: named.replace(/:$/, ''), reason, until: day, ...place, range }];
  });
};

/**
 * Reads the comments `-- lockstep:ignore <rule-id> reason … [until YYYY-MM-DD]` that stand directly above a statement, and
 * those that stand elsewhere or are meant as one, so that they can be told. A text in quotes is no comment.
 */
export const suppressionsIn = (script: Script): readonly Suppression[] => {
  const { text, statements } = script;
  if (!/lockstep\s*[:-]/i.test(text)) return [];
  const found: Suppression[] = [];
  const read = (from: number, to: number, placeOf: (token: Token) => Place): void => {
    for (const token of tokensOf(text, from, to))
      if (token.kind === 'comment') found.push(...readComment(text, token, placeOf(token)));
  };
  let before: Statement | undefined;
  for (const statement of [...statements, undefined]) {
    const end = before?.end ?? 0;
    const index = statement?.index ?? null;
    read(end, statement?.start ?? text.length, ({ start }) => {
      const isBehind = before !== undefined && !text.slice(end, start).includes('\n');
      const isAbove = statement === undefined || text.slice(start, statement.start).includes('\n');
      return { statement: index, misplaced: isBehind && isAbove ? 'behind' : null };
    });
    if (statement !== undefined)
      read(statement.start, statement.end, () => ({ statement: index, misplaced: 'inside' }));
    before = statement;
  }
  return found;
};

/** True for a day of the calendar, written as `YYYY-MM-DD`. */
const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** What is wrong with a suppression on a given day (`YYYY-MM-DD`), in words; null when it holds. */
export const faultOf = (
  { rule, reason, until, statement, misplaced }: Suppression,
  known: ReadonlySet<string>,
  today: string,
): string | null => {
  if (rule === '') return 'is not understood: it is written "lockstep:ignore", a rule and a reason';
  if (!known.has(rule)) {
    const near = [...known].find((id) => looksLike(rule, id));
    return `names the rule "${rule}", which does not exist${near === undefined ? '' : `; did you mean "${near}"?`}`;
  }
  if (reason === '') return `gives no reason for leaving out ${rule}`;
  if (until !== null && !isDay(until)) return `ends on "${until}", which is no day: it is written YYYY-MM-DD`;
  if (until !== null && until < today) return `expired on ${until}, so ${rule} is checked again`;
  if (misplaced === 'inside') return 'stands inside a statement: it holds on a line of its own above one';
  if (misplaced === 'behind' || statement === null)
    return misplaced === 'behind' && statement !== null
      ? 'stands behind a statement: it holds on a line of its own above one'
      : 'stands above no statement';
  return null;
};
