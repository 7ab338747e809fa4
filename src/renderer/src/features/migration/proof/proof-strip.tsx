import { ArrowDown } from 'lucide-react';
import type { ShadowRunReport, ShadowStepName } from '../../../../../engine/shadow/report.ts';
import { Icon } from '../../../components/icon.tsx';
import { ProofShape, type ProofState } from '../../../components/proof-mark.tsx';
import { durationText, shortFingerprint } from '../../schema/quantities.ts';
import './proof-strip.css';

const names: readonly (readonly [ShadowStepName, string])[] = [
  ['baseline', 'Baseline'],
  ['up', 'Up'],
  ['down', 'Down'],
  ['up-again', 'Up again'],
];

/** Whether a later step came out as the earlier one. */
function comparison(report: ShadowRunReport | null, later: ShadowStepName, earlier: 'baseline' | 'up'): ProofState {
  const step = report?.steps.find((candidate) => candidate.name === later);
  if (!step) return 'not-run';
  return step.equalTo === earlier ? 'equal' : 'differs';
}

const bracket = (state: ProofState, path: string, broken: string) => (
  <path className={`proof-bracket proof-bracket-${state}`} d={state === 'equal' ? path : broken} />
);

/** The claim as a picture: brackets join the equal fingerprints; where they differ the bracket breaks. */
export function ProofStrip({ report }: { readonly report: ShadowRunReport | null }) {
  const down = comparison(report, 'down', 'baseline');
  const again = comparison(report, 'up-again', 'up');
  return (
    <div className="proof-strip">
      <ol className="proof-steps">
        {names.map(([name, label], index) => {
          const step = report?.steps.find((candidate) => candidate.name === name);
          return (
            <li key={name}>
              {index > 0 ? <Icon className="proof-arrow" of={ArrowDown} size={14} /> : null}
              <div className={`proof-step ${step ? '' : 'proof-step-open'} ${step?.error ? 'proof-step-failed' : ''}`}>
                <b>{label}</b>
                <span className="proof-time">{step && name !== 'baseline' ? durationText(step.ms) : ''}</span>
                <span className="mono" title={step?.fingerprint ?? ''}>
                  {step?.error ? 'stopped by an error' : step ? shortFingerprint(step.fingerprint) : 'not run'}
                </span>
              </div>
            </li>
          );
        })}
      </ol>
      <svg aria-hidden="true" className="proof-brackets" viewBox="0 0 70 220">
        {bracket(
          down,
          'M0 22H15a5 5 0 0 1 5 5V133a5 5 0 0 1-5 5H0',
          'M0 22H15a5 5 0 0 1 5 5V94M20 124V133a5 5 0 0 1-5 5H0',
        )}
        <path className="proof-bridge" d="M15.5 80h9" />
        {bracket(
          again,
          'M0 80H43a5 5 0 0 1 5 5V191a5 5 0 0 1-5 5H0',
          'M0 80H43a5 5 0 0 1 5 5V94M48 124V191a5 5 0 0 1-5 5H0',
        )}
        <g transform="translate(11 100)">
          <ProofShape state={down} />
        </g>
        <g transform="translate(39 100)">
          <ProofShape state={again} />
        </g>
      </svg>
    </div>
  );
}

const word = (state: ProofState) =>
  state === 'equal' ? (
    <b className="text-ok">equal</b>
  ) : state === 'differs' ? (
    <b className="text-bad">not equal</b>
  ) : (
    <b>not compared</b>
  );

/** The same claim in one sentence. */
export function ProofSentence({
  report,
  isCurrent,
}: {
  readonly report: ShadowRunReport;
  /** False when the proof is about an older text. */
  readonly isCurrent: boolean;
}) {
  const verb = isCurrent ? 'is' : 'was';
  return (
    <p className="text-small text-2">
      {isCurrent ? '' : 'Of an older text: '}
      {isCurrent ? 'Down' : 'down'} {verb} {word(comparison(report, 'down', 'baseline'))} to baseline; up again {verb}{' '}
      {word(comparison(report, 'up-again', 'up'))} to up.
      {report.columnOrder === 'changed' ? ' A column that came back stands last now.' : ''}
    </p>
  );
}
