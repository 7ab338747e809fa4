import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentSecurityPolicy } from '../security/content-security-policy.ts';
import { pageHost } from '../security/page-address.ts';

/** Stands in `index.html` where the nonce of the served page goes: `<meta property="csp-nonce" nonce="__CSP_NONCE__">`. */
const noncePlaceholder = '__CSP_NONCE__';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

/**
 * Answers a request for a file of the built page. Only files inside `root` with a known type are served; each HTML page
 * comes with the policy and a nonce of its own.
 */
export async function servePage(root: string, address: string): Promise<Response> {
  const file = fileFor(root, address);
  const type = file === null ? undefined : contentTypes[path.extname(file)];
  if (file === null || type === undefined) return notFound();
  const content = await readFile(file).catch(() => null);
  if (content === null) return notFound();
  const headers: Record<string, string> = {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  };
  if (!type.startsWith('text/html')) return new Response(new Uint8Array(content), { headers });
  const nonce = randomBytes(16).toString('base64');
  const html = content.toString('utf8').replaceAll(noncePlaceholder, nonce);
  return new Response(html, {
    headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce), 'cache-control': 'no-store' },
  });
}

function fileFor(root: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.host !== pageHost) return null;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  const file = path.resolve(root, `.${path.posix.normalize(name.replaceAll('\\', '/'))}`);
  return file.startsWith(path.resolve(root) + path.sep) ? file : null;
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
