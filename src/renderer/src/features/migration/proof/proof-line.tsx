import { Gate } from '../../../components/gate.tsx';
import { ProofMark, type ProofState } from '../../../components/proof-mark.tsx';
import { momentText, shortFingerprint } from '../../schema/quantities.ts';
import { proofVerdict } from '../model/proof-facts.ts';
import { type ShadowRun, shadowProgressText } from '../state/use-shadow-run.ts';
import './proof-line.css';

/** Down against baseline in one glance; nothing before both were seen. */
function Comparison({ shadow }: { readonly shadow: ShadowRun }) {
  const report = shadow.proof?.report;
  const baseline = report?.steps.find(({ name }) => name === 'baseline');
  const down = report?.steps.find(({ name }) => name === 'down');
  if (!report || !baseline || !down) return null;
  const state: ProofState = down.equalTo === 'baseline' ? 'equal' : 'differs';
  return (
    <>
      <span className="mono">
        baseline {shortFingerprint(baseline.fingerprint)}, down {shortFingerprint(down.fingerprint)}
      </span>
      <ProofMark differences={report.differences.length} state={state} />
    </>
  );
}

/** The proof in one line, for windows without room for its panel; pressing it opens the Proof tab. */
export function ProofLine({
  shadow,
  isCurrent,
  onOpen,
}: {
  readonly shadow: ShadowRun;
  /** False when the newest proof is about an older text. */
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}) {
  const { proof, running, error, state } = shadow;
  const verdict = proof ? proofVerdict(proof.report) : null;
  return (
    <button className="proof-line" onClick={onOpen} type="button">
      <b className="text-medium">Proof</b>
      {running ? (
        <Gate state="running">{shadowProgressText('since' in state ? state.progress : null)}</Gate>
      ) : error && error.code !== 'cancelled' ? (
        <Gate state="could-not-run">Could not run</Gate>
      ) : verdict ? (
        <>
          <Gate state={isCurrent ? verdict.tone : 'stale'}>{isCurrent ? verdict.word : 'Stale'}</Gate>
          {isCurrent ? <Comparison shadow={shadow} /> : null}
        </>
      ) : (
        <Gate state="not-yet">Not run</Gate>
      )}
      <span className="grow" />
      {proof && !running ? (
        <span className="text-2">
          {momentText(proof.at, new Date())}, version {proof.version}
        </span>
      ) : null}
      <span className="proof-line-open">Show the proof</span>
    </button>
  );
}
