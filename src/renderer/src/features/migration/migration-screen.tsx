import { EditorView } from '@codemirror/view';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Direction, Finding } from '../../../../engine/validate/report.ts';
import type { MigrationId } from '../../../../shared/ids.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Split, SplitHandle, SplitPane } from '../../components/splitter.tsx';
import { EditorsPane, type StatementRef } from './editor/editors-pane.tsx';
import { FixDialog } from './fix-dialog.tsx';
import { MigrationHeader } from './header/migration-header.tsx';
import { ReviewVersion } from './header/review-version.tsx';
import { type MigrationTab, MigrationTabs } from './migration-tabs.tsx';
import { linkStatements } from './model/link-statements.ts';
import { nextFinding, reportOfDirection } from './model/reports-by-direction.ts';
import { findingRange, lineStarts } from './model/statement-range.ts';
import { ProofPanel, type ProofPanelProps } from './proof/proof-panel.tsx';
import { RequestPanel } from './request/request-panel.tsx';
import { useMediaQuery } from './state/use-media-query.ts';
import { useMigrationCommands } from './state/use-migration-commands.ts';
import { useMigrationWork } from './state/use-migration-work.ts';
import './migration-screen.css';

/** One migration: request, up and down side by side, findings, proof, and the way to the files. */
export function MigrationScreen({ migrationId }: { readonly migrationId: MigrationId }) {
  const work = useMigrationWork(migrationId);
  const { text, report, gates, shadow, drafting } = work;
  const views = useRef<Record<Direction, EditorView | null>>({ up: null, down: null });
  const [active, setActive] = useState<StatementRef | null>(null);
  const [tab, setTab] = useState<MigrationTab>('timeline');
  const [fixing, setFixing] = useState<Finding | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const isWide = useMediaQuery('(width >= 1280px)');
  const links = useMemo(
    () =>
      report
        ? linkStatements(reportOfDirection(report, 'up').statements, reportOfDirection(report, 'down').statements)
        : [],
    [report],
  );

  const place = useCallback((direction: Direction, from: number, to: number) => {
    const view = views.current[direction];
    if (!view) return;
    const clamp = (offset: number): number => Math.min(offset, view.state.doc.length);
    view.dispatch({
      selection: { anchor: clamp(from), head: clamp(to) },
      effects: EditorView.scrollIntoView(clamp(from), { y: 'center' }),
    });
    view.focus();
  }, []);
  const show = useCallback(
    (finding: Finding) => {
      const value = finding.direction === 'up' ? text.up : text.down;
      const { from, to } = findingRange(value, lineStarts(value), finding);
      place(finding.direction, from, to);
      if (finding.statement !== null) setActive({ direction: finding.direction, index: finding.statement });
    },
    [place, text.up, text.down],
  );
  const focusedPlace = (): { direction: Direction; line: number; column: number } | null => {
    const direction = views.current.down?.hasFocus ? 'down' : 'up';
    const view = views.current[direction];
    if (!view?.hasFocus) return null;
    const line = view.state.doc.lineAt(view.state.selection.main.from);
    return { direction, line: line.number, column: view.state.selection.main.from - line.from + 1 };
  };
  const goToFinding = (step: 1 | -1): void => {
    const next = report ? nextFinding(report.findings, focusedPlace(), step) : null;
    if (next) show(next);
  };
  const fixHere = (): void => {
    const here = focusedPlace();
    const fixable = (report?.findings ?? []).filter((finding) => finding.fix !== null);
    const near =
      here &&
      fixable.find(
        ({ direction, line, endLine, statement }) =>
          direction === here.direction && ((line <= here.line && here.line <= endLine) || statement === active?.index),
      );
    const chosen = near ?? (here ? null : fixable[0]);
    if (chosen) setFixing(chosen);
  };
  const applyFix = (finding: Finding, next: string): void => {
    setFixing(null);
    if (finding.direction === 'up') text.setUp(next);
    else text.setDown(next);
  };
  useMigrationCommands({
    validate: () => void work.validate(),
    save: () => void text.save(),
    runShadow: () => void work.runShadow(),
    review: () => {
      if (gates.reviewLocked === null) setReviewing(true);
    },
    goToFinding,
    fixHere,
  });
  const keepView = useCallback((direction: Direction, view: EditorView | null) => {
    views.current[direction] = view;
  }, []);

  const { migration } = text;
  if (!migration) {
    return text.error ? (
      <ErrorNotice className="migration-notice" error={text.error} remedies={{ retry: text.refetch }} />
    ) : null;
  }
  const hasText = text.up.trim() !== '' || text.down.trim() !== '';
  const proof: ProofPanelProps = {
    shadow,
    isCurrent: work.proofIsCurrent,
    locked: hasText ? null : 'There is no SQL yet',
    onRun: () => void work.runShadow(),
    notChecked: work.notChecked,
    hasPanel: isWide,
  };
  const left = (
    <div className="migration-left">
      <RequestPanel
        catalog={work.catalog}
        drafting={drafting}
        migration={migration}
        onDraft={(request, planner) => void work.draft(request, planner)}
        onWriteByHand={() => views.current.up?.focus()}
      />
      {text.saveError ? (
        <ErrorNotice className="migration-notice" error={text.saveError} remedies={{ retry: () => void text.save() }} />
      ) : null}
      {work.validation.error && work.validation.error.code !== 'sql.syntax' ? (
        <ErrorNotice
          className="migration-notice"
          error={work.validation.error}
          remedies={{ retry: () => void work.validation.check() }}
        />
      ) : null}
      <Split className="migration-split" direction="rows">
        <SplitPane id="editors" minimum={120}>
          <EditorsPane
            active={active}
            down={text.down}
            isCurrent={work.reportIsCurrent}
            isReadOnly={drafting.isRunning}
            onActivate={setActive}
            onDown={text.setDown}
            onFix={setFixing}
            onUp={text.setUp}
            onView={keepView}
            report={report}
            up={text.up}
          />
        </SplitPane>
        <SplitHandle label="Height of the tabs" />
        <SplitPane id="tabs" keepsPixels minimum={90} size={208}>
          <MigrationTabs
            active={active}
            id={migrationId}
            links={links}
            onActivate={setActive}
            onFix={setFixing}
            onSelect={setTab}
            onShow={show}
            proof={proof}
            selected={tab}
            work={work}
          />
        </SplitPane>
      </Split>
    </div>
  );
  return (
    <div className="migration-screen">
      <MigrationHeader
        catalog={work.catalog}
        edited={text.edited}
        gates={gates}
        migration={migration}
        onRename={(title) => void text.rename(title)}
        onExport={() => setTab('export')}
        onReview={() => setReviewing(true)}
        onValidate={() => void work.validate()}
        saving={text.saving}
        validating={shadow.running}
      />
      {isWide ? (
        <Split className="migration-split" direction="columns">
          <SplitPane id="left" minimum={700}>
            {left}
          </SplitPane>
          <SplitHandle label="Width of the proof" />
          <SplitPane id="proof" keepsPixels maximum={480} minimum={288} size={288}>
            <ProofPanel {...proof} />
          </SplitPane>
        </Split>
      ) : (
        left
      )}
      {fixing ? (
        <FixDialog
          before={fixing.direction === 'up' ? text.up : text.down}
          finding={fixing}
          onApply={(next) => applyFix(fixing, next)}
          onClose={() => setFixing(null)}
        />
      ) : null}
      {reviewing ? <ReviewVersion migration={migration} onClose={() => setReviewing(false)} work={work} /> : null}
    </div>
  );
}
