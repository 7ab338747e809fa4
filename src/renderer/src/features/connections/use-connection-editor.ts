import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LockstepError } from '../../../../shared/errors.ts';
import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { request } from '../../ipc/client.ts';
import { type Operation, useOperation } from '../../ipc/use-operation.ts';
import { invalidateRequest, requestKey, useRequest } from '../../ipc/use-request.ts';
import {
  type ConnectionForm,
  type FieldErrors,
  isChanged,
  passwordChangeOf,
  problemsOf,
  profileOf,
  type SecretStorage,
} from './connection-form.ts';

/** Editing one connection: its fields, what is wrong with them, and what can be done. */
export type ConnectionEditor = {
  readonly form: ConnectionForm;
  readonly change: (change: Partial<ConnectionForm>) => void;
  /** Problems of the fields, shown from the first try to save or test on. */
  readonly problems: FieldErrors;
  readonly isChanged: boolean;
  readonly storage: SecretStorage;
  readonly chooseStorage: (storage: SecretStorage) => void;
  /** Why no keychain can be used, or null when one can. */
  readonly noKeychain: string | null;
  readonly isSaving: boolean;
  readonly saveError: LockstepError | null;
  readonly save: (storage?: SecretStorage) => Promise<ConnectionListItem | null>;
  readonly test: Operation<'connections.test'>;
  readonly runTest: () => void;
};

/** Holds the form of a connection; mount it anew for another connection. */
export function useConnectionEditor(saved: ConnectionListItem | null, start: ConnectionForm): ConnectionEditor {
  const client = useQueryClient();
  const secrets = useRequest('secrets.status', {}).data;
  const [form, setForm] = useState(start);
  const [chosenStorage, setChosenStorage] = useState<SecretStorage>('keychain');
  const [wasTried, setWasTried] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [saveError, setSaveError] = useState<LockstepError | null>(null);
  const test = useOperation('connections.test');

  const hasKeychain = secrets === undefined || secrets.keychain === 'available';
  const storage = hasKeychain ? chosenStorage : 'session';
  const problems = problemsOf(form);
  const hasProblems = Object.keys(problems).length > 0;

  return {
    form,
    change: (change) => {
      setForm((old) => ({ ...old, ...change }));
      setSaveError(null);
      // A result speaks about the values it was made with.
      if (test.isRunning) test.cancel();
      else test.reset();
    },
    problems: wasTried ? problems : {},
    isChanged: isChanged(form, saved),
    storage,
    chooseStorage: setChosenStorage,
    noKeychain: hasKeychain
      ? null
      : (secrets.reason ?? (secrets.keychain === 'locked' ? 'The keychain is locked.' : 'No keychain service runs.')),
    isSaving,
    saveError,
    save: async (into = storage) => {
      setWasTried(true);
      if (hasProblems) return null;
      setIsSaving(true);
      const answer = await request('connections.save', {
        profile: profileOf(form),
        password: passwordChangeOf(form, into),
      });
      setIsSaving(false);
      setSaveError(answer.ok ? null : answer.error);
      if (!answer.ok) return null;
      const { value } = answer;
      // Shown at once; main's own list follows.
      client.setQueryData<readonly ConnectionListItem[]>(requestKey('connections.list', {}), (old = []) =>
        old.some((item) => item.id === value.id)
          ? old.map((item) => (item.id === value.id ? value : item))
          : [...old, value],
      );
      invalidateRequest(client, 'connections.list');
      return value;
    },
    test,
    runTest: () => {
      setWasTried(true);
      if (hasProblems) return;
      void test.run({ profile: profileOf(form), password: passwordChangeOf(form, 'session') });
    },
  };
}
