import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const discouragedType = defineRule({
  id: 'discouraged-type',
  title: 'Type that the manual advises against',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A column of type money or timetz.',
    why: 'money depends on lc_monetary, so that a dump may be read as other amounts; timetz has an offset without a date, which daylight saving makes meaningless.',
    instead: 'numeric with a currency column; timestamptz.',
    ignoreWhen: 'another system needs exactly this type.',
    manual: 'https://www.postgresql.org/docs/current/datatype-money.html',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (price money, at timetz);',
      finds: [
        { text: 'money', severity: 'info' },
        { text: 'timetz', severity: 'info' },
      ],
    },
    {
      name: 'numeric and time',
      up: 'create table t (price numeric(12,2), at time);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a money)',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(
      context,
      ({ type }) => type.name === 'money' || type.name === 'timetz',
      'its values change their meaning with settings',
    ),
});
