import { BookOpen, Check, ListOrdered, MapPin, Zap } from 'lucide-react';
import type { Finding, MigrationReport } from '../../../../../engine/validate/report.ts';
import { Button } from '../../../components/button.tsx';
import { FindingBlock } from '../../../components/finding-block.tsx';
import { FirstOf } from '../../../components/first-of.tsx';
import { openDialog } from '../../../state/dialogs.ts';
import { countOf } from '../../schema/quantities.ts';
import { canAccept } from '../accept-dialog.tsx';
import { asSentence } from '../model/as-sentence.ts';
import { findingEvidence } from '../model/finding-evidence.ts';
import './findings-tab.css';

const groups = [
  { severity: 'error', word: 'error' },
  { severity: 'warning', word: 'warning' },
  { severity: 'info', word: 'note' },
] as const;

function Item({
  finding,
  onShow,
  onFix,
  onRecipe,
  onAccept,
}: {
  readonly finding: Finding;
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
              {`${finding.direction === 'up' ? 'Up' : 'Down'} line ${finding.line}, column ${finding.column}`}
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

/** All findings by weight, each with its place, its evidence and its fix. */
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
  const findings = report?.findings ?? [];
  if (report === null || findings.length === 0) {
    return (
      <p className="tab-empty">{report ? 'The rules found nothing.' : 'The rules have not looked at this yet.'}</p>
    );
  }
  return (
    <div className="findings-tab">
      {groups.map(({ severity, word }) => {
        const own = findings.filter((finding) => finding.severity === severity);
        return own.length === 0 ? null : (
          <section key={severity}>
            <h3 className="eyebrow">{countOf(own.length, word)}</h3>
            <ul>
              <FirstOf
                atOnce={findingsAtOnce}
                keyOf={({ direction, line, column, rule, message }) => `${direction}${line}:${column}${rule}${message}`}
                things={own}
              >
                {(finding) => (
                  <Item
                    finding={finding}
                    onAccept={canAccept(finding, report) ? () => onAccept(finding) : null}
                    onFix={() => onFix(finding)}
                    onRecipe={() => onRecipe(finding)}
                    onShow={() => onShow(finding)}
                  />
                )}
              </FirstOf>
            </ul>
          </section>
        );
      })}
    </div>
  );
}
