import { Progress } from '../../../components/progress.tsx';
import type { OperationState } from '../../../ipc/use-operation.ts';
import { useEscape } from '../state/use-escape.ts';

/** The last lines are the ones that are being written now. */
const tail = (text: string): string => text.split('\n').slice(-6).join('\n');

/** A draft on its way: what is being done, what has arrived so far, and a way to stop. */
export function DraftProgress({
  request,
  state,
  onCancel,
}: {
  readonly request: string;
  readonly state: OperationState<'draft.generate'>;
  readonly onCancel: () => void;
}) {
  useEscape(onCancel);
  if (!('since' in state)) return null;
  const { progress } = state;
  return (
    <section aria-label="Drafting" className="draft-progress">
      <Progress
        isCancelling={state.status === 'cancelling'}
        label="Drafting"
        note={request}
        onCancel={onCancel}
        phases={[{ label: progress?.phase ?? 'Starting', state: 'running' }]}
        since={state.since}
      />
      {progress && progress.snapshot !== '' ? <pre className="draft-stream">{tail(progress.snapshot)}</pre> : null}
    </section>
  );
}
