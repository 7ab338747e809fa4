import { type EditorState, type Extension, RangeSet, RangeSetBuilder } from '@codemirror/state';
import { type EditorView, GutterMarker, gutter, lineNumbers, type ViewUpdate } from '@codemirror/view';
import { createRoot, type Root } from 'react-dom/client';
import type { LockMode } from '../../../../../engine/sql/lock-mode.ts';
import { LockPill } from '../../../components/lock-pill.tsx';
import { annotationsField, type StatementMark } from './annotations.ts';

type Stroke = 'single' | 'top' | 'middle' | 'bottom' | 'outside';

class BracketMarker extends GutterMarker {
  readonly stroke: Stroke;
  constructor(stroke: Stroke) {
    super();
    this.stroke = stroke;
  }
  override eq(other: BracketMarker): boolean {
    return other.stroke === this.stroke;
  }
  override toDOM(): Node {
    const element = document.createElement('div');
    element.className = `editor-bracket editor-bracket-${this.stroke}`;
    return element;
  }
}

class LockMarker extends GutterMarker {
  readonly mode: LockMode;
  private root: Root | null = null;
  constructor(mode: LockMode) {
    super();
    this.mode = mode;
  }
  override eq(other: LockMarker): boolean {
    return other.mode === this.mode;
  }
  override toDOM(): Node {
    const element = document.createElement('div');
    element.className = 'editor-lock';
    this.root = createRoot(element);
    this.root.render(<LockPill mode={this.mode} />);
    return element;
  }
  override destroy(): void {
    const root = this.root;
    // React refuses to unmount a root while it is rendering another one.
    queueMicrotask(() => root?.unmount());
  }
}

/** What to draw beside each line of a statement, given where the statement stands in its transaction. */
function strokeOf(mark: StatementMark, isFirstLine: boolean, isLastLine: boolean): Stroke {
  if (mark.bracket === 'outside') return 'outside';
  const opens = isFirstLine && (mark.bracket === 'first' || mark.bracket === 'alone');
  const closes = isLastLine && (mark.bracket === 'last' || mark.bracket === 'alone');
  if (opens && closes) return 'single';
  return opens ? 'top' : closes ? 'bottom' : 'middle';
}

function bracketMarkers(state: EditorState): RangeSet<GutterMarker> {
  const builder = new RangeSetBuilder<GutterMarker>();
  let next = 1;
  const { statements } = state.field(annotationsField);
  for (const mark of statements) {
    const first = state.doc.lineAt(mark.from).number;
    const last = state.doc.lineAt(mark.to).number;
    // Between statements that share a transaction the bracket goes on.
    const start = mark.bracket === 'middle' || mark.bracket === 'last' ? next : Math.max(first, next);
    for (let number = start; number <= last; number += 1) {
      const line = state.doc.line(number);
      builder.add(line.from, line.from, new BracketMarker(strokeOf(mark, number === first, number === last)));
    }
    next = Math.max(next, last + 1);
  }
  return builder.finish();
}

function lockMarkers(state: EditorState): RangeSet<GutterMarker> {
  const seen = new Set<number>();
  const ranges = state.field(annotationsField).statements.flatMap((mark) => {
    const line = state.doc.lineAt(mark.from);
    if (mark.lock === null || seen.has(line.from)) return [];
    seen.add(line.from);
    return [new LockMarker(mark.lock).range(line.from)];
  });
  return RangeSet.of(ranges, true);
}

const annotationsMoved = (update: ViewUpdate): boolean =>
  update.startState.field(annotationsField) !== update.state.field(annotationsField);

/** The three columns beside the text: transaction bracket, line number, lock of each statement. */
export const statementGutters: Extension = [
  gutter({
    class: 'editor-gutter-brackets',
    markers: (view: EditorView) => bracketMarkers(view.state),
    lineMarkerChange: annotationsMoved,
  }),
  lineNumbers(),
  gutter({
    class: 'editor-gutter-locks',
    markers: (view: EditorView) => lockMarkers(view.state),
    lineMarkerChange: annotationsMoved,
  }),
];
