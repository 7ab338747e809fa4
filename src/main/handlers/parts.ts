import type { Clock } from '../../engine/ports/clock.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ConnectionBook } from '../connections/connection-book.ts';
import type { HistoryDoor } from '../history/history-door.ts';
import type { Broadcast } from '../ipc/broadcast.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { AllowedFolders } from './allowed-folders.ts';

/** What the handlers ask of the desktop; Electron gives it. */
export interface Desktop {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  /** Lets the person choose a folder; null when they close the dialog. */
  chooseFolder(): Promise<string | null>;
  /** Lets the person choose where to write a file, which they may replace; null when they close the dialog. */
  chooseFile(proposed: string): Promise<string | null>;
  /** Lets the person choose a snapshot or a schema file to read; null when they close the dialog. */
  chooseCatalogFile(): Promise<string | null>;
  openInBrowser(url: string): Promise<void>;
  /** Makes the parts of the window that the system draws follow the theme. */
  applyTheme(theme: Settings['theme']): void;
  showInFolder(path: string): void;
}

/** Everything that handlers are made of. */
export type Parts = {
  readonly history: HistoryDoor;
  readonly secrets: SecretStore;
  readonly connections: ConnectionBook;
  readonly jobs: Jobs;
  readonly folders: AllowedFolders;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly desktop: Desktop;
  /** Takes the place of the base URL in the settings; null when the environment names none. */
  readonly anthropicBaseUrl: string | null;
};
