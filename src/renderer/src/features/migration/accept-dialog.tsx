import { useState } from 'react';
import type { Finding, MigrationReport } from '../../../../engine/validate/report.ts';
import { suppressionComment, writeSuppression } from '../../../../engine/validate/write-suppression.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { asSentence } from './model/as-sentence.ts';
import './accept-dialog.css';

const day = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => day.test(text) && !Number.isNaN(Date.parse(text));

/** Where the comment of a finding goes: above its statement, or above the first one when it is about the file. */
const statementOf = (finding: Finding, report: MigrationReport) =>
  report.statements.find(
    ({ direction, index }) => direction === finding.direction && index === (finding.statement ?? 0),
  );

/** True when a finding can be accepted with a comment in the SQL. */
export const canAccept = (finding: Finding, report: MigrationReport): boolean =>
  finding.rule !== 'invalid-suppression' && statementOf(finding, report) !== undefined;

/** Accepts a finding for a stated reason, as a comment in the SQL that everybody reads who reads the migration. */
export function AcceptDialog({
  finding,
  report,
  before,
  onApply,
  onClose,
}: {
  readonly finding: Finding;
  readonly report: MigrationReport;
  readonly before: string;
  readonly onApply: (text: string) => void;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const wrongDay = until !== '' && !isDay(until) ? 'Write a day as 2027-01-31, or leave it empty' : null;
  const statement = statementOf(finding, report);
  const acceptance = { rule: finding.rule, reason, until: until === '' ? null : until };
  const locked = reason.trim() === '' ? 'Say why first' : (wrongDay ?? null);
  return (
    <Dialog
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            lockedReason={locked}
            onPress={() => {
              if (statement !== undefined) onApply(writeSuppression(before, statement, acceptance));
            }}
            variant="primary"
          >
            Accept with this reason
          </Button>
        </>
      }
      onClose={onClose}
      title="Accept with a reason"
    >
      <p>{asSentence(finding.message)}</p>
      <TextField
        autoFocus
        isRequired
        label="Why is it acceptable here?"
        onChange={setReason}
        placeholder="For example: the table is empty until the launch"
        value={reason}
      />
      <TextField
        error={wrongDay}
        help="The finding comes back after this day."
        label="Until (optional)"
        onChange={setUntil}
        placeholder="2027-01-31"
        value={until}
      />
      <p className="text-small text-2">
        A comment above the statement says so; it leaves this rule out for this statement only:
      </p>
      <pre className="accept-comment">{suppressionComment({ ...acceptance, reason: reason || '…' })}</pre>
    </Dialog>
  );
}
