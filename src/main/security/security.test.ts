import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { isAllowedExternalLink } from './external-links.ts';
import { isOwnPage, pageUrl } from './page-address.ts';
import { isTrustedSender } from './trusted-sender.ts';

describe('our own page', () => {
  test.each([pageUrl, 'app://lockstep/assets/index.js', 'http://localhost:5173/'])('is %s', (address) => {
    expect(isOwnPage(address, 'http://localhost:5173')).toBe(true);
  });
  test.each([
    'app://other/index.html',
    'http://localhost:5174/',
    'https://localhost:5173/',
    'http://localhost:5173.evil.example/',
    'file:///index.html',
    'about:blank',
    'data:text/html,app://lockstep/',
    '',
  ])('is not %s', (address) => {
    expect(isOwnPage(address, 'http://localhost:5173')).toBe(false);
  });
  test('is never a web address when there is no development server', () => {
    expect(isOwnPage('http://localhost:5173/', null)).toBe(false);
  });
});

describe('external links', () => {
  test('may lead to the manual', () => {
    expect(isAllowedExternalLink('https://www.postgresql.org/docs/current/sql-altertable.html')).toBe(true);
  });
  test.each([
    'http://www.postgresql.org/docs/',
    'https://www.postgresql.org.evil.example/',
    'https://evil.example/https://www.postgresql.org/',
    'https://user:pw@www.postgresql.org/',
    'https://www.postgresql.org:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://www.postgresql.org/',
    'not an address',
  ])('may not lead to %s', (address) => {
    expect(isAllowedExternalLink(address)).toBe(false);
  });
});

describe('a sender', () => {
  const own = new Set([1]);
  const frame = { url: pageUrl, isMainFrame: true };
  test('is trusted when it is the main frame of one of our windows with our page', () => {
    expect(isTrustedSender({ webContentsId: 1, frame }, own, null)).toBe(true);
  });
  test.each([
    ['another window', { webContentsId: 2, frame }],
    ['a frame that is gone', { webContentsId: 1, frame: null }],
    ['a frame inside the page', { webContentsId: 1, frame: { ...frame, isMainFrame: false } }],
    ['another page', { webContentsId: 1, frame: { ...frame, url: 'https://evil.example/' } }],
  ])('is not trusted when it is %s', (_what, sender) => {
    expect(isTrustedSender(sender, own, null)).toBe(false);
  });
});

test('the policy allows no inline code, no foreign source and no framing', () => {
  const policy = contentSecurityPolicy('abc');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("style-src 'self' 'nonce-abc'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});
