import { FlaskConical } from 'lucide-react';
import type { StatementReport } from '../../../../../engine/validate/report.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Gate } from '../../../components/gate.tsx';
import { momentText } from '../../schema/quantities.ts';
import {
  dataFacts,
  failedStatements,
  fidelityFacts,
  type ProofFact,
  proofVerdict,
  queryFacts,
  shadowPlace,
} from '../model/proof-facts.ts';
import type { ShadowRun } from '../state/use-shadow-run.ts';
import { ComputedDown } from './computed-down.tsx';
import { FactList } from './fact-list.tsx';
import { ProofSentence, ProofStrip } from './proof-strip.tsx';
import { ShadowProgress } from './shadow-progress.tsx';
import './proof-panel.css';

export type ProofPanelProps = {
  readonly shadow: ShadowRun;
  /** False when the newest proof is about an older text. */
  readonly isCurrent: boolean;
  /** Why it cannot be run now, or null. */
  readonly locked: string | null;
  readonly onRun: () => void;
  /** Puts a text in the place of the down. */
  readonly onUseDown: (down: string) => void;
  readonly notChecked: readonly string[];
  readonly statements: readonly StatementReport[];
  /** True while the panel stands beside the editors, so that the tab need not draw the steps again. */
  readonly hasPanel: boolean;
};

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly ProofFact[] | null }) {
  if (facts === null || facts.length === 0) return null;
  return (
    <section>
      <h3 className="eyebrow">{title}</h3>
      <FactList facts={facts} />
    </section>
  );
}

/** The proof beside the editors: verdict, four steps, what was lost, what broke, what was not checked. */
export function ProofPanel({ shadow, isCurrent, locked, onRun, onUseDown, notChecked, statements }: ProofPanelProps) {
  const { proof, running, error } = shadow;
  const verdict = proof ? proofVerdict(proof.report) : null;
  return (
    <aside aria-label="Proof" className="proof-panel">
      <div className="proof-panel-head">
        <h2>Proof</h2>
        {verdict && !running ? (
          <Gate state={isCurrent ? verdict.tone : 'stale'}>{isCurrent ? verdict.word : 'Stale'}</Gate>
        ) : null}
        <span className="grow" />
        {proof && !running ? (
          <span className="text-small text-2">
            {momentText(proof.at, new Date())}, version {proof.version}
          </span>
        ) : null}
      </div>
      <div className={`proof-panel-body ${isCurrent || running ? '' : 'proof-stale'}`}>
        <section>
          {running ? <ShadowProgress onCancel={shadow.cancel} state={shadow.state} /> : null}
          {error ? <ErrorNotice error={error} remedies={{ retry: onRun }} /> : null}
          {running ? null : <ProofStrip report={proof?.report ?? null} />}
          {proof && !running ? <ProofSentence isCurrent={isCurrent} report={proof.report} /> : null}
          {running ? null : (
            <Button icon={FlaskConical} lockedReason={locked} onPress={onRun} size="small">
              {proof ? 'Run again' : 'Run on a shadow database'}
            </Button>
          )}
        </section>
        {proof && !running ? (
          <>
            <Facts facts={failedStatements(proof.report)} title="Failed" />
            <ComputedDown isCurrent={isCurrent} onUse={onUseDown} report={proof.report} />
            <Facts facts={dataFacts(proof.report, isCurrent ? statements : [])} title="Data round trip" />
            <Facts facts={queryFacts(proof.report)} title="Known queries" />
            <Facts facts={fidelityFacts(proof.report)} title="Copy" />
          </>
        ) : null}
        {notChecked.length > 0 ? (
          <section>
            <h3 className="eyebrow">Not checked</h3>
            <ul className="proof-not-checked">
              {notChecked.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <div className="proof-panel-foot">
        {proof ? `Shadow: ${shadowPlace(proof.report)}` : 'A throw-away copy; the target is not touched.'}
      </div>
    </aside>
  );
}
