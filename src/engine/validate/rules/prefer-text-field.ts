import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const preferTextField = defineRule({
  id: 'prefer-text-field',
  title: 'Limited varchar where text would do',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A column of type varchar(n).',
    why: 'A longer limit later means another migration, and text is stored and compared the same way.',
    instead: 'text, with a CHECK on the length where there is a rule.',
    ignoreWhen: 'the limit is part of a contract.',
    manual: 'https://www.postgresql.org/docs/current/datatype-character.html',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (a varchar(20));',
      finds: [{ text: 'varchar', severity: 'info' }],
    },
    {
      name: 'a new column',
      setup: 'create table t (id int);',
      up: 'alter table t add column "A" character varying(5);',
      finds: [{ text: 'character', severity: 'info' }],
    },
    {
      name: 'text and varchar without a length',
      up: 'create table t (a text, b varchar);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a varchar(20))',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(
      context,
      ({ type }) => type.name === 'varchar' && type.modifiers.length > 0,
      'text is as fast, and its limit can be a CHECK',
    ),
});
