import path from 'node:path';
import { app, BrowserWindow, ipcMain, session } from 'electron';
import { contract } from '../shared/ipc/contract.ts';
import type { Handlers } from '../shared/ipc/wire.ts';
import { register } from './ipc/register.ts';
import { openLog } from './logging/log.ts';
import { hardenApplication, hardenSession } from './security/harden-application.ts';
import { isTrustedSender } from './security/trusted-sender.ts';
import { declarePageScheme, openMainWindow, preparePageSession } from './windows/main-window.ts';

const developmentServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
const userData = process.env['LOCKSTEP_USER_DATA'];
if (userData !== undefined && userData !== '') app.setPath('userData', path.resolve(userData));
const log = openLog(path.join(app.getPath('userData'), 'logs'));

// Root cannot use Chromium's sandbox, and enforcing it would undo the switch that says so.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declarePageScheme();
hardenApplication(developmentServer);

start().catch((e) => console.error(e));
async function start() {
  await app.whenReady();
  preparePageSession(session.defaultSession, developmentServer);
  hardenSession(session.defaultSession, developmentServer);
  const windows = new Set<number>();
  const missing = (names: readonly string[]) =>
    Object.fromEntries(
      names.map((n) => [
        n,
        async () => {
          throw new Error(n);
        },
      ]),
    );
  register({
    source: ipcMain,
    handlers: {
      requests: missing(Object.keys(contract.requests)),
      operations: missing(Object.keys(contract.operations)),
    } as unknown as Handlers,
    isTrusted: ({ sender, senderFrame }) =>
      isTrustedSender(
        {
          webContentsId: sender.id,
          frame: senderFrame && { url: senderFrame.url, isMainFrame: senderFrame.parent === null },
        },
        windows,
        developmentServer,
      ),
    checkOutputs: true,
    reportBug: log.bug,
  });
  const w = openMainWindow(developmentServer);
  windows.add(w.webContents.id);
  void BrowserWindow;
}
