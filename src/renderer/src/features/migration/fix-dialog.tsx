import { useMemo } from 'react';
import type { Finding } from '../../../../engine/validate/report.ts';
import { diffWithContext, lineDiff } from '../../../../shared/line-diff.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import './fix-dialog.css';

const signs = { same: ' ', added: '+', removed: '−' } as const;

/** The safe rewrite of a finding as a diff, before it replaces the text. */
export function FixDialog({
  finding,
  before,
  onApply,
  onClose,
}: {
  readonly finding: Finding;
  readonly before: string;
  readonly onApply: (text: string) => void;
  readonly onClose: () => void;
}) {
  const after = finding.fix?.sql ?? before;
  const lines = useMemo(() => diffWithContext(lineDiff(before, after), 3), [before, after]);
  return (
    <Dialog
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button autoFocus onPress={() => onApply(after)} variant="primary">
            Apply and check again
          </Button>
        </>
      }
      onClose={onClose}
      title={finding.fix?.title ?? 'Fix'}
      width="wide"
    >
      <p className="text-2">{finding.instead}</p>
      <table aria-label={`Changes to ${finding.direction}`} className="fix-diff">
        <tbody>
          {lines.map((line, index) =>
            line === null ? (
              <tr
                className="fix-gap"
                key={`after ${lines[index - 1]?.text ?? 'the start'}${lines[index - 1]?.after ?? ''}`}
              >
                <td colSpan={3}>…</td>
              </tr>
            ) : (
              <tr className={`fix-${line.kind}`} key={`${line.before ?? ''}:${line.after ?? ''}`}>
                <td className="fix-number">{line.after ?? line.before}</td>
                <td className="fix-sign">
                  <span aria-hidden="true">{signs[line.kind]}</span>
                  <span className="visually-hidden">{line.kind}</span>
                </td>
                <td>{line.text}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Dialog>
  );
}
