import type { Sql } from '../../sql/sql.ts';
import { definedStatement, type RenderedStatement, statementOf } from '../render/rendered-statement.ts';

/** What a statement does to stored data: `certain` whatever the rows are, `possible` if some rows are so. */
export type Loss = { readonly certainty: 'certain' | 'possible'; readonly what: string };

/** One statement of a change, without a semicolon. */
export type ChangeStatement = {
  readonly sql: string;
  /** The dotted path of the object that it is about. */
  readonly object: string;
  /** The data that is lost with it, or that it cannot bring back; null when none. */
  readonly loses: Loss | null;
  /** What the reader should know before running it; null when it speaks for itself. */
  readonly note: string | null;
  /** False for a statement that PostgreSQL refuses inside a transaction block. */
  readonly inTransaction: boolean;
};

/** The statements that turn one catalog into another, in their order. */
export type ChangeScript = {
  readonly statements: readonly ChangeStatement[];
  /** What stays different, in words, because no statement changes it. */
  readonly remaining: readonly string[];
};

type Remarks = Partial<Pick<ChangeStatement, 'loses' | 'note' | 'inTransaction'>>;

/** A statement of a change that Lockstep put together. */
export const changeOf = (object: string, piece: Sql, remarks: Remarks = {}): ChangeStatement =>
  changeBy(statementOf('change', object, piece), remarks);

/** A statement of a change that the server itself wrote. */
export const definedChange = (object: string, definition: string): ChangeStatement =>
  changeBy(definedStatement('change', object, definition), {});

/** A statement that makes an object of the catalog, as part of a change. */
export const changeBy = ({ sql, object }: RenderedStatement, remarks: Remarks = {}): ChangeStatement => ({
  sql,
  object,
  loses: null,
  note: null,
  inTransaction: true,
  ...remarks,
});

/** Something is lost whatever the rows are. */
export const loses = (what: string): Loss => ({ certainty: 'certain', what });

/** Something is lost if the rows are so. */
export const mayLose = (what: string): Loss => ({ certainty: 'possible', what });

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** The script as a file: each statement under a comment that says what it loses and what to know of it. */
export function scriptText({ statements, remaining }: ChangeScript): string {
  const parts = statements.map(({ sql, loses: loss, note }) => {
    const comments = [
      ...(loss === null ? [] : [`-- ${loss.certainty === 'certain' ? 'Loses' : 'May lose'} ${oneLine(loss.what)}.`]),
      ...(note === null ? [] : [`-- ${oneLine(note)}`]),
    ];
    return [...comments, `${sql};`].join('\n');
  });
  const left = remaining.map((what) => `-- Stays different: ${oneLine(what)}.`);
  return [...parts, ...left].map((part) => `${part}\n`).join('');
}
