/** The heading of several objects of one kind: `text search parser` becomes `Text search parsers`. */
export function groupLabel(kind: string): string {
  const plural = /(?:s|x|ch|sh)$/.test(kind)
    ? kind === 'statistics'
      ? kind
      : `${kind}es`
    : /[^aeiou]y$/.test(kind)
      ? `${kind.slice(0, -1)}ies`
      : `${kind}s`;
  return `${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
}
