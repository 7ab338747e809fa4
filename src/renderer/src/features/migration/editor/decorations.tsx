import { type EditorState, type Extension, type Range, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { Finding } from '../../../../../engine/validate/report.ts';
import { severityWords } from '../model/arrange-findings.ts';
import { activeStatementField, annotationsField } from './annotations.ts';
import { InlineFinding } from './inline-finding.tsx';

/** What the buttons inside an inline finding do. */
export type FindingActions = { readonly onFix: (finding: Finding) => void };

/** A block under a line, drawn by React inside the editor. */
abstract class BlockWidget extends WidgetType {
  private roots = new Map<HTMLElement, { root: Root; sizes: ResizeObserver }>();
  protected abstract render(): ReactNode;
  override toDOM(view: EditorView): HTMLElement {
    const element = document.createElement('div');
    element.className = 'editor-block';
    const root = createRoot(element);
    root.render(this.render());
    // The editor has measured the block before React has drawn it.
    const sizes = new ResizeObserver(() => view.requestMeasure());
    sizes.observe(element);
    this.roots.set(element, { root, sizes });
    return element;
  }
  override destroy(element: HTMLElement): void {
    const made = this.roots.get(element);
    this.roots.delete(element);
    made?.sizes.disconnect();
    queueMicrotask(() => made?.root.unmount());
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

class FindingWidget extends BlockWidget {
  private readonly finding: Finding;
  private readonly isHeaviest: boolean;
  private readonly actions: FindingActions;
  constructor(finding: Finding, isHeaviest: boolean, actions: FindingActions) {
    super();
    this.finding = finding;
    this.isHeaviest = isHeaviest;
    this.actions = actions;
  }
  override get estimatedHeight(): number {
    if (!this.isHeaviest) return 32;
    return this.finding.fix ? 84 : 58;
  }
  override eq(other: FindingWidget): boolean {
    if (this.isHeaviest !== other.isHeaviest) return false;
    const [a, b] = [this.finding, other.finding];
    return a === b || (a.rule === b.rule && a.message === b.message && a.why === b.why && a.fix?.sql === b.fix?.sql);
  }
  protected override render(): ReactNode {
    return (
      <InlineFinding
        finding={this.finding}
        isHeaviest={this.isHeaviest}
        onFix={() => this.actions.onFix(this.finding)}
      />
    );
  }
}

class NoteWidget extends BlockWidget {
  private readonly title: string;
  private readonly text: string;
  constructor(title: string, text: string) {
    super();
    this.title = title;
    this.text = text;
  }
  override get estimatedHeight(): number {
    return 48;
  }
  override eq(other: NoteWidget): boolean {
    return other.title === this.title && other.text === this.text;
  }
  protected override render(): ReactNode {
    return (
      <p className="editor-note">
        <b>{this.title}</b> {this.text}
      </p>
    );
  }
}

const weightOf = ({ severity }: Finding): number => severityWords.findIndex((each) => each.severity === severity);

function build(state: EditorState, actions: FindingActions): DecorationSet {
  const { statements, findings, notes } = state.field(annotationsField);
  const active = state.field(activeStatementField);
  const ranges: Range<Decoration>[] = [];
  const lineEnd = (position: number): number => state.doc.lineAt(Math.min(position, state.doc.length)).to;
  for (const mark of statements) {
    if (mark.index !== active) continue;
    const last = state.doc.lineAt(mark.to).number;
    for (let number = state.doc.lineAt(mark.from).number; number <= last; number += 1)
      ranges.push(Decoration.line({ class: 'editor-line-active' }).range(state.doc.line(number).from));
  }
  for (const mark of findings)
    if (mark.to > mark.from)
      ranges.push(Decoration.mark({ class: `editor-squiggle-${mark.finding.severity}` }).range(mark.from, mark.to));
  const explained = new Set<number>();
  for (const { finding, below } of findings.toSorted((a, b) => weightOf(a.finding) - weightOf(b.finding))) {
    const at = lineEnd(below);
    const widget = new FindingWidget(finding, !explained.has(at), actions);
    explained.add(at);
    ranges.push(Decoration.widget({ widget, block: true, side: 1 }).range(at));
  }
  for (const note of notes)
    ranges.push(
      Decoration.widget({ widget: new NoteWidget(note.title, note.text), block: true, side: 2 }).range(
        lineEnd(note.below),
      ),
    );
  return Decoration.set(ranges, true);
}

/** Squiggles, inline findings, remarks, and the light of the active statement. */
export function statementDecorations(actions: FindingActions): Extension {
  return StateField.define<DecorationSet>({
    create: (state) => build(state, actions),
    update(value, transaction) {
      const changed =
        transaction.startState.field(annotationsField) !== transaction.state.field(annotationsField) ||
        transaction.startState.field(activeStatementField) !== transaction.state.field(activeStatementField);
      return changed ? build(transaction.state, actions) : value;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}
