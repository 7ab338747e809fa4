import { type KnownQuery, queriesUsing } from '../known-queries.ts';
import { removedNames } from '../removed-names.ts';
import { defineRule } from '../rule.ts';

/** One line of a query, short enough for a message. */
const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};

const calls = ({ calls: count }: KnownQuery): string =>
  count === null ? '' : ` (${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} calls)`;

export const knownQueryBreaks = defineRule({
  id: 'known-query-breaks',
  title: 'A query that applications run fails from here on',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  needs: 'queries',
  docs: {
    what: 'A dropped, renamed or moved table, view or column that a known query names: one that pg_stat_statements has counted, or one in the files of queries that were given.',
    why: 'The query fails with 42P01 or 42703 in the moment in which the migration commits, in every instance of the application that has not been replaced.',
    instead:
      'Release the application without the old name first, and drop or rename in a later migration. For a rename, keep the old name working in between: a view, or a second column.',
    ignoreWhen: 'the query is no longer run: pg_stat_statements remembers since it was last reset.',
    manual: 'https://www.postgresql.org/docs/current/pgstatstatements.html',
  },
  examples: [
    {
      name: 'a dropped column that a query reads',
      setup: 'create table users (id bigint primary key, email text, nick text);',
      queries: [
        'select u.nick from users u where id = $1',
        'select email from users',
        'delete from users where nick = $1',
      ],
      up: 'alter table users drop column nick;',
      finds: [{ text: 'drop column nick', severity: 'error' }],
    },
    {
      name: 'a renamed table that a query writes',
      setup: 'create table users (id bigint primary key);',
      queries: ['insert into public.users (id) values ($1) on conflict do nothing'],
      up: 'alter table users rename to people;',
      finds: [{ text: 'alter table users rename to people', severity: 'error' }],
    },
    {
      name: 'a column of that name in another table',
      setup: 'create table users (id bigint primary key, nick text); create table pets (id bigint, nick text);',
      queries: ['select nick from pets'],
      up: 'alter table users drop column nick;',
      finds: [],
    },
    {
      name: 'a table that a view of the same name replaces',
      setup: 'create table users (id bigint primary key);',
      queries: ['select id from users'],
      up: 'begin; alter table users rename to people; create view users as select * from people; commit;',
      finds: [],
    },
    {
      name: 'the way back from an added column',
      setup: 'create table users (id bigint primary key);',
      queries: ['select nick from users'],
      up: 'alter table users add column nick text;',
      down: 'alter table users drop column nick;',
      finds: [],
    },
    { name: 'without known queries', up: 'drop table users;', finds: [] },
  ],
  check: (context) =>
    removedNames(context).flatMap(({ relation, column, words, range }) => {
      const broken = queriesUsing(context.knownQueries, context.database, relation, column);
      const [first] = broken;
      if (first === undefined) return [];
      const all = context.knownQueries.length;
      const counted = `${broken.length} of ${all} known ${all === 1 ? 'query' : 'queries'}`;
      const fail = broken.length === 1 ? `uses ${words} and fails` : `use ${words} and fail`;
      return [
        {
          range,
          message: `${counted} ${fail} from here on, first of all: ${shortened(first.text)}${calls(first)}`,
          evidence: {
            known: all,
            broken: broken.length,
            queries: broken.slice(0, 20).map(({ text, source, calls: count }) => ({ text, source, calls: count })),
          },
        },
      ];
    }),
});
