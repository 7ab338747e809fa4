const keywords = new Set(
  `add all alter always and as asc by cascade check column comment concurrently constraint create data default delete
   desc drop exclude exists false foreign from generated if in index insert into is key not null on only or primary
   references rename restrict select set table to true type unique update using valid validate value values where with
   view boolean integer bigint smallint text varchar timestamp timestamptz date numeric uuid jsonb json bool int`.split(
    /\s+/,
  ),
);

/** The identifiers that a statement mentions, folded as PostgreSQL folds them, without key words. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [, quoted, plain] of text.matchAll(/"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*)/gu)) {
    if (quoted !== undefined) words.add(quoted.replaceAll('""', '"'));
    else if (plain !== undefined && !keywords.has(plain.toLowerCase())) words.add(plain.toLowerCase());
  }
  return words;
}

const name = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const path = String.raw`${name}(?:\s*\.\s*${name})*`;
const kinds = `table|index|view|type|domain|sequence|function|procedure|routine|aggregate|trigger|policy|rule|schema|
  extension|publication|subscription|statistics|collation|server|role`.replaceAll(/\s+/g, '');
const maybeThere = String.raw`(?:if\s+(?:not\s+)?exists\s+)?`;

const shapes = [
  String.raw`\b(?:create|drop)\s+(?:[a-z]+\s+)*?(?:${kinds})\s+(?:concurrently\s+)?${maybeThere}(${path}(?:\s*,\s*${path})*)`,
  String.raw`\b(?:add|drop|alter|validate)\s+(?:column\s+|constraint\s+|attribute\s+)?${maybeThere}(${name})`,
  String.raw`\brename\s+(?:column\s+|constraint\s+|attribute\s+)?(${name}\s+to\s+${name})`,
].map((shape) => new RegExp(shape, 'giu'));

/** What is inside of literals and comments, and names nothing. */
const silent = /\$([\p{L}_]*)\$.*?\$\1\$|'(?:[^']|'')*'|--[^\n]*|\/\*.*?\*\//gsu;

/**
 * The names of what a statement makes, drops or changes, folded: the column of ADD COLUMN, the index of CREATE INDEX, both
 * names of a column that is renamed. Empty where it leaves the name to the server, or is about a table as a whole.
 */
export function subjectsOf(text: string): ReadonlySet<string> {
  const said = text.replaceAll(silent, ' ');
  const subjects = new Set<string>();
  for (const shape of shapes)
    for (const [, names = ''] of said.matchAll(shape))
      for (const dotted of names.split(/,|\s+to\s+/i)) {
        const last = [...dotted.matchAll(new RegExp(name, 'giu'))].at(-1)?.[0] ?? '';
        for (const word of wordsOf(last)) subjects.add(word);
      }
  return subjects;
}
