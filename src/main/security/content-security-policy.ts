/**
 * The policy of the page. Styles need the nonce because the editor adds its style sheets at run time; everything else
 * comes from our own files, and nothing can be fetched from anywhere else.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The policy while developing: the development server injects an inline script and talks over a web socket. */
export function developmentContentSecurityPolicy(developmentServer: string): string {
  const { host, origin } = new URL(developmentServer);
  return [
    "default-src 'none'",
    `script-src ${origin} 'unsafe-inline'`,
    `style-src ${origin} 'unsafe-inline'`,
    `img-src ${origin} data:`,
    `font-src ${origin}`,
    `worker-src ${origin} blob:`,
    `connect-src ${origin} ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
