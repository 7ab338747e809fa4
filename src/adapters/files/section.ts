import type { TransactionMode } from '../../engine/sql/transactions.ts';

/** What belongs to one direction in a file that holds more, at the places that it has there: everything else is blank. */
export type Section = {
  readonly text: string;
  /**
   * What stands in the file before and behind it, in the place of which `text` is blank; null where the text is not as it
   * stands there, and cannot be put back.
   */
  readonly around: { readonly before: string; readonly after: string } | null;
};

/** A section with what its tool does with it. */
type RunSection = Section & { readonly transaction: TransactionMode };

/** A migration in a file of a tool that keeps both directions, or several migrations, in one. */
export type ToolFile = {
  /** Which of several it is; absent where the file holds one. */
  readonly part?: string;
  readonly up: RunSection;
  readonly down: RunSection | null;
};

/** A text of the same length and lines in which nothing stands. */
export const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

/** What stands between two places of a text. */
export const sectionOf = (text: string, start: number, end: number): Section => {
  const around = { before: text.slice(0, start), after: text.slice(end) };
  return { text: `${blank(around.before)}${text.slice(start, end)}${blank(around.after)}`, around };
};
