/**
 * Puts text that others wrote between tags so that it cannot end them: what looks like one of our tags inside loses its
 * bracket. The text stays readable.
 */
export function delimited(tag: string, text: string): string {
  const inner = text.replaceAll(/<(\/?)(?=(?:relations|request|server|schema|previous|problems)\b)/gi, '‹$1');
  return `<${tag}>\n${inner.trim()}\n</${tag}>`;
}
