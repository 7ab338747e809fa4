import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, session, shell } from 'electron';
import { describeError } from '../shared/describe-error.ts';
import type { LockstepError } from '../shared/errors.ts';
import { createApplication } from './application.ts';
import { createBroadcast } from './ipc/broadcast.ts';
import { register } from './ipc/register.ts';
import { openLog } from './logging/log.ts';
import { setApplicationMenu } from './menu/application-menu.ts';
import { hardenApplication, hardenSession } from './security/harden-application.ts';
import { isTrustedSender } from './security/trusted-sender.ts';
import { declarePageScheme, openMainWindow, preparePageSession } from './windows/main-window.ts';

const developmentServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
const userDataFolder = process.env['LOCKSTEP_USER_DATA'] ?? '';
if (userDataFolder !== '') app.setPath('userData', path.resolve(userDataFolder));
const log = openLog(path.join(app.getPath('userData'), 'logs'));
process.on('uncaughtException', (problem) => log.bug(problem, 'main'));
process.on('unhandledRejection', (problem) => log.bug(problem, 'main'));

// Root cannot use Chromium's sandbox, and enforcing it would undo the switch that says so.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Without this Electron builds a menu of its own, whose shortcuts would take those of the page away.
Menu.setApplicationMenu(null);
declarePageScheme();
hardenApplication(developmentServer);

/** The page paints its first screens undisturbed before anything is started ahead of need. */
const idleMilliseconds = 1500;

const ownWindows = new Set<number>();
const application = createApplication(
  { entries: path.join(app.getAppPath(), 'out/main'), userData: app.getPath('userData') },
  {
    desktop: {
      version: app.getVersion(),
      electron: process.versions.electron,
      platform: process.platform,
      chooseFolder: async () => {
        const properties: ('openDirectory' | 'createDirectory')[] = ['openDirectory', 'createDirectory'];
        const chosen = await dialog.showOpenDialog({ title: 'Choose a folder for the files', properties });
        return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
      },
      chooseFile: async (proposed) => {
        const ending = path.extname(proposed).slice(1);
        const filters = [{ name: ending.toUpperCase(), extensions: [ending] }];
        const chosen = await dialog.showSaveDialog({ defaultPath: proposed, filters });
        return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
      },
      chooseCatalogFile: async () => {
        const filters = [{ name: 'Snapshot or schema file', extensions: ['json', 'sql'] }];
        const chosen = await dialog.showOpenDialog({ title: 'Compare with a file', properties: ['openFile'], filters });
        return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
      },
      openInBrowser: (url) => shell.openExternal(url),
      applyTheme: (theme) => {
        nativeTheme.themeSource = theme;
      },
      showInFolder: (file) => shell.showItemInFolder(file),
    },
    broadcast: createBroadcast(() => BrowserWindow.getAllWindows().map((window) => window.webContents)),
    anthropicBaseUrl: process.env['LOCKSTEP_ANTHROPIC_BASE_URL'] ?? null,
    onHistoryDamage: tellOfDamage,
  },
);

if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  closeBeforeQuitting();
  await app.whenReady();
  preparePageSession(session.defaultSession, developmentServer);
  hardenSession(session.defaultSession, developmentServer);
  register({
    source: ipcMain,
    handlers: application.handlers,
    isTrusted: ({ sender, senderFrame }) => {
      const frame = senderFrame === null ? null : { url: senderFrame.url, isMainFrame: senderFrame.parent === null };
      return isTrustedSender({ webContentsId: sender.id, frame }, ownWindows, developmentServer);
    },
    checkOutputs: developmentServer !== null || process.env['LOCKSTEP_CHECK_OUTPUTS'] === '1',
    reportBug: log.bug,
  });
  openWindow().once('show', () => {
    setApplicationMenu(developmentServer !== null);
    log.info('started', { version: app.getVersion(), electron: process.versions.electron });
    setTimeout(() => void application.warmUp(), idleMilliseconds);
  });
  await application.prepare();
}

function openWindow(): BrowserWindow {
  const window = openMainWindow(developmentServer);
  const { id } = window.webContents;
  ownWindows.add(id);
  window.on('closed', () => ownWindows.delete(id));
  return window;
}

/** Quitting waits for threads and the history to end, once. */
function closeBeforeQuitting(): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    application
      .close()
      .catch((problem: unknown) => log.bug(problem, 'closing'))
      .finally(() => {
        closed = true;
        // In a turn of its own: while this event is still being handled, Electron ignores another wish to quit.
        setImmediate(() => app.quit());
      });
  });
}

function tellOfDamage(damage: LockstepError): void {
  const { title, whatHappened, whatToDo } = describeError(damage);
  log.warn(damage.code, whatHappened);
  void dialog.showMessageBox({ type: 'warning', title, message: title, detail: `${whatHappened} ${whatToDo}` });
}
