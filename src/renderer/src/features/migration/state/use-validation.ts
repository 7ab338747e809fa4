import { useCallback, useEffect, useRef, useState } from 'react';
import type { MigrationReport } from '../../../../../engine/validate/report.ts';
import type { LockstepError } from '../../../../../shared/errors.ts';
import type { MigrationId } from '../../../../../shared/ids.ts';
import { runOperation } from '../../../ipc/client.ts';

const pauseMs = 300;

type Checked = { readonly report: MigrationReport; readonly up: string; readonly down: string };

/** What the rules say about the text in the editors. */
export type Validation = {
  /** The newest report; null before the first. */
  readonly report: MigrationReport | null;
  /** True when that report is about exactly the text in the editors. */
  readonly current: boolean;
  readonly running: boolean;
  readonly error: LockstepError | null;
  /** Checks now instead of after the pause; resolves with the report, or null when there is none for this text. */
  readonly check: () => Promise<MigrationReport | null>;
};

/** Validates a little after each change of the text; an answer about older text is dropped, typing never waits. */
export function useValidation(id: MigrationId, up: string, down: string, enabled: boolean): Validation {
  const [checked, setChecked] = useState<Checked | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<LockstepError | null>(null);
  const latest = useRef({ up, down });
  latest.current = { up, down };
  const current = useRef<AbortController | null>(null);

  const check = useCallback(async (): Promise<MigrationReport | null> => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const texts = latest.current;
    setRunning(true);
    const answer = await runOperation('validate.run', { id, ...texts }, { signal: controller.signal });
    if (current.current !== controller) return null;
    current.current = null;
    setRunning(false);
    if (answer.ok) {
      setChecked({ report: answer.value, ...texts });
      setError(null);
      return answer.value;
    }
    if (answer.error.code !== 'cancelled') setError(answer.error);
    return null;
  }, [id]);

  useEffect(() => {
    if (!enabled || (up.trim() === '' && down.trim() === '')) return;
    const timer = setTimeout(check, pauseMs);
    return () => clearTimeout(timer);
  }, [up, down, enabled, check]);

  useEffect(() => () => current.current?.abort(), []);

  return {
    report: checked?.report ?? null,
    current: checked !== null && checked.up === up && checked.down === down,
    running,
    error,
    check,
  };
}
