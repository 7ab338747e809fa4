/** Names after `CREATE EXTENSION` anywhere in a text, in blocks of code and strings too. */
export function extensionsNamedIn(text: string): readonly string[] {
  const found = text.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\w$]+))/gi);
  return [...new Set([...found].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ''))].sort();
}
