import { Progress } from '../../../components/progress.tsx';
import type { OperationState } from '../../../ipc/use-operation.ts';
import { useEscape } from '../state/use-escape.ts';

/** A draft on its way: what is being done, for which request, and a way to stop. The SQL arrives in the editors. */
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
  return (
    <section aria-label="Drafting" className="draft-progress">
      <Progress
        isCancelling={state.status === 'cancelling'}
        label="Drafting"
        note={request}
        onCancel={onCancel}
        phases={[
          {
            label: (state.progress?.phase ?? 'starting').replace(/^./, (letter) => letter.toUpperCase()),
            state: 'running',
          },
        ]}
        since={state.since}
      />
    </section>
  );
}
