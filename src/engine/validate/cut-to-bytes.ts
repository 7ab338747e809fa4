import { utf8Length } from './utf8-length.ts';

/** The whole characters at the start of a text that take at most so many bytes of UTF-8, as PostgreSQL cuts long names. */
export const cutToBytes = (text: string, most: number): string => {
  let bytes = 0;
  let length = 0;
  for (const character of text) {
    bytes += utf8Length(character);
    if (bytes > most) break;
    length += character.length;
  }
  return text.slice(0, length);
};
