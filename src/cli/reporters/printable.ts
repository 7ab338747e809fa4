/**
 * Text from a migration or a database for a terminal: what would move the cursor, change colours or turn the direction of
 * writing stands there as U+FFFD, so that nothing in it can hide or forge a line. As long as before; tabs and line ends stay.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, (found) =>
    found === '\t' || found === '\n' ? found : '\u{FFFD}',
  );
