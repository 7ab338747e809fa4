import { MapPin, Zap } from 'lucide-react';
import type { Finding } from '../../../../../engine/validate/report.ts';
import { Button } from '../../../components/button.tsx';
import { FindingBlock } from '../../../components/finding-block.tsx';
import { countOf } from '../../schema/quantities.ts';
import { asSentence } from '../model/as-sentence.ts';
import './findings-tab.css';

const groups = [
  { severity: 'error', word: 'error' },
  { severity: 'warning', word: 'warning' },
  { severity: 'info', word: 'note' },
] as const;

const evidenceText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);

function Item({
  finding,
  onShow,
  onFix,
}: {
  readonly finding: Finding;
  readonly onShow: () => void;
  readonly onFix: () => void;
}) {
  const evidence = Object.entries(finding.evidence);
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
          </>
        }
        title={asSentence(finding.message)}
        tone={finding.severity}
      >
        {finding.why}
        <span className="finding-instead">{finding.instead}</span>
        <span className="finding-evidence">
          {finding.rule}
          {evidence.map(([name, value]) => `, ${name}: ${evidenceText(value)}`).join('')}
        </span>
      </FindingBlock>
    </li>
  );
}

/** All findings by weight, each with its place, its evidence and its fix. */
export function FindingsTab({
  findings,
  isChecked,
  onShow,
  onFix,
}: {
  readonly findings: readonly Finding[];
  /** True when the rules have looked at the text. */
  readonly isChecked: boolean;
  readonly onShow: (finding: Finding) => void;
  readonly onFix: (finding: Finding) => void;
}) {
  if (findings.length === 0) {
    return (
      <p className="tab-empty">{isChecked ? 'The rules found nothing.' : 'The rules have not looked at this yet.'}</p>
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
              {own.map((finding) => (
                <Item
                  finding={finding}
                  key={`${finding.direction}${finding.line}:${finding.column}${finding.rule}${finding.message}`}
                  onFix={() => onFix(finding)}
                  onShow={() => onShow(finding)}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
