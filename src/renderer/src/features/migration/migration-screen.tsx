import type { EditorView } from '@codemirror/view';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { PanelImperativeHandle } from 'react-resizable-panels';
import type { Direction, Finding } from '../../../../engine/validate/report.ts';
import type { MigrationId } from '../../../../shared/ids.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Split, SplitHandle, SplitPane } from '../../components/splitter.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { EditorsPane, type StatementRef } from './editor/editors-pane.tsx';
import { FixDialog } from './fix-dialog.tsx';
import { MigrationHeader } from './header/migration-header.tsx';
import { ReviewVersion } from './header/review-version.tsx';
import { type MigrationTab, MigrationTabs } from './migration-tabs.tsx';
import { linkStatements } from './model/link-statements.ts';
import { reportOfDirection } from './model/reports-by-direction.ts';
import { ProofLine } from './proof/proof-line.tsx';
import { ProofPanel, type ProofPanelProps } from './proof/proof-panel.tsx';
import { RecipeDialog } from './recipe-dialog.tsx';
import { RequestPanel } from './request/request-panel.tsx';
import { useFindingNavigation } from './state/use-finding-navigation.ts';
import { useMediaQuery } from './state/use-media-query.ts';
import { useMigrationCommands } from './state/use-migration-commands.ts';
import { useMigrationWork } from './state/use-migration-work.ts';
import './migration-screen.css';

/** Pixels that the picture of a migration needs. */
const pictureHeight = 340;

/** One migration: request, up and down side by side, findings, proof, and the way to the files. */
export function MigrationScreen({ migrationId }: { readonly migrationId: MigrationId }) {
  const work = useMigrationWork(migrationId);
  const { text, report, gates, shadow, drafting } = work;
  const views = useRef<Record<Direction, EditorView | null>>({ up: null, down: null });
  const [active, setActive] = useState<StatementRef | null>(null);
  const [tab, setTab] = useState<MigrationTab>('timeline');
  const tabsPane = useRef<PanelImperativeHandle | null>(null);
  const selectTab = useCallback((next: MigrationTab) => {
    setTab(next);
    // A picture needs more room than rows do; whoever has made the pane larger keeps it.
    const pane = tabsPane.current;
    if (next === 'diagram' && pane !== null && pane.getSize().inPixels < pictureHeight) pane.resize(pictureHeight);
  }, []);
  const [fixing, setFixing] = useState<Finding | null>(null);
  const [splitting, setSplitting] = useState<Finding | null>(null);
  const [accepting, setAccepting] = useState<Finding | null>(null);
  const [reviewing, setReviewing] = useState(false);
  const isWide = useMediaQuery('(width >= 1280px)');
  const links = useMemo(
    () =>
      report
        ? linkStatements(reportOfDirection(report, 'up').statements, reportOfDirection(report, 'down').statements)
        : [],
    [report],
  );

  const { show, goToFinding, fixHere } = useFindingNavigation({
    views,
    up: text.up,
    down: text.down,
    findings: report?.findings ?? [],
    active,
    onActivate: setActive,
    onFix: setFixing,
  });
  const rewrite = (finding: Finding, next: string): void => {
    setFixing(null);
    setAccepting(null);
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
  // Editors, tabs and proof are drawn for the first time in steps, between which the window answers.
  const isDrawn = useDeferredValue(migration !== undefined);
  if (!migration || !isDrawn) {
    return text.error ? (
      <ErrorNotice className="migration-notice" error={text.error} remedies={{ retry: text.refetch }} />
    ) : null;
  }
  const arriving = drafting.state.status === 'running' ? drafting.state.progress : null;
  // Nothing is known yet about SQL that is still arriving.
  const streamed = arriving && arriving.up + arriving.down !== '' ? arriving : null;
  const hasText = text.up.trim() !== '' || text.down.trim() !== '';
  const proof: ProofPanelProps = {
    shadow,
    isCurrent: work.proofIsCurrent,
    locked: hasText ? null : 'There is no SQL yet',
    onRun: () => void work.runShadow(),
    onUseDown: (down) => {
      text.setDown(down);
      views.current.down?.focus();
    },
    notChecked: work.notChecked,
    statements: work.report?.statements ?? [],
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
      {isWide ? null : <ProofLine isCurrent={work.proofIsCurrent} onOpen={() => setTab('proof')} shadow={shadow} />}
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
            down={streamed?.down ?? text.down}
            isArriving={streamed !== null}
            isCurrent={streamed !== null || work.reportIsCurrent}
            isReadOnly={drafting.isRunning}
            onActivate={setActive}
            onDown={text.setDown}
            onFix={setFixing}
            onUp={text.setUp}
            onView={keepView}
            report={streamed ? null : report}
            up={streamed?.up ?? text.up}
          />
        </SplitPane>
        <SplitHandle label="Height of the tabs" />
        <SplitPane handle={tabsPane} id="tabs" keepsPixels minimum={90} size={208}>
          <MigrationTabs
            active={active}
            id={migrationId}
            links={links}
            onAccept={setAccepting}
            onActivate={setActive}
            onFix={setFixing}
            onRecipe={setSplitting}
            onSelect={selectTab}
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
          onApply={(next) => rewrite(fixing, next)}
          onClose={() => setFixing(null)}
        />
      ) : null}
      {splitting?.recipe ? (
        <RecipeDialog
          connectionId={migration.connectionId}
          onClose={() => setSplitting(null)}
          recipe={splitting.recipe}
        />
      ) : null}
      {accepting && report ? (
        <AcceptDialog
          before={accepting.direction === 'up' ? text.up : text.down}
          finding={accepting}
          onApply={(next) => rewrite(accepting, next)}
          onClose={() => setAccepting(null)}
          report={report}
        />
      ) : null}
      {reviewing ? <ReviewVersion migration={migration} onClose={() => setReviewing(false)} work={work} /> : null}
    </div>
  );
}
