import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const preferBigintOverSmallint = defineRule({
  id: 'prefer-bigint-over-smallint',
  title: 'Type smallint ends at 32767',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  foldsUnder: ['short-integer-primary-key'],
  docs: {
    what: 'A column of type smallint or smallserial.',
    why: 'It saves two bytes that alignment often gives back, and ends at 32767.',
    instead: 'bigint or integer.',
    ignoreWhen: 'the values cannot grow, and there are very many rows.',
    manual: 'https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (n smallint);',
      finds: [{ text: 'smallint', severity: 'info' }],
      fixed: 'CREATE TABLE t (n bigint);',
    },
    {
      name: 'bigint',
      up: 'create table t (n bigint);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a smallint)',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(
      context,
      ({ type }) =>
        type.schema === null && (type.name === 'int2' || type.name === 'smallserial' || type.name === 'serial2'),
      'smallint ends at 32767',
      { int2: 'bigint', smallserial: 'bigserial', serial2: 'bigserial' },
    ),
});
