import { defineRule } from '../rule.ts';
import { identifierOf } from '../statement-source.ts';
import { utf8Length } from '../utf8-length.ts';

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
    { name: '63 bytes fit', up: `alter table t add column ${'a'.repeat(63)} int;`, finds: [] },
    { name: 'a long text is no name', up: `comment on table t is '${'a'.repeat(80)}';`, finds: [] },
  ],
  check: (context) => {
    // Names are rare that long: the text is only cut into tokens when some word could be.
    if (!/[\w\u0080-\uffff$]{32}|"[^"]{32}/.test(context.statement.text)) return [];
    return context.source.tokens().flatMap((token) => {
      const name = identifierOf(token);
      if (name === null || utf8Length(name) <= 63) return [];
      let cut = name;
      while (utf8Length(cut) > 63) cut = cut.slice(0, -1);
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
