import { app, type Session, shell, type WebContents } from 'electron';
import { isAllowedExternalLink } from './external-links.ts';
import { isOwnPage } from './page-address.ts';

/** The only thing that the page may ask the browser for: writing text to the clipboard after a click. */
const grantedPermission = 'clipboard-sanitized-write';

/**
 * Refuses navigation, new windows, web views and permissions for everything that this application will ever show; call
 * it once, before the first window. Links on the allow-list open in the user's browser instead.
 */
export function hardenApplication(developmentServer: string | null): void {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, developmentServer));
}

/** Refuses every permission in a session but writing text to the clipboard from our own page. */
export function hardenSession(session: Session, developmentServer: string | null): void {
  session.setPermissionRequestHandler((contents, permission, grant) => {
    grant(permission === grantedPermission && isOwnPage(contents.getURL(), developmentServer));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === grantedPermission && isOwnPage(origin, developmentServer),
  );
  session.setDevicePermissionHandler(() => false);
}

function hardenContents(contents: WebContents, developmentServer: string | null): void {
  contents.on('will-navigate', (event, legacyUrl) => {
    // A reload of our own page by the development server is the one navigation that is wanted.
    const address = event.url ?? legacyUrl;
    if (developmentServer !== null && isOwnPage(address, developmentServer)) return;
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedExternalLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
