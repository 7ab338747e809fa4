import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const preferBigintOverInt = defineRule({
  id: 'prefer-bigint-over-int',
  title: 'Type integer ends at 2147483647',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  foldsUnder: ['short-integer-primary-key'],
  docs: {
    what: 'A column of type integer or serial.',
    why: 'A key or counter that outgrows it stops all inserts, and widening it later rewrites the table.',
    instead: 'bigint.',
    ignoreWhen: 'the values cannot grow: a year, a percentage.',
    manual: 'https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (a int, n integer);',
      finds: [
        { text: 'int', severity: 'info' },
        { text: 'integer', severity: 'info' },
      ],
      fixed: 'CREATE TABLE t (a bigint, n integer);',
    },
    {
      name: 'bigint',
      up: 'create table t (id bigint, n numeric, a int[]);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a int)',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(
      context,
      ({ type }) => type.schema === null && (type.name === 'int4' || type.name === 'serial' || type.name === 'serial4'),
      'integer ends at 2147483647',
      { int4: 'bigint', serial: 'bigserial', serial4: 'bigserial' },
    ),
});
