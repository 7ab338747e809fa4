import { cutToBytes } from '../cut-to-bytes.ts';
import { defineRule } from '../rule.ts';
import { identifierOf } from '../statement-source.ts';
import { utf8Length } from '../utf8-length.ts';

const isOfWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 36 ||
  code >= 0x80;

/** In how few UTF-16 units a text can have a name of 64 bytes: none takes more than 3, and those of ASCII take one. */
const fewestUnitsIn = (text: string): number => (/[^\0-\x7f]/.test(text) ? 22 : 64);

/** True when so many characters of a word, or of what stands behind a double quote, follow one another. */
const mayHaveLongName = (text: string): boolean => {
  const fewestUnits = fewestUnitsIn(text);
  // A run that long has a character at one of these places, so that most of the text is never looked at.
  for (let at = fewestUnits - 1; at < text.length; at += fewestUnits) {
    let start = at;
    while (start >= 0 && isOfWord(text.charCodeAt(start))) start -= 1;
    let end = at;
    while (end < text.length && isOfWord(text.charCodeAt(end))) end += 1;
    if (end - start - 1 >= fewestUnits) return true;
  }
  // A doubled quote is one of the name's own.
  if (text.includes('""')) return true;
  for (let quote = text.indexOf('"'); quote >= 0; ) {
    const next = text.indexOf('"', quote + 1);
    if ((next < 0 ? text.length : next) - quote > fewestUnits) return true;
    quote = next;
  }
  return false;
};

export const identifierTooLong = defineRule({
  id: 'identifier-too-long',
  title: 'Name longer than 63 bytes is cut',
  category: 'naming and conflicts',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'An identifier of more than 63 bytes in UTF-8.',
    why: 'PostgreSQL cuts it with a mere notice, so two long names may become one, and a tool that looks for the whole name does not find it.',
    instead: 'Choose a shorter name.',
    ignoreWhen: 'the cut name is what you expect.',
    manual: 'https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS',
  },
  examples: [
    {
      name: 'a long index name',
      up: `create index concurrently index_on_a_table_with_a_very_long_name_that_describes_every_column on t (a);`,
      finds: [{ text: 'index_on_a_table_with_a_very_long_name_that_describes_every_column', severity: 'warning' }],
    },
    {
      name: 'bytes count, not characters',
      up: `alter table t add column "${'ä'.repeat(32)}" int;`,
      finds: [{ text: `"${'ä'.repeat(32)}"` }],
    },
    {
      name: 'few characters of three bytes each',
      up: `alter table t add column ${'表'.repeat(22)} int;`,
      finds: [{ text: '表'.repeat(22) }],
    },
    { name: '63 bytes fit', up: `alter table t add column ${'a'.repeat(63)} int;`, finds: [] },
    { name: 'a long text is no name', up: `comment on table t is '${'a'.repeat(80)}';`, finds: [] },
  ],
  check: (context) => {
    // Names are rare that long: the text is only cut into tokens when some word could be.
    if (!mayHaveLongName(context.statement.text)) return [];
    return context.source.tokens().flatMap((token) => {
      const name = identifierOf(token);
      if (name === null || utf8Length(name) <= 63) return [];
      const cut = cutToBytes(name, 63);
      return [
        {
          range: { start: token.start, end: token.end },
          message: `This name has ${utf8Length(name)} bytes: PostgreSQL cuts it to "${cut}"`,
          evidence: { bytes: utf8Length(name), becomes: cut },
        },
      ];
    });
  },
});
