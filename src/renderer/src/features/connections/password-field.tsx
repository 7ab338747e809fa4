import type { ConnectionListItem } from '../../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { FindingBlock } from '../../components/finding-block.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { SecretStorage } from './connection-form.ts';
import type { ConnectionEditor } from './use-connection-editor.ts';

const places: readonly { readonly id: SecretStorage; readonly label: string }[] = [
  { id: 'keychain', label: 'Keychain' },
  { id: 'session', label: 'This session only' },
];

function StoredPassword({
  where,
  onReplace,
  onForget,
}: {
  readonly where: 'keychain' | 'session';
  readonly onReplace: () => void;
  readonly onForget: () => void;
}) {
  return (
    <div className="password-field">
      <span className="field-label">Password</span>
      <div>
        <div className="field-box">
          <span className="mono grow">••••••••••••</span>
          <Button onPress={onReplace} variant="link">
            Replace
          </Button>
          <Button onPress={onForget} variant="link">
            Forget
          </Button>
        </div>
        <p className="field-help">
          {where === 'keychain'
            ? 'Stored in the keychain of this computer. It is never shown again.'
            : 'Kept in memory until Lockstep closes. It is never shown again.'}
        </p>
      </div>
    </div>
  );
}

/** The password of a connection: stored, typed, taken from a URI, or none; it never comes back from main. */
export function PasswordField({
  saved,
  editor,
}: {
  readonly saved: ConnectionListItem | null;
  readonly editor: ConnectionEditor;
}) {
  const { form, change, storage, chooseStorage, noKeychain } = editor;
  const { password } = form;
  if (password.kind === 'keep' && saved !== null && saved.password !== 'none') {
    return (
      <StoredPassword
        onForget={() => change({ password: { kind: 'forget' } })}
        onReplace={() => change({ password: { kind: 'typed', value: '' } })}
        where={saved.password}
      />
    );
  }
  const typed = password.kind === 'typed' ? password.value : '';
  const hasNew = password.kind === 'from-uri' || typed !== '';
  return (
    <>
      {password.kind === 'from-uri' ? (
        <div className="password-field">
          <span className="field-label">Password</span>
          <div className="field-box">
            <span className="grow text-small">Taken from the URI</span>
            <Button onPress={() => change({ password: { kind: 'typed', value: '' } })} variant="link">
              Type another
            </Button>
          </div>
        </div>
      ) : (
        <TextField
          help={password.kind === 'forget' ? 'The stored password is removed when you save.' : undefined}
          isMono
          label="Password"
          layout="beside"
          name="password"
          onChange={(value) => change({ password: { kind: 'typed', value } })}
          type="password"
          value={typed}
        />
      )}
      {hasNew && noKeychain === null ? (
        <SegmentedControl
          help={
            storage === 'keychain'
              ? 'In the keychain of this computer. It is never shown again.'
              : 'In memory, until Lockstep closes. Nothing is written to disk.'
          }
          label="Keep it in"
          layout="beside"
          onChange={chooseStorage}
          segments={places}
          value={storage}
        />
      ) : null}
      {noKeychain === null ? null : (
        <FindingBlock className="connection-form-indent" title="No keychain can be used." tone="warning">
          {noKeychain} A password is kept for this session only: in memory, until Lockstep closes. Nothing is written to
          disk.
        </FindingBlock>
      )}
    </>
  );
}
