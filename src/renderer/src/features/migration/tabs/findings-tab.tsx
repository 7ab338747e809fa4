import { BookOpen, Check, ListOrdered, type LucideIcon, MapPin, Zap } from 'lucide-react';
import { useState } from 'react';
import type { Finding, MigrationReport } from '../../../../../engine/validate/report.ts';
import { Button } from '../../../components/button.tsx';
import { FindingBlock } from '../../../components/finding-block.tsx';
import { FirstOf } from '../../../components/first-of.tsx';
import { Icon } from '../../../components/icon.tsx';
import { SegmentedControl } from '../../../components/segmented-control.tsx';
import { openDialog } from '../../../state/dialogs.ts';
import { countOf } from '../../schema/quantities.ts';
import { canAccept } from '../accept-dialog.tsx';
import { arrangeFindings, type FindingOrder, severityWords } from '../model/arrange-findings.ts';
import { asSentence } from '../model/as-sentence.ts';
import { findingEvidence } from '../model/finding-evidence.ts';
import './findings-tab.css';

const placeOf = ({ direction, line }: Finding): string => `${direction === 'up' ? 'Up' : 'Down'} line ${line}`;

/** What a folded finding holds. */
function Offer({ icon, word }: { readonly icon: LucideIcon; readonly word: string }) {
  return (
    <span className="row row-tight">
      <Icon of={icon} size={12} />
      {word}
    </span>
  );
}

function Item({
  finding,
  isOpen,
  onToggle,
  onShow,
  onFix,
  onRecipe,
  onAccept,
}: {
  readonly finding: Finding;
  /** Folded, it is one line: what, where, and the way to the rest. */
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onShow: () => void;
  readonly onFix: () => void;
  readonly onRecipe: () => void;
  /** Null when it cannot be accepted. */
  readonly onAccept: (() => void) | null;
}) {
  const { facts, folded } = findingEvidence(finding);
  return (
    <li>
      <FindingBlock
        actions={
          <>
            <Button icon={MapPin} onPress={onShow} size="small" variant="ghost">
              {`${placeOf(finding)}, column ${finding.column}`}
            </Button>
            {finding.fix ? (
              <Button icon={Zap} onPress={onFix} size="small">
                {finding.fix.title}
              </Button>
            ) : null}
            {finding.recipe ? (
              <Button icon={ListOrdered} onPress={onRecipe} size="small">
                {`Do it in ${countOf(finding.recipe.steps.length, 'migration')}`}
              </Button>
            ) : null}
            {onAccept ? (
              <Button icon={Check} onPress={onAccept} size="small" variant="ghost">
                Accept with a reason
              </Button>
            ) : null}
            <Button
              icon={BookOpen}
              onPress={() => openDialog({ kind: 'rules', ruleId: finding.rule })}
              size="small"
              variant="ghost"
            >
              About this rule
            </Button>
          </>
        }
        aside={
          <>
            {finding.fix ? <Offer icon={Zap} word="fix" /> : null}
            {finding.recipe ? <Offer icon={ListOrdered} word="recipe" /> : null}
            <Button onPress={onShow} variant="link">
              {placeOf(finding)}
            </Button>
          </>
        }
        fold={{ isOpen, onToggle }}
        title={asSentence(finding.message)}
        tone={finding.severity}
      >
        {finding.why}
        <span className="finding-instead">{finding.instead}</span>
        {finding.noRecipe ? (
          <span className="finding-instead">{`No recipe is offered: ${finding.noRecipe}.`}</span>
        ) : null}
        {folded.map(({ rule, message }) => (
          <span className="finding-folded" key={rule + message}>
            <span className="text-medium">Also:</span> {asSentence(message)} <span className="text-3">{rule}</span>
          </span>
        ))}
        <span className="finding-evidence">{[finding.rule, ...facts].join(', ')}</span>
      </FindingBlock>
    </li>
  );
}

const findingsAtOnce = 40;
/** Up to this many findings are read as they are; more are easier to look over when each is one line. */
const readWhole = 3;

const keyOf = ({ direction, rule, message }: Finding): string => `${direction} ${rule} ${message}`;

/** All findings by weight or by place, each with its evidence and its fix; many are folded into a line each. */
export function FindingsTab({
  report,
  onShow,
  onFix,
  onRecipe,
  onAccept,
}: {
  /** Null while the rules have not looked at the text. */
  readonly report: MigrationReport | null;
  readonly onShow: (finding: Finding) => void;
  readonly onFix: (finding: Finding) => void;
  readonly onRecipe: (finding: Finding) => void;
  readonly onAccept: (finding: Finding) => void;
}) {
  const [severity, setSeverity] = useState<Finding['severity'] | 'all'>('all');
  const [order, setOrder] = useState<FindingOrder>('weight');
  /** Those that were folded or opened by hand. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const findings = report?.findings ?? [];
  if (report === null || findings.length === 0) {
    return (
      <p className="tab-empty">{report ? 'The rules found nothing.' : 'The rules have not looked at this yet.'}</p>
    );
  }
  const isShort = findings.length <= readWhole;
  const counted = severityWords
    .map((each) => ({ ...each, count: findings.filter((finding) => finding.severity === each.severity).length }))
    .filter(({ count }) => count > 0);
  const shown = counted.some((each) => each.severity === severity) && !isShort ? severity : 'all';
  const isOpen = (finding: Finding): boolean => isShort !== turned.has(keyOf(finding));
  const allOpen = findings.every(isOpen);
  const toggle = (finding: Finding): void => {
    const next = new Set(turned);
    if (!next.delete(keyOf(finding))) next.add(keyOf(finding));
    setTurned(next);
  };
  return (
    <div className="findings-tab">
      {isShort ? null : (
        <div className="findings-tools">
          <SegmentedControl
            label="Which findings"
            onChange={setSeverity}
            segments={[
              { id: 'all', label: `All ${findings.length}` },
              ...counted.map((each) => ({ id: each.severity, label: countOf(each.count, each.word) })),
            ]}
            value={shown}
          />
          <SegmentedControl
            label="Order"
            onChange={setOrder}
            segments={[
              { id: 'weight', label: 'By weight' },
              { id: 'place', label: 'By place' },
            ]}
            value={order}
          />
          <Button onPress={() => setTurned(new Set(allOpen ? [] : findings.map(keyOf)))} size="small" variant="ghost">
            {allOpen ? 'Fold all' : 'Open all'}
          </Button>
        </div>
      )}
      {arrangeFindings(findings, { severity: shown === 'all' ? null : shown, order }).map((group) => (
        <section key={group.title}>
          <h3 className="eyebrow">{group.title}</h3>
          <ul>
            <FirstOf
              atOnce={findingsAtOnce}
              keyOf={(finding) => `${finding.line}:${finding.column} ${keyOf(finding)}`}
              things={group.findings}
            >
              {(finding) => (
                <Item
                  finding={finding}
                  isOpen={isOpen(finding)}
                  onAccept={canAccept(finding, report) ? () => onAccept(finding) : null}
                  onFix={() => onFix(finding)}
                  onRecipe={() => onRecipe(finding)}
                  onShow={() => onShow(finding)}
                  onToggle={() => toggle(finding)}
                />
              )}
            </FirstOf>
          </ul>
        </section>
      ))}
    </div>
  );
}
