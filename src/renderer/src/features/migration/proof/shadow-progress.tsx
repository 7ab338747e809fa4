import { Progress, type ProgressPhase } from '../../../components/progress.tsx';
import type { OperationState } from '../../../ipc/use-operation.ts';
import { useEscape } from '../state/use-escape.ts';
import { shadowProgressText } from '../state/use-shadow-run.ts';

const phases = [
  ['clone', 'Copy the catalog'],
  ['rows', 'Synthetic rows'],
  ['baseline', 'Baseline'],
  ['up', 'Up'],
  ['down', 'Down'],
  ['up-again', 'Up again'],
] as const;

/** A shadow run on its way: its steps, its clock, and a way to stop it. */
export function ShadowProgress({
  state,
  onCancel,
}: {
  readonly state: OperationState<'shadow.run'>;
  readonly onCancel: () => void;
}) {
  useEscape(onCancel);
  if (!('since' in state)) return null;
  const now = phases.findIndex(([step]) => step === state.progress?.step);
  return (
    <Progress
      isCancelling={state.status === 'cancelling'}
      label="Shadow run"
      note={shadowProgressText(state.progress)}
      onCancel={onCancel}
      phases={phases.map(
        ([, label], index): ProgressPhase => ({
          label,
          state: index < now ? 'done' : index === Math.max(now, 0) ? 'running' : 'waiting',
        }),
      )}
      since={state.since}
    />
  );
}
