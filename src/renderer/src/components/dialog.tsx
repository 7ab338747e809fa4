import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import './dialog.css';

/** A window over the window; Esc closes it, focus stays inside and returns. */
export function Dialog({
  title,
  onClose,
  children,
  footer,
  width = 'normal',
  band,
  role = 'dialog',
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly width?: 'normal' | 'wide';
  /** A strip above the title, for example the environment. */
  readonly band?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
}) {
  return (
    <ModalOverlay
      className="dialog-scrim"
      isDismissable={role === 'dialog'}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={`dialog dialog-${width}`}>
        <AriaDialog className="dialog-body" role={role}>
          {band}
          <header className="dialog-head">
            <Heading className="dialog-title" slot="title">
              {title}
            </Heading>
            {role === 'dialog' ? (
              <Button icon={X} label="Close" onPress={onClose} shortcut="Escape" size="small" variant="ghost" />
            ) : null}
          </header>
          <div className="dialog-content">{children}</div>
          {footer === undefined ? null : <footer className="dialog-foot">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
