/** Hosts of the pages that Lockstep links to: the PostgreSQL manual, and where keys are made and explained. */
const hosts: ReadonlySet<string> = new Set([
  'www.postgresql.org',
  'console.anthropic.com',
  'docs.anthropic.com',
  'platform.claude.com',
]);

/** Says whether an address may be handed to the user's browser: https, a known host, no credentials, the usual port. */
export function isAllowedExternalLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === 'https:' && hosts.has(url.host) && url.port === '' && url.username === '' && url.password === ''
  );
}
