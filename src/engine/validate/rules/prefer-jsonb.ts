import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const preferJsonb = defineRule({
  id: 'prefer-jsonb',
  title: 'Type json instead of jsonb',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A column of type json.',
    why: 'It is kept as text and parsed on every use, has no equality (SELECT DISTINCT fails with 42883) and no useful index.',
    instead: 'jsonb.',
    ignoreWhen: 'the exact text with its spaces and duplicate keys must be kept.',
    manual: 'https://www.postgresql.org/docs/current/datatype-json.html',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (a json);',
      finds: [{ text: 'json', severity: 'info' }],
      fixed: 'CREATE TABLE t (a jsonb);',
    },
    {
      name: 'jsonb',
      up: 'create table t (a jsonb);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a json)',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(
      context,
      ({ type }) => type.schema === null && type.name === 'json',
      'jsonb has operators, equality and indexes that json lacks',
      { json: 'jsonb' },
    ),
});
