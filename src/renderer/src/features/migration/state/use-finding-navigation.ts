import { EditorView } from '@codemirror/view';
import { type RefObject, useCallback } from 'react';
import type { Direction, Finding } from '../../../../../engine/validate/report.ts';
import type { StatementRef } from '../editor/editors-pane.tsx';
import { nextFinding } from '../model/reports-by-direction.ts';
import { findingRange, lineStarts } from '../model/statement-range.ts';

/** Goes from finding to finding in both editors. */
export type FindingNavigation = {
  /** Puts the caret on a finding and lights its statement. */
  readonly show: (finding: Finding) => void;
  readonly goToFinding: (step: 1 | -1) => void;
  /** Offers the fix of the finding at the caret; without a caret the first fix there is. */
  readonly fixHere: () => void;
};

/** Connects findings with the carets of the editors. */
export function useFindingNavigation({
  views,
  up,
  down,
  findings,
  active,
  onActivate,
  onFix,
}: {
  readonly views: RefObject<Record<Direction, EditorView | null>>;
  readonly up: string;
  readonly down: string;
  readonly findings: readonly Finding[];
  readonly active: StatementRef | null;
  readonly onActivate: (statement: StatementRef) => void;
  readonly onFix: (finding: Finding) => void;
}): FindingNavigation {
  const place = useCallback(
    (direction: Direction, from: number, to: number) => {
      const view = views.current[direction];
      if (!view) return;
      const clamp = (offset: number): number => Math.min(offset, view.state.doc.length);
      view.dispatch({
        selection: { anchor: clamp(from), head: clamp(to) },
        effects: EditorView.scrollIntoView(clamp(from), { y: 'center' }),
      });
      view.focus();
    },
    [views],
  );
  const show = useCallback(
    (finding: Finding) => {
      const value = finding.direction === 'up' ? up : down;
      const { from, to } = findingRange(value, lineStarts(value), finding);
      place(finding.direction, from, to);
      if (finding.statement !== null) onActivate({ direction: finding.direction, index: finding.statement });
    },
    [place, up, down, onActivate],
  );
  const focusedPlace = (): { direction: Direction; line: number; column: number } | null => {
    const direction = views.current.down?.hasFocus ? 'down' : 'up';
    const view = views.current[direction];
    if (!view?.hasFocus) return null;
    const line = view.state.doc.lineAt(view.state.selection.main.from);
    return { direction, line: line.number, column: view.state.selection.main.from - line.from + 1 };
  };
  const goToFinding = (step: 1 | -1): void => {
    const next = nextFinding(findings, focusedPlace(), step);
    if (next) show(next);
  };
  const fixHere = (): void => {
    const here = focusedPlace();
    const fixable = findings.filter((finding) => finding.fix !== null);
    const near =
      here &&
      fixable.find(
        ({ direction, line, endLine, statement }) =>
          direction === here.direction && ((line <= here.line && here.line <= endLine) || statement === active?.index),
      );
    const chosen = near ?? (here ? null : fixable[0]);
    if (chosen) onFix(chosen);
  };
  return { show, goToFinding, fixHere };
}
