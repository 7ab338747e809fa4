import { describeError } from '../../../shared/describe-error.ts';
import type { LockstepError } from '../../../shared/errors.ts';
import { type Remedies, remedyFor } from './remedies.ts';
import { showToast } from './toasts.ts';

/** Shows an expected error as a message that stays, with its remedy; a cancelled operation is only noted. */
export function showError(error: LockstepError, remedies: Remedies = {}): void {
  const { title, whatHappened, whatToDo, remedy } = describeError(error);
  if (error.code === 'cancelled') {
    showToast({ tone: 'info', title });
    return;
  }
  const run = remedy === undefined ? null : remedyFor(remedy.action, remedies);
  showToast({
    tone: 'error',
    title,
    text: `${whatHappened} ${whatToDo}`,
    ...(remedy === undefined || run === null ? {} : { action: { label: remedy.label, run } }),
  });
}
