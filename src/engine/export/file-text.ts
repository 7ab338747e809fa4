/** The text as files carry it: no byte order mark, LF line ends, exactly one newline at the end. */
export function fileText(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  return `${lines.replace(/\s+$/, '')}\n`;
}
