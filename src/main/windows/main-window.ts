import path from 'node:path';
import { app, BrowserWindow, nativeTheme, protocol, type Session } from 'electron';
import { developmentContentSecurityPolicy } from '../security/content-security-policy.ts';
import { isOwnPage, pageScheme, pageUrl } from '../security/page-address.ts';
import { servePage } from './serve-page.ts';

/** Declares the scheme of the page; Electron accepts this only before it is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Makes a session able to show the page: the built files, or the development server under a policy of its own. */
export function preparePageSession(session: Session, developmentServer: string | null): void {
  const root = path.join(app.getAppPath(), 'out/renderer');
  session.protocol.handle(pageScheme, (request) => servePage(root, request.url));
  if (developmentServer === null) return;
  const policy = developmentContentSecurityPolicy(developmentServer);
  session.webRequest.onHeadersReceived((details, answer) => {
    if (!isOwnPage(details.url, developmentServer)) return answer({});
    answer({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [policy] } });
  });
}

/** Opens the main window; it appears when its first picture is ready, so nothing flashes. */
export function openMainWindow(developmentServer: string | null): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: app.getName(),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14161b' : '#ffffff',
    webPreferences: {
      preload: path.join(app.getAppPath(), 'out/preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(developmentServer ?? pageUrl);
  return window;
}
