import { Check, Circle, RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { type Command, useCommands } from '../state/commands.ts';
import { shortcuts } from '../state/shortcuts.ts';
import { Button } from './button.tsx';
import { FindingBlock } from './finding-block.tsx';
import { Icon } from './icon.tsx';
import './progress.css';

export type ProgressPhase = {
  readonly label: string;
  readonly state: 'done' | 'running' | 'waiting';
  /** What it took, in words. */
  readonly time?: string;
};

/** Seconds since a moment, counted while the component lives. */
function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return <span className="text-2">{Math.max(0, Math.floor((now - since) / 1000))} s</span>;
}

/** Lets Esc cancel while there is something to cancel. */
function useCancelKey(label: string, onCancel: (() => void) | undefined): void {
  const cancel = useRef(onCancel);
  useEffect(() => {
    cancel.current = onCancel;
  });
  const canCancel = onCancel !== undefined;
  const commands = useMemo<readonly Command[]>(
    () =>
      canCancel
        ? [
            {
              id: `cancel ${label}`,
              title: `Cancel: ${label}`,
              group: 'Commands',
              shortcut: shortcuts.cancel,
              worksInFields: true,
              run: () => cancel.current?.(),
            },
          ]
        : [],
    [label, canCancel],
  );
  useCommands(commands);
}

/** Long work in phases; while a cancel is under way it says that nothing has been confirmed yet. */
export function Progress({
  label,
  phases,
  fraction = null,
  note,
  since,
  onCancel,
  isCancelling = false,
}: {
  readonly label: string;
  readonly phases: readonly ProgressPhase[];
  /** From 0 to 1; null when nobody can know. */
  readonly fraction?: number | null;
  readonly note?: string;
  /** Moment of the start, in milliseconds, for the running clock. */
  readonly since?: number;
  readonly onCancel?: () => void;
  readonly isCancelling?: boolean;
}) {
  useCancelKey(label, isCancelling ? undefined : onCancel);
  return (
    <div className="progress">
      <ul className="progress-phases">
        {phases.map((phase) => (
          <li className={`progress-phase progress-phase-${phase.state}`} key={phase.label}>
            <Icon of={phase.state === 'done' ? Check : phase.state === 'running' ? RefreshCw : Circle} size={14} />
            <span>{phase.label}</span>
            {phase.state === 'running' && since !== undefined ? (
              <Elapsed since={since} />
            ) : (
              <span className="text-2">{phase.time}</span>
            )}
          </li>
        ))}
      </ul>
      <ProgressBar
        aria-label={label}
        className="progress-bar"
        {...(fraction === null ? { isIndeterminate: true } : { value: fraction, maxValue: 1 })}
      >
        {({ percentage, isIndeterminate }) => (
          <div
            className={`progress-fill ${isIndeterminate ? 'progress-fill-unknown' : ''}`}
            style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }}
          />
        )}
      </ProgressBar>
      {isCancelling ? (
        <FindingBlock title="Cancelling…" tone="waiting">
          the work has not confirmed that it stopped.
        </FindingBlock>
      ) : note === undefined && onCancel === undefined ? null : (
        <div className="progress-foot">
          <span className="text-2 grow">{note}</span>
          {onCancel === undefined ? null : (
            <Button onPress={onCancel} shortcut={shortcuts.cancel} showShortcut size="small">
              Cancel
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
