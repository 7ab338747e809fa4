const maximumBytes = 63;

function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function clip(text: string, bytes: number): string {
  let result = '';
  let used = 0;
  for (const character of text) {
    used += byteLength(character);
    if (used > bytes) break;
    result += character;
  }
  return result;
}

/** A name as PostgreSQL stores it: cut to 63 bytes, between characters. */
export const storedName = (name: string): string => clip(name, maximumBytes);

/** Joins the parts of a name that PostgreSQL chooses, shortening the longer of the two words until it fits. */
function makeName(table: string, columns: string, label: string): string {
  const overhead = label === '' ? 0 : byteLength(label) + 1;
  const available = maximumBytes - overhead - (columns === '' ? 0 : 1);
  let first = byteLength(table);
  let second = byteLength(columns);
  while (first + second > available) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  return [clip(table, first), clip(columns, second), label].filter((part) => part !== '').join('_');
}

/**
 * The name that PostgreSQL gives an unnamed constraint or index: table, columns and a label such as `fkey`, with a
 * number when that is taken.
 */
export function chooseName(
  table: string,
  columns: readonly string[],
  label: string,
  isTaken: (name: string) => boolean,
): string {
  const words = columns.join('_');
  for (let number = 0; ; number++) {
    const name = makeName(table, words, number === 0 ? label : `${label}${number}`);
    if (!isTaken(name)) return name;
  }
}
