/** Scheme and host of the page of the built application. */
export const pageScheme = 'app';
export const pageHost = 'lockstep';

/** The address that the main window opens. */
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/**
 * Says whether an address belongs to our own page: the built one, or the development server when there is one. `URL.origin`
 * is `null` for schemes that the URL standard does not know, so scheme and host are compared instead.
 */
export function isOwnPage(address: string, developmentServer: string | null): boolean {
  const url = parse(address);
  if (url === null) return false;
  if (url.protocol === `${pageScheme}:` && url.host === pageHost) return true;
  const server = developmentServer === null ? null : parse(developmentServer);
  return server !== null && url.protocol === server.protocol && url.host === server.host;
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
