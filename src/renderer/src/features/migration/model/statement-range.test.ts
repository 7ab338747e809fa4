import { describe, expect, it } from 'vitest';
import { findingRange, lineStarts, statementRange } from './statement-range.ts';

const text = '-- 😀 first\nALTER TABLE größe\n  ADD x int;\n';
const starts = lineStarts(text);
const slice = ({ from, to }: { from: number; to: number }) => text.slice(from, to);

describe('positions', () => {
  it('finds a statement by line, column and text', () => {
    const statement = { line: 2, column: 1, text: 'ALTER TABLE größe\n  ADD x int' };
    expect(slice(statementRange(text, starts, statement))).toBe(statement.text);
  });

  it('finds a token that a rule reported', () => {
    expect(slice(findingRange(text, starts, { line: 2, column: 13, endLine: 2, endColumn: 18 }))).toBe('größe');
  });

  it('keeps positions of an older text inside the newer one', () => {
    expect(findingRange('ab', [0], { line: 9, column: 40, endLine: 9, endColumn: 50 })).toEqual({ from: 1, to: 2 });
    expect(findingRange('', [0], { line: 1, column: 1, endLine: 1, endColumn: 1 })).toEqual({ from: 0, to: 0 });
  });
});
