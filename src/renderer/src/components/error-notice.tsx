import { describeError } from '../../../shared/describe-error.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import { type Remedies, remedyFor } from '../state/remedies.ts';
import { Button } from './button.tsx';
import { FindingBlock } from './finding-block.tsx';
import './error-notice.css';

const none: Remedies = {};

/** An expected error in words: what happened, what to do, and the remedy as a button where this screen has one. */
export function ErrorNotice({
  error,
  remedies = none,
  className,
}: {
  readonly error: LockstepError;
  /** What this screen can do about it; remedies that only go somewhere work without. */
  readonly remedies?: Remedies;
  readonly className?: string;
}) {
  const { title, whatHappened, whatToDo, remedy } = describeError(error);
  const run = remedy === undefined ? null : remedyFor(remedy.action, remedies);
  // Being cancelled is what the user asked for.
  const tone = error.code === 'cancelled' ? 'info' : 'error';
  return (
    <div className={`error-notice ${className ?? ''}`} role={tone === 'error' ? 'alert' : 'status'}>
      <FindingBlock
        actions={
          remedy === undefined || run === null ? undefined : (
            <Button onPress={run} size="small">
              {remedy.label}
            </Button>
          )
        }
        title={`${title}.`}
        tone={tone}
      >
        <span className="error-notice-text">{whatHappened}</span>
        <span className="error-notice-do">{whatToDo}</span>
      </FindingBlock>
    </div>
  );
}
