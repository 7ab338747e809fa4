import { FlaskConical } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { durationText } from '../../schema/quantities.ts';
import { dataFacts, failedStatements, fidelityFacts, shadowServer, whatDiffers } from '../model/proof-facts.ts';
import { ComputedDown } from '../proof/computed-down.tsx';
import { DataEvidence } from '../proof/data-evidence.tsx';
import { DifferenceList } from '../proof/difference-list.tsx';
import { FactList } from '../proof/fact-list.tsx';
import type { ProofPanelProps } from '../proof/proof-panel.tsx';
import { ProofSentence, ProofStrip } from '../proof/proof-strip.tsx';
import { QueryEvidence } from '../proof/query-evidence.tsx';
import { ShadowProgress } from '../proof/shadow-progress.tsx';
import './proof-tab.css';

/** Everything that a shadow run found out: steps, differences, evidence, and its log. */
export function ProofTab({ shadow, isCurrent, locked, onRun, onUseDown, hasPanel, statements }: ProofPanelProps) {
  const { proof, running, error } = shadow;
  const report = running ? null : (proof?.report ?? null);
  const messages = report?.statements.flatMap((statement) =>
    statement.messages.map((message) => `${statement.direction} ${statement.index + 1}: ${message}`),
  );
  return (
    <div className={`proof-tab ${hasPanel ? 'proof-tab-alone' : ''} ${isCurrent || running ? '' : 'proof-stale'}`}>
      <div className="stack" hidden={hasPanel}>
        {running || hasPanel ? null : <ProofStrip report={report} />}
        {report ? <ProofSentence isCurrent={isCurrent} report={report} /> : null}
        {running ? (
          <ShadowProgress onCancel={shadow.cancel} state={shadow.state} />
        ) : (
          <Button icon={FlaskConical} lockedReason={locked} onPress={onRun} size="small">
            {proof ? 'Run again' : 'Run on a shadow database'}
          </Button>
        )}
      </div>
      <div className="stack">
        {error ? <ErrorNotice error={error} remedies={{ retry: onRun }} /> : null}
        {report && !isCurrent ? <p className="text-warn text-medium">This proof is about an older text.</p> : null}
        {report ? (
          <>
            <FactList
              facts={[
                ...failedStatements(report),
                ...(report.data ? [] : dataFacts(report, isCurrent ? statements : [])),
                ...fidelityFacts(report),
              ]}
            />
            {report.differences.length > 0 ? (
              <>
                <h3 className="eyebrow">{whatDiffers(report)}</h3>
                <DifferenceList differences={report.differences} label={whatDiffers(report)} />
              </>
            ) : null}
            {hasPanel ? null : <ComputedDown isCurrent={isCurrent} onUse={onUseDown} report={report} />}
            {report.clone.differences.length > 0 ? (
              <>
                <h3 className="eyebrow">The copy differs from the catalog</h3>
                <DifferenceList differences={report.clone.differences} label="Differences of the copy" />
              </>
            ) : null}
            {report.data ? <DataEvidence data={report.data} /> : null}
            <QueryEvidence report={report} />
            {messages && messages.length > 0 ? (
              <>
                <h3 className="eyebrow">Log</h3>
                <ul className="proof-log mono">
                  {messages.map((message) => (
                    <li key={message}>{message}</li>
                  ))}
                </ul>
              </>
            ) : null}
            <p className="text-small text-2">
              {shadowServer(report)}; copied in {durationText(report.clone.ms)}, all in {durationText(report.elapsedMs)}
              .
            </p>
          </>
        ) : running ? (
          <p className="text-2" hidden={!hasPanel}>
            The shadow run is going on. Its steps stand at the right, and what it finds will stand here.
          </p>
        ) : error ? null : (
          <p className="text-2">
            Nothing has been proved yet. A shadow run copies the catalog into a throw-away database, runs up, down and
            up again, and compares fingerprints.
          </p>
        )}
      </div>
    </div>
  );
}
