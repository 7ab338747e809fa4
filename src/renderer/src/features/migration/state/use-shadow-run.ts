import { useCallback, useEffect, useState } from 'react';
import type { ShadowRunReport } from '../../../../../engine/shadow/report.ts';
import type { LockstepError } from '../../../../../shared/errors.ts';
import type { MigrationId } from '../../../../../shared/ids.ts';
import type { OperationProgress } from '../../../../../shared/ipc/wire.ts';
import type { Migration } from '../../../../../shared/migration.ts';
import { type OperationState, useOperation } from '../../../ipc/use-operation.ts';

type Proof = { readonly report: ShadowRunReport; readonly at: string; readonly version: number };

/** The shadow run of a migration: the newest report, and the run that is going on. */
export type ShadowRun = {
  /** The newest report that is known, perhaps about an older version. */
  readonly proof: Proof | null;
  readonly state: OperationState<'shadow.run'>;
  readonly running: boolean;
  readonly error: LockstepError | null;
  readonly run: (version: number) => Promise<void>;
  readonly cancel: () => void;
};

const stepNames: Readonly<Record<OperationProgress<'shadow.run'>['step'], string>> = {
  start: 'starting',
  clone: 'copying the catalog',
  rows: 'trying synthetic rows',
  baseline: 'baseline',
  up: 'up',
  down: 'down',
  'up-again': 'up again',
};

/** What a running shadow run does now, for example `down, 2 of 3`. */
export function shadowProgressText(progress: OperationProgress<'shadow.run'> | null): string {
  if (progress === null) return 'starting';
  const { step, statement } = progress;
  return statement ? `${stepNames[step]}, ${statement.index + 1} of ${statement.count}` : stepNames[step];
}

/** Runs a migration on a shadow database and remembers the newest proof while the tab lives. */
export function useShadowRun(id: MigrationId, migration: Migration | undefined): ShadowRun {
  const operation = useOperation('shadow.run', { keepRunning: false });
  const [proof, setProof] = useState<Proof | null>(null);

  useEffect(() => {
    const current = migration?.current;
    if (current?.shadowRun) setProof({ ...current.shadowRun, version: current.version });
  }, [migration]);

  const start = operation.run;
  const run = useCallback(
    async (version: number): Promise<void> => {
      const answer = await start({ id });
      if (answer.ok) setProof({ report: answer.value, at: new Date().toISOString(), version });
    },
    [id, start],
  );
  return {
    proof,
    state: operation.state,
    running: operation.isRunning,
    error: operation.state.status === 'failed' ? operation.state.error : null,
    run,
    cancel: operation.cancel,
  };
}
