import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { LockstepError } from '../../../../shared/errors.ts';
import { AlertDialog } from '../../components/alert-dialog.tsx';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FindingBlock } from '../../components/finding-block.tsx';
import { TextField } from '../../components/text-field.tsx';
import { request } from '../../ipc/client.ts';
import { invalidateRequest, useRequest } from '../../ipc/use-request.ts';
import { showError } from '../../state/show-error.ts';
import { showToast } from '../../state/toasts.ts';

type Storage = 'keychain' | 'session';

const storedText: Readonly<Record<Storage, string>> = {
  keychain: 'Stored in the keychain of this computer. It is never shown again.',
  session: 'Kept in memory until Lockstep closes. It is never shown again.',
};

/** The API key: it goes to the keychain, or with a clear word to memory only, and never comes back to the page. */
export function ApiKeyField() {
  const client = useQueryClient();
  const secrets = useRequest('secrets.status', {}).data;
  const [value, setValue] = useState('');
  const [isReplacing, setIsReplacing] = useState(false);
  const [isForgetting, setIsForgetting] = useState(false);
  const [error, setError] = useState<LockstepError | null>(null);
  if (secrets === undefined) return null;
  const hasKeychain = secrets.keychain === 'available';

  const save = async (storage: Storage): Promise<void> => {
    if (value.trim() === '') return;
    const answer = await request('secrets.setApiKey', { value: value.trim(), storage });
    setError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setValue('');
    setIsReplacing(false);
    invalidateRequest(client, 'secrets.status');
    showToast({ tone: 'ok', title: 'API key saved', text: storedText[storage] });
  };
  const forget = async (): Promise<void> => {
    setIsForgetting(false);
    const answer = await request('secrets.forgetApiKey', {});
    if (!answer.ok) {
      showError(answer.error);
      return;
    }
    invalidateRequest(client, 'secrets.status');
    showToast({ tone: 'ok', title: 'API key forgotten' });
  };

  if (secrets.apiKey !== 'none' && !isReplacing) {
    return (
      <div className="field">
        <span className="field-label">API key</span>
        <div className="field-box">
          <span className="mono grow">••••••••••••••••</span>
          <Button onPress={() => setIsReplacing(true)} variant="link">
            Replace
          </Button>
          <Button onPress={() => setIsForgetting(true)} variant="link">
            Forget
          </Button>
        </div>
        <p className="field-help">{storedText[secrets.apiKey]}</p>
        {isForgetting ? (
          <AlertDialog
            action="Forget API key"
            onClose={() => setIsForgetting(false)}
            onConfirm={() => void forget()}
            title="Forget the API key?"
          >
            <p>
              It is removed from this computer. Drafts are then written by the built-in planner, without any network.
            </p>
          </AlertDialog>
        ) : null}
      </div>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save(hasKeychain ? 'keychain' : 'session');
      }}
    >
      <div className="settings-key">
        <TextField
          help={
            hasKeychain
              ? 'Goes to the keychain of this computer. Without a key, the built-in planner writes the drafts.'
              : undefined
          }
          icon={KeyRound}
          isMono
          label="API key"
          name="apiKey"
          onChange={(next) => {
            setValue(next);
            setError(null);
          }}
          placeholder="sk-ant-…"
          type="password"
          value={value}
        />
        <Button isDisabled={value.trim() === ''} type="submit" variant="primary">
          {hasKeychain ? 'Save in keychain' : 'Keep for this session only'}
        </Button>
        {isReplacing ? <Button onPress={() => setIsReplacing(false)}>Cancel</Button> : null}
      </div>
      {hasKeychain ? null : (
        <FindingBlock title="No keychain can be used." tone="warning">
          {secrets.reason ?? ''} The key is kept for this session only: in memory, until Lockstep closes. Nothing is
          written to disk.
        </FindingBlock>
      )}
      {error === null ? null : (
        <ErrorNotice error={error} remedies={{ 'keep-for-session': () => void save('session') }} />
      )}
    </form>
  );
}
