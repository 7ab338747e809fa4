import { tokensOf } from '../../engine/sql/tokens.ts';
import { liquibaseFileOf } from './liquibase-file.ts';
import { sectionOf, type ToolFile } from './section.ts';

/**
 * How a tool marks in a comment where a direction begins, and that it runs without a transaction around it: in the mark
 * itself, of this direction alone, or anywhere, of both. Without an `up` the file begins with it; what could be anybody's
 * comment counts only where there is a mark for the down too.
 */
type Marks = {
  readonly up: RegExp | null;
  readonly down: RegExp;
  readonly directionAlone?: RegExp;
  readonly fileAlone?: RegExp;
  readonly needsDown?: true;
};

const tools: readonly Marks[] = [
  // dbmate
  { up: /^--\s*migrate:up(?:\s|$)/, down: /^--\s*migrate:down(?:\s|$)/, directionAlone: /\stransaction:false\b/ },
  // goose
  {
    up: /^--\s*\+goose\s+up\s*$/i,
    down: /^--\s*\+goose\s+down\s*$/i,
    fileAlone: /^--\s*\+goose\s+no\s+transaction\b/i,
  },
  // sql-migrate
  { up: /^--\s*\+migrate\s+up\b/i, down: /^--\s*\+migrate\s+down\b/i, directionAlone: /\snotransaction\b/i },
  // node-pg-migrate, which has no way to say that a file runs alone
  { up: /^--[\s-]*up\s+migration/i, down: /^--[\s-]*down\s+migration/i, needsDown: true },
  // tern
  {
    up: null,
    needsDown: true,
    down: /^---- create above \/ drop below ----/,
    fileAlone: /^---- tern: disable-tx ----/,
  },
];

const mayBe = /^--.*(?:migrate:(?:up|down)|\+goose|\+migrate|migration|drop below|liquibase)/im;

/**
 * The migrations of a file in which dbmate, goose, sql-migrate, node-pg-migrate or tern keep both directions of one, or
 * Liquibase several; null for any other text.
 */
export function toolFilesOf(text: string): readonly ToolFile[] | null {
  if (!mayBe.test(text)) return null;
  const comments = tokensOf(text)
    .filter(({ kind, start }) => kind === 'comment' && (start === 0 || text[start - 1] === '\n'))
    .map(({ start, end }) => ({ start, words: text.slice(start, end).trimEnd() }));
  for (const { up, down, directionAlone, fileAlone, needsDown } of tools) {
    const begins = up === null ? [{ start: 0, words: '' }] : comments.filter(({ words }) => up.test(words));
    const [begin] = begins;
    const turn = comments.find(({ words }) => down.test(words));
    const to = turn?.start;
    // Several pairs in one file are several migrations to nobody.
    if (begins.length !== 1 || (to === undefined && needsDown === true) || (begin?.start ?? 0) > (to ?? text.length))
      continue;
    const isAlone = comments.some(({ words }) => fileAlone?.test(words) === true);
    const modeBy = (mark: string) => (isAlone || directionAlone?.test(mark) === true ? 'none' : 'file');
    return [
      {
        up: { ...sectionOf(text, 0, to ?? text.length), transaction: modeBy(begin?.words ?? '') },
        down:
          turn === undefined ? null : { ...sectionOf(text, turn.start, text.length), transaction: modeBy(turn.words) },
      },
    ];
  }
  return liquibaseFileOf(text);
}
