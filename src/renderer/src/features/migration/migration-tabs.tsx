import { useMemo } from 'react';
import type { Finding } from '../../../../engine/validate/report.ts';
import type { MigrationId } from '../../../../shared/ids.ts';
import { type TabItem, Tabs } from '../../components/tabs.tsx';
import { durationText } from '../schema/quantities.ts';
import type { StatementRef } from './editor/editors-pane.tsx';
import type { StatementLink } from './model/link-statements.ts';
import { timelineRows } from './model/timeline-rows.ts';
import type { ProofPanelProps } from './proof/proof-panel.tsx';
import type { MigrationWork } from './state/use-migration-work.ts';
import { DiagramTab } from './tabs/diagram-tab.tsx';
import { ExportTab } from './tabs/export-tab.tsx';
import { FindingsTab } from './tabs/findings-tab.tsx';
import { NotCheckedTab } from './tabs/not-checked-tab.tsx';
import { ProofTab } from './tabs/proof-tab.tsx';
import { RiskTab } from './tabs/risk-tab.tsx';
import { TimelineTab } from './tabs/timeline-tab.tsx';

export type MigrationTab = 'timeline' | 'findings' | 'proof' | 'diagram' | 'risk' | 'export' | 'not-checked';

/** What lies under the editors: the same migration as timeline, findings, proof, picture, risk, files, and what nobody checked. */
export function MigrationTabs({
  id,
  work,
  proof,
  links,
  active,
  onActivate,
  onShow,
  onFix,
  onRecipe,
  onAccept,
  selected,
  onSelect,
}: {
  readonly id: MigrationId;
  readonly work: MigrationWork;
  readonly proof: ProofPanelProps;
  readonly links: readonly StatementLink[];
  readonly active: StatementRef | null;
  readonly onActivate: (statement: StatementRef) => void;
  readonly onShow: (finding: Finding) => void;
  readonly onFix: (finding: Finding) => void;
  readonly onRecipe: (finding: Finding) => void;
  readonly onAccept: (finding: Finding) => void;
  readonly selected: MigrationTab;
  readonly onSelect: (tab: MigrationTab) => void;
}) {
  const { report, shadow, catalog, gates } = work;
  const statements = report?.statements;
  const run = work.proofIsCurrent ? (shadow.proof?.report ?? null) : null;
  const [up, down] = useMemo(
    () =>
      [
        timelineRows('up', statements ?? [], run, catalog),
        timelineRows('down', statements ?? [], run, catalog),
      ] as const,
    [statements, run, catalog],
  );
  const findings = report?.findings ?? [];
  const hasWarning = findings.some((finding) => finding.severity === 'warning');
  const hasError = findings.some((finding) => finding.severity === 'error');
  const isLit = (row: StatementRef): boolean =>
    active !== null &&
    ((active.direction === row.direction && active.index === row.index) ||
      links.some(
        (link) =>
          link.kind === 'inverse' &&
          (active.direction === 'up' ? link.up === active.index : link.down === active.index) &&
          (row.direction === 'up' ? link.up === row.index : link.down === row.index),
      ));
  const items: readonly TabItem<MigrationTab>[] = [
    {
      id: 'timeline',
      label: 'Timeline',
      content: <TimelineTab active={isLit} down={down} links={links} onActivate={onActivate} up={up} />,
    },
    {
      id: 'findings',
      label: 'Findings',
      count: findings.length > 0 ? findings.length : undefined,
      tone: hasError ? 'bad' : hasWarning ? 'warn' : 'plain',
      content: <FindingsTab onAccept={onAccept} onFix={onFix} onRecipe={onRecipe} onShow={onShow} report={report} />,
    },
    { id: 'proof', label: 'Proof', content: <ProofTab {...proof} /> },
    { id: 'diagram', label: 'Diagram', content: <DiagramTab id={id} up={work.text.up} /> },
    { id: 'risk', label: 'Risk', content: <RiskTab onActivate={onActivate} statements={statements ?? []} /> },
    { id: 'export', label: 'Export', content: <ExportTab id={id} locked={gates.exportLocked} /> },
    {
      id: 'not-checked',
      label: 'Not checked',
      count: work.notChecked.length > 0 ? work.notChecked.length : undefined,
      content: <NotCheckedTab items={work.notChecked} />,
    },
  ];
  return (
    <Tabs
      items={items}
      label="About this migration"
      onSelect={onSelect}
      selected={selected}
      trailing={
        run ? (
          <span className="text-ellipsis">
            Shadow, measured: up {durationText(run.steps.find((step) => step.name === 'up')?.ms ?? 0)}
          </span>
        ) : undefined
      }
    />
  );
}
