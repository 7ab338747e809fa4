import { isOwnPage } from './page-address.ts';

/** What is known of whoever sent a message. */
export type Sender = {
  readonly webContentsId: number;
  /** Null when the frame is gone already. */
  readonly frame: { readonly url: string; readonly isMainFrame: boolean } | null;
};

/** Says whether a message may be answered: it comes from the main frame of one of our windows, showing our own page. */
export function isTrustedSender(
  sender: Sender,
  ownWindows: ReadonlySet<number>,
  developmentServer: string | null,
): boolean {
  return (
    ownWindows.has(sender.webContentsId) &&
    sender.frame?.isMainFrame === true &&
    isOwnPage(sender.frame.url, developmentServer)
  );
}
