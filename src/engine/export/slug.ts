const longest = 60;

/** Turns any words into a file-name slug: `[a-z0-9_]+`, at most 60 characters, not starting with a digit. */
export function slug(words: string): string {
  const plain = words
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const named = plain === '' ? 'migration' : /^[0-9]/.test(plain) ? `m_${plain}` : plain;
  if (named.length <= longest) return named;
  const cut = named.slice(0, longest + 1);
  const lastWord = cut.lastIndexOf('_');
  // A slug ends with a whole word unless that would throw most of it away.
  return lastWord > longest / 2 ? cut.slice(0, lastWord) : named.slice(0, longest).replace(/_+$/, '');
}
