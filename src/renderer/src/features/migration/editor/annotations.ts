import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import type { LockMode } from '../../../../../engine/sql/lock-mode.ts';
import type { Finding, StatementReport } from '../../../../../engine/validate/report.ts';
import { findingRange, lineStarts, statementRange } from '../model/statement-range.ts';
import { type BracketPart, bracketParts, strongestLock } from '../model/timeline-rows.ts';

/** A statement as the editor shows it. */
export type StatementMark = {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly lock: LockMode | null;
  readonly bracket: BracketPart;
};

/** A finding as the editor shows it: underlined from `from` to `to`, explained under the line of `below`. */
export type FindingMark = {
  readonly finding: Finding;
  readonly from: number;
  readonly to: number;
  readonly below: number;
};

/** A remark under a statement that is not a finding. */
export type NoteMark = { readonly title: string; readonly text: string; readonly below: number };

export type Annotations = {
  readonly statements: readonly StatementMark[];
  readonly findings: readonly FindingMark[];
  readonly notes: readonly NoteMark[];
};

/** A remark about the statement with that index. */
export type StatementNote = { readonly statement: number; readonly title: string; readonly text: string };

const nothing: Annotations = { statements: [], findings: [], notes: [] };

/** Places a report's statements and findings in the text that it is about. */
export function placeAnnotations(
  text: string,
  statements: readonly StatementReport[],
  findings: readonly Finding[],
  notes: readonly StatementNote[],
): Annotations {
  const starts = lineStarts(text);
  const brackets = bracketParts(statements);
  const marks = statements.map((statement, position) => ({
    index: statement.index,
    ...statementRange(text, starts, statement),
    lock: strongestLock(statement.effects.locks),
    bracket: brackets[position] ?? ('alone' as const),
  }));
  const endOf = (index: number | null, otherwise: number): number =>
    marks.find((mark) => mark.index === index)?.to ?? otherwise;
  return {
    statements: marks,
    findings: findings
      .map((finding) => {
        const range = findingRange(text, starts, finding);
        return { finding, ...range, below: endOf(finding.statement, range.to) };
      })
      .toSorted((a, b) => a.from - b.from),
    notes: notes.map(({ statement, title, text: words }) => ({
      title,
      text: words,
      below: endOf(statement, text.length),
    })),
  };
}

/** Replaces what the editor shows beside and under its text. */
export const setAnnotations = StateEffect.define<Annotations>();

/** Lights up a statement, or none. */
export const setActiveStatement = StateEffect.define<number | null>();

/** What a report says, moved along while the text is being edited. */
export const annotationsField = StateField.define<Annotations>({
  create: () => nothing,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setAnnotations)) return effect.value;
    if (!transaction.docChanged) return value;
    const move = (position: number, side: -1 | 1): number => transaction.changes.mapPos(position, side);
    return {
      statements: value.statements.map((mark) => ({ ...mark, from: move(mark.from, 1), to: move(mark.to, 1) })),
      findings: value.findings.map((mark) => ({
        ...mark,
        from: move(mark.from, 1),
        to: move(mark.to, -1),
        below: move(mark.below, 1),
      })),
      notes: value.notes.map((mark) => ({ ...mark, below: move(mark.below, 1) })),
    };
  },
});

/** The statement that is lit up. */
export const activeStatementField = StateField.define<number | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setActiveStatement)) return effect.value;
    return value;
  },
});

/** The statement at a position: the one around it, else the last that began on or before its line. */
export function statementAt(state: EditorState, position: number): number | null {
  const { statements } = state.field(annotationsField);
  const line = state.doc.lineAt(position);
  const mark = statements.find((candidate) => candidate.from <= line.to && candidate.to >= line.from);
  return mark?.index ?? null;
}
