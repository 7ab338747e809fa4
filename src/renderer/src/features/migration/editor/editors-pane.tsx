import type { EditorView } from '@codemirror/view';
import { TriangleAlert, X } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Direction, Finding, MigrationReport } from '../../../../../engine/validate/report.ts';
import { Icon } from '../../../components/icon.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { shortcuts } from '../../../state/shortcuts.ts';
import { downNotes } from '../model/down-notes.ts';
import { linkStatements } from '../model/link-statements.ts';
import { type DirectionReport, findingsInWords, reportOfDirection } from '../model/reports-by-direction.ts';
import { transactionsInWords } from '../model/transaction-groups.ts';
import { LinkChannel } from './link-channel.tsx';
import { createMoveSignal } from './move-signal.ts';
import { SqlEditor } from './sql-editor.tsx';
import './editors-pane.css';

/** A statement of the migration, in either direction. */
export type StatementRef = { readonly direction: Direction; readonly index: number };

export type EditorsPaneProps = {
  readonly up: string;
  readonly down: string;
  readonly onUp: (text: string) => void;
  readonly onDown: (text: string) => void;
  readonly report: MigrationReport | null;
  /** True when the report is about the text in the editors. */
  readonly isCurrent: boolean;
  readonly isReadOnly: boolean;
  /** True while the text is still being written by a model. */
  readonly isArriving: boolean;
  readonly active: StatementRef | null;
  readonly onActivate: (statement: StatementRef | null) => void;
  readonly onFix: (finding: Finding) => void;
  readonly onView: (direction: Direction, view: EditorView | null) => void;
};

const noStatements: DirectionReport = { statements: [], findings: [] };
const noNotes: readonly [] = [];

function EditorHead({
  title,
  report,
  isArriving,
  more,
}: {
  readonly title: string;
  readonly report: DirectionReport;
  readonly isArriving: boolean;
  readonly more?: string;
}) {
  const findings = findingsInWords(report.findings.filter((finding) => finding.severity !== 'info'));
  const hasError = report.findings.some((finding) => finding.severity === 'error');
  return (
    <div className="editor-head">
      <h2>{title}</h2>
      <span className="text-2 text-ellipsis">
        {isArriving ? 'being written, not checked yet' : transactionsInWords(report.statements)}
        {more}
      </span>
      <span className="grow" />
      {findings === '' ? null : (
        <>
          <span className={`row row-tight text-medium ${hasError ? 'text-bad' : 'text-warn'}`}>
            <Icon of={hasError ? X : TriangleAlert} size={12} />
            {findings}
          </span>
          <Kbd shortcut={shortcuts.nextFinding} />
        </>
      )}
    </div>
  );
}

/** Up and down side by side, with the channel that joins each statement with its inverse. */
export function EditorsPane(props: EditorsPaneProps) {
  const { report, active, onActivate, onView } = props;
  const up = useMemo(() => (report ? reportOfDirection(report, 'up') : noStatements), [report]);
  const down = useMemo(() => (report ? reportOfDirection(report, 'down') : noStatements), [report]);
  const links = useMemo(() => linkStatements(up.statements, down.statements), [up, down]);
  const notes = useMemo(() => downNotes(down.statements, down.findings), [down]);
  const [views, setViews] = useState<Readonly<Record<Direction, EditorView | null>>>({ up: null, down: null });
  const [moves] = useState(createMoveSignal);

  const keepView = useCallback(
    (direction: Direction, view: EditorView | null) => {
      setViews((old) => ({ ...old, [direction]: view }));
      onView(direction, view);
    },
    [onView],
  );
  // Lighting a statement lights its partner too.
  const activeUp =
    active?.direction === 'up'
      ? active.index
      : (links.find((link) => link.kind === 'inverse' && link.down === active?.index)?.up ?? null);
  const partner = links.find((link) => link.up === activeUp);
  const activeDown = active?.direction === 'down' ? active.index : partner?.kind === 'inverse' ? partner.down : null;
  const shown = (direction: DirectionReport): DirectionReport | null => (props.isCurrent ? direction : null);
  const unlinked = links.filter((link) => link.kind === 'none').length;

  return (
    <div className="editors-pane">
      <section aria-label="Up" className="editor-side">
        <EditorHead isArriving={props.isArriving} report={up} title="Up" />
        <SqlEditor
          active={activeUp}
          isReadOnly={props.isReadOnly}
          label="Up SQL. Escape, then Tab leaves the editor"
          notes={noNotes}
          onActivate={(index) => onActivate(index === null ? null : { direction: 'up', index })}
          onChange={props.onUp}
          onFix={props.onFix}
          onMove={moves.notify}
          onView={(view) => keepView('up', view)}
          report={shown(up)}
          value={props.up}
        />
      </section>
      <LinkChannel
        active={activeUp}
        down={views.down}
        links={links}
        moves={moves}
        onActivate={(index) => onActivate({ direction: 'up', index })}
        up={views.up}
      />
      <section aria-label="Down" className="editor-side">
        <EditorHead
          isArriving={props.isArriving}
          more={unlinked > 0 ? `, ${unlinked} without inverse` : down.statements.length > 1 ? ', in reverse order' : ''}
          report={down}
          title="Down"
        />
        <SqlEditor
          active={activeDown}
          isReadOnly={props.isReadOnly}
          label="Down SQL. Escape, then Tab leaves the editor"
          notes={notes}
          onActivate={(index) => onActivate(index === null ? null : { direction: 'down', index })}
          onChange={props.onDown}
          onFix={props.onFix}
          onMove={moves.notify}
          onView={(view) => keepView('down', view)}
          report={shown(down)}
          value={props.down}
        />
      </section>
    </div>
  );
}
