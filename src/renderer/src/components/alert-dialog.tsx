import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './text-field.tsx';
import './alert-dialog.css';

/** A question before something that cannot be undone: verb and object on the button, Cancel is the default. */
export function AlertDialog({
  title,
  children,
  action,
  onConfirm,
  onClose,
  isPending = false,
  typeToConfirm,
  band,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** Verb and object, for example `Delete shop-prod`. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly isPending?: boolean;
  /** A name that has to be typed first. */
  readonly typeToConfirm?: string;
  readonly band?: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const allowed = typeToConfirm === undefined || typed === typeToConfirm;
  return (
    <Dialog
      band={band}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button isDisabled={!allowed} isPending={isPending} onPress={onConfirm} variant="destructive">
            {action}
          </Button>
        </>
      }
      onClose={onClose}
      role="alertdialog"
      title={title}
    >
      <div className="alert-dialog-text">{children}</div>
      {typeToConfirm === undefined ? null : (
        <TextField isMono label={`Type ${typeToConfirm} to go on`} onChange={setTyped} value={typed} />
      )}
    </Dialog>
  );
}
