import { defineRule } from '../rule.ts';
import { typeAdvice } from '../type-advice.ts';

export const preferTimestamptz = defineRule({
  id: 'prefer-timestamptz',
  title: 'Type timestamp has no time zone',
  category: 'types and conventions',
  severity: 'info',
  servers: {},
  optIn: true,
  docs: {
    what: 'A column of type timestamp without time zone.',
    why: 'It keeps what a clock showed and not where the clock hung: two sessions with different TimeZone settings write different moments as the same value.',
    instead: 'timestamptz.',
    ignoreWhen: 'the values are local times on purpose, such as opening hours.',
    manual: 'https://www.postgresql.org/docs/current/datatype-datetime.html',
  },
  examples: [
    {
      name: 'a new table',
      up: 'CREATE TABLE t (at timestamp);',
      finds: [{ text: 'timestamp', severity: 'info' }],
    },
    {
      name: 'a new column',
      setup: 'create table t (id int);',
      up: 'alter table t add column at timestamp(3) without time zone;',
      finds: [{ text: 'timestamp', severity: 'info' }],
    },
    {
      name: 'with a time zone',
      up: 'create table t (at timestamptz, b timestamp with time zone, d date);',
      finds: [],
    },
    {
      name: 'the table is there, and no type is written',
      setup: 'create table old (a timestamp)',
      up: 'alter table old alter a set not null;',
      finds: [],
    },
  ],
  check: (context) =>
    typeAdvice(
      context,
      ({ type }) => type.name === 'timestamp',
      'timestamptz keeps the moment, timestamp only what a clock showed',
    ),
});
