import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLineGutter, keymap } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Finding, StatementReport } from '../../../../../engine/validate/report.ts';
import { afterEcho } from './after-echo.ts';
import {
  activeStatementField,
  annotationsField,
  placeAnnotations,
  type StatementNote,
  setActiveStatement,
  setAnnotations,
  statementAt,
} from './annotations.ts';
import { statementDecorations } from './decorations.tsx';
import { statementGutters } from './gutters.tsx';
import { sqlHighlighting } from './sql-highlighting.ts';
import './sql-editor.css';

/** Marks a change that came from outside, so that it is not reported back as typing. */
const fromOutside = Annotation.define<boolean>();

/** A press on the empty space under the last line goes to its end. */
function focusBelow(view: EditorView, event: MouseEvent): void {
  if (event.target !== view.scrollDOM || event.offsetX > view.scrollDOM.clientWidth) return;
  event.preventDefault();
  view.dispatch({ selection: { anchor: view.state.doc.length } });
  view.focus();
}

const nonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Tab indents, so there must be a way out: after Esc the next Tab moves on. */
const tabAfterEscape: Extension = (() => {
  let released = false;
  return [
    Prec.highest(
      EditorView.domEventHandlers({
        keydown(event) {
          if (event.key === 'Escape') released = true;
          else if (event.key !== 'Tab' && event.key !== 'Shift') released = false;
          else if (event.key === 'Tab' && released) {
            released = false;
            // Stops the editor's own key map, and leaves the browser's focus order to do its work.
            event.stopImmediatePropagation();
            return false;
          }
          return false;
        },
        blur: () => {
          released = false;
        },
      }),
    ),
    keymap.of([{ ...indentWithTab, run: (view) => !released && indentWithTab.run?.(view) === true }]),
  ];
})();

export type SqlEditorProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** The statements and findings of this direction, or null while none are known for the text. */
  readonly report: { readonly statements: readonly StatementReport[]; readonly findings: readonly Finding[] } | null;
  readonly notes: readonly StatementNote[];
  readonly active: number | null;
  readonly onActivate: (statement: number | null) => void;
  readonly onFix: (finding: Finding) => void;
  readonly isReadOnly: boolean;
  /** Hands out the view while it lives, for the link channel and for the keyboard. */
  readonly onView: (view: EditorView | null) => void;
  /** Called after anything that may have moved a line on the screen. */
  readonly onMove: () => void;
};

/** One direction of the migration: SQL with its locks, brackets, findings and the active statement. */
export function SqlEditor(props: SqlEditorProps) {
  const { value, report, notes, active, isReadOnly } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const handlers = useRef(props);
  handlers.current = props;
  const readOnly = useRef(new Compartment());
  /** What was typed and has not come back as `value`. */
  const typedTexts = useRef<readonly string[]>([]);

  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: handlers.current.value,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          tabAfterEscape,
          history(),
          search({ top: true }),
          keymap.of([...historyKeymap, ...searchKeymap, ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')]),
          EditorView.contentAttributes.of({ 'aria-label': handlers.current.label, spellcheck: 'false' }),
          drawSelection(),
          EditorView.lineWrapping,
          highlightActiveLineGutter(),
          sqlHighlighting,
          annotationsField,
          activeStatementField,
          statementGutters,
          statementDecorations({ onFix: (finding) => handlers.current.onFix(finding) }),
          readOnly.current.of(EditorState.readOnly.of(handlers.current.isReadOnly)),
          EditorView.updateListener.of((update) => {
            const { onChange, onActivate, onMove } = handlers.current;
            const typed = !update.transactions.some((transaction) => transaction.annotation(fromOutside));
            if (update.docChanged && typed) {
              const text = update.state.doc.toString();
              typedTexts.current = [...typedTexts.current, text];
              onChange(text);
            }
            if (update.selectionSet && typed && update.view.hasFocus)
              onActivate(statementAt(update.state, update.state.selection.main.head));
            if (update.geometryChanged || update.viewportChanged || update.docChanged) onMove();
          }),
        ],
      }),
    });
    const moved = (): void => handlers.current.onMove();
    made.scrollDOM.addEventListener('scroll', moved, { passive: true });
    made.scrollDOM.addEventListener('mousedown', (event) => focusBelow(made, event));
    view.current = made;
    handlers.current.onView(made);
    return () => {
      made.scrollDOM.removeEventListener('scroll', moved);
      handlers.current.onView(null);
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    const stillToCome = afterEcho(typedTexts.current, value);
    const isShown = editor === null || editor.state.doc.toString() === value;
    typedTexts.current = isShown ? [] : (stillToCome ?? []);
    if (isShown || stillToCome !== null) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    // Without a report for this very text the old marks stay and move along with the edits.
    if (!editor || !report || editor.state.doc.toString() !== value) return;
    editor.dispatch({ effects: setAnnotations.of(placeAnnotations(value, report.statements, report.findings, notes)) });
  }, [report, notes, value]);

  useEffect(() => {
    view.current?.dispatch({ effects: setActiveStatement.of(active) });
  }, [active]);

  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.current.reconfigure(EditorState.readOnly.of(isReadOnly)) });
  }, [isReadOnly]);

  return <div className="sql-editor" ref={place} />;
}
