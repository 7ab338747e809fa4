import { useState } from 'react';
import type { Migration } from '../../../../../shared/migration.ts';
import { request } from '../../../ipc/client.ts';
import { showError } from '../../../state/show-error.ts';
import { reviewPoints } from '../model/derive-gates.ts';
import { dataFacts, proofVerdict, shadowServer } from '../model/proof-facts.ts';
import { reportOfDirection } from '../model/reports-by-direction.ts';
import { transactionsInWords } from '../model/transaction-groups.ts';
import type { MigrationWork } from '../state/use-migration-work.ts';
import { ReviewDialog } from './review-dialog.tsx';

/** Collects what the reviewer has to know, asks, and records the review. */
export function ReviewVersion({
  migration,
  work,
  onClose,
}: {
  readonly migration: Migration;
  readonly work: MigrationWork;
  readonly onClose: () => void;
}) {
  const [isPending, setPending] = useState(false);
  const version = migration.current?.version ?? 1;
  const proof = work.shadow.proof?.report ?? null;
  const facts = [
    ...(work.report
      ? [
          `Up: ${transactionsInWords(reportOfDirection(work.report, 'up').statements)}`,
          `Down: ${transactionsInWords(reportOfDirection(work.report, 'down').statements)}`,
        ]
      : []),
    ...(proof ? [`Shadow run on ${shadowServer(proof)}: ${proofVerdict(proof).word.toLowerCase()}`] : []),
    ...(proof ? dataFacts(proof, work.report?.statements ?? []).map((fact) => `${fact.title} ${fact.text}`) : []),
  ];
  const review = async (): Promise<void> => {
    setPending(true);
    const answer = await request('migrations.review', { id: migration.id, version });
    setPending(false);
    if (!answer.ok) {
      showError(answer.error);
      return;
    }
    work.text.adopt(answer.value);
    onClose();
  };
  return (
    <ReviewDialog
      connectionName={migration.connectionName}
      environment={migration.environment}
      facts={facts}
      isPending={isPending}
      onClose={onClose}
      onReview={() => void review()}
      points={reviewPoints(work.gateInput)}
      version={version}
    />
  );
}
