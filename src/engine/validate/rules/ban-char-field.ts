import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const banCharField = defineRule({
  id: 'ban-char-field',
  title: 'Type char(n) pads its values with spaces',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A column of type char(n).',
    why: 'Values are padded to the length and compared without the padding, which surprises more often than it helps; it is not faster.',
    instead: 'text.',
    ignoreWhen: 'the format has a fixed length and other systems rely on it.',
    manual: 'https://www.postgresql.org/docs/current/datatype-character.html',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (a char(3), b character(2));',
      finds: [
        { text: 'char', severity: 'info' },
        { text: 'character', severity: 'info' },
      ],
    },
    {
      name: 'one byte for the system',
      up: 'create table t (a "char", b text);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a char(3))',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(context, ({ type }) => type.name === 'bpchar', 'its values are padded with spaces; text is not'),
});
