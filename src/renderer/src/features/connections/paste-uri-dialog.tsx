import { useState } from 'react';
import type { LockstepError } from '../../../../shared/errors.ts';
import type { RequestOutput } from '../../../../shared/ipc/wire.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { request } from '../../ipc/client.ts';

/** Takes a connection URI apart; the password in it goes to main at once and is not kept on the page. */
export function PasteUriDialog({
  onByHand,
  onClose,
  onParsed,
}: {
  /** The reader would rather fill in the fields. */
  readonly onByHand: () => void;
  readonly onClose: () => void;
  readonly onParsed: (parsed: RequestOutput<'connections.parseUri'>) => void;
}) {
  const [uri, setUri] = useState('');
  const [error, setError] = useState<LockstepError | null>(null);
  const parse = async (): Promise<void> => {
    const answer = await request('connections.parseUri', { uri: uri.trim() });
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    setUri('');
    onParsed(answer.value);
  };
  return (
    <Dialog
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button form="paste-uri" isDisabled={uri.trim() === ''} type="submit" variant="primary">
            Fill in the fields
          </Button>
        </>
      }
      onClose={onClose}
      title="Paste a connection URI"
    >
      <form
        className="stack"
        id="paste-uri"
        onSubmit={(event) => {
          event.preventDefault();
          void parse();
        }}
      >
        <TextField
          autoFocus
          help="A password in it is split off at once; it is not shown again and not written to disk."
          isMono
          label="Connection URI"
          onChange={(value) => {
            setUri(value);
            setError(null);
          }}
          placeholder="postgresql://user:password@host:5432/database?sslmode=verify-full"
          rows={3}
          value={uri}
        />
        {error === null ? null : <ErrorNotice error={error} remedies={{ 'edit-connection': onByHand }} />}
      </form>
    </Dialog>
  );
}
