import { tokensOf } from '../../engine/sql/tokens.ts';
import type { TransactionMode } from '../../engine/sql/transactions.ts';

/** One direction of a file that holds both, at the places that it has there: what belongs to the other is blank. */
export type Section = {
  readonly text: string;
  /** What stands in the file before and behind it, in the place of which `text` is blank. */
  readonly around: { readonly before: string; readonly after: string };
};

/** A file of a migration tool that keeps both directions in one, and what that tool does with its up. */
export type ToolFile = {
  readonly up: Section;
  readonly down: Section | null;
  readonly transaction: TransactionMode;
};

/**
 * How a tool marks in a comment where a direction begins, and that it runs without a transaction around it. Without an `up`
 * the file begins with it; what could be anybody's comment counts only where there is a mark for the down too.
 */
type Marks = {
  readonly up: RegExp | null;
  readonly down: RegExp;
  readonly alone?: RegExp;
  readonly needsDown?: true;
};

const tools: readonly Marks[] = [
  // dbmate
  { up: /^--\s*migrate:up(?:\s|$)/, down: /^--\s*migrate:down(?:\s|$)/, alone: /migrate:up.*\stransaction:false\b/ },
  // goose
  { up: /^--\s*\+goose\s+up\s*$/i, down: /^--\s*\+goose\s+down\s*$/i, alone: /^--\s*\+goose\s+no\s+transaction\b/i },
  // sql-migrate
  { up: /^--\s*\+migrate\s+up\b/i, down: /^--\s*\+migrate\s+down\b/i, alone: /\+migrate\s+up\s+notransaction\b/i },
  // node-pg-migrate, which has no way to say that a file runs alone
  { up: /^--[\s-]*up\s+migration/i, down: /^--[\s-]*down\s+migration/i, needsDown: true },
  // tern
  { up: null, needsDown: true, down: /^---- create above \/ drop below ----/, alone: /^---- tern: disable-tx ----/ },
];

const mayBe = /^--.*(?:migrate:(?:up|down)|\+goose|\+migrate|migration|drop below)/im;

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

const section = (text: string, start: number, end: number): Section => {
  const around = { before: text.slice(0, start), after: text.slice(end) };
  return { text: `${blank(around.before)}${text.slice(start, end)}${blank(around.after)}`, around };
};

/**
 * The directions of a file in which dbmate, goose, sql-migrate, node-pg-migrate or tern keep both, the up first; null for any
 * other text.
 */
export function toolFileOf(text: string): ToolFile | null {
  if (!mayBe.test(text)) return null;
  const comments = tokensOf(text)
    .filter(({ kind, start }) => kind === 'comment' && (start === 0 || text[start - 1] === '\n'))
    .map(({ start, end }) => ({ start, words: text.slice(start, end).trimEnd() }));
  for (const { up, down, alone, needsDown } of tools) {
    const begins = up === null ? [0] : comments.filter(({ words }) => up.test(words)).map(({ start }) => start);
    const to = comments.find(({ words }) => down.test(words))?.start;
    // Several pairs in one file are several migrations to nobody.
    if (begins.length !== 1 || (to === undefined && needsDown === true) || (begins[0] ?? 0) > (to ?? text.length))
      continue;
    return {
      up: section(text, 0, to ?? text.length),
      down: to === undefined ? null : section(text, to, text.length),
      transaction: comments.some(({ words }) => alone?.test(words) === true) ? 'none' : 'file',
    };
  }
  return null;
}
