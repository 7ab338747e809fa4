import { as } from '../../sql/nodes.ts';
import type { QueryFault } from '../../sql/references/surroundings.ts';
import { brokenBy } from '../broken-users.ts';
import { changedNames } from '../changed-names.ts';
import { type KnownQuery, placeIn, queriesNaming, queriesUsing, readingsOf } from '../known-queries.ts';
import { type RemovedName, removedNames } from '../removed-names.ts';
import { type CheckContext, defineRule, type Found } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';

/** So much of a query is shown in a message. */
const most = 100;

/** One line of a query around the word that breaks it, short enough for a message. */
const excerpt = (text: string, place: SourceRange | null): string => {
  const end = place?.end ?? 0;
  const from = end <= most ? 0 : end - most / 2;
  const line = text.slice(from).replaceAll(/\s+/g, ' ').trim();
  const start = from === 0 ? '' : '…';
  return line.length > most ? `${start}${line.slice(0, most - 1)}…` : `${start}${line}`;
};

const calls = ({ calls: count }: KnownQuery): string =>
  count === null ? '' : ` (${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} calls)`;

/** A query that fails from a statement on, with what is wrong with it where that is known. */
type BrokenQuery = { readonly query: KnownQuery; readonly fault: QueryFault | null };

/** What breaks queries: a clause of the statement, and what it takes from them, or else why they fail. */
type Cause = { readonly range: SourceRange; readonly taken: string | null; readonly reason: string };

const isOf = ({ kind, name }: QueryFault, { relation, column }: RemovedName): boolean =>
  kind === 'relation' ? column === null && relation.name === name : kind === 'column' && column === name;

const causeOf = (context: CheckContext, removed: readonly RemovedName[], fault: QueryFault): Cause => {
  const { reason, name } = fault;
  const taken = removed.find((one) => isOf(fault, one));
  if (taken !== undefined) return { range: taken.range, taken: taken.words, reason };
  const actions = context.alter()?.actions ?? [];
  const [only, another] = actions;
  const action =
    another === undefined ? only : actions.find(({ cmd }) => (as(cmd.def, 'ColumnDef')?.colname ?? cmd.name) === name);
  return { range: action?.range ?? context.source.range, taken: null, reason };
};

const tell = (context: CheckContext, { range, taken, reason }: Cause, broken: readonly BrokenQuery[]): Found[] => {
  const [first] = broken;
  if (first === undefined) return [];
  const all = context.knownQueries.length;
  const counted = `${broken.length} of ${all} known ${all === 1 ? 'query' : 'queries'}`;
  const [uses, fails] = broken.length === 1 ? ['uses', 'fails'] : ['use', 'fail'];
  const what = taken === null ? `${fails} from here on, as ${reason}` : `${uses} ${taken} and ${fails} from here on`;
  const shown = broken.map(({ query, fault }) => ({
    query,
    fault,
    place: fault === null ? null : placeIn(query, fault),
  }));
  return [
    {
      range,
      message: `${counted} ${what}, first of all: ${excerpt(first.query.text, shown[0]?.place ?? null)}${calls(first.query)}`,
      evidence: {
        known: all,
        broken: broken.length,
        queries: shown.slice(0, 20).map(({ query: { text, source, calls: count }, fault, place }) => ({
          text,
          source,
          calls: count,
          ...(fault === null ? {} : { error: fault.reason, sqlstate: fault.sqlstate }),
          ...(place === null ? {} : { position: place.start + 1, use: text.slice(place.start, place.end) }),
        })),
      },
    },
  ];
};

/** The queries that a statement breaks, by what breaks them. */
const brokenQueries = (context: CheckContext): readonly Found[] => {
  const { knownQueries, database } = context;
  const names = changedNames(database.catalog, context.left().catalog);
  const broken = brokenBy(context, queriesNaming(knownQueries, names), readingsOf);
  const removed = broken.length === 0 ? [] : removedNames(context);
  const causes = new Map<string, { readonly cause: Cause; readonly queries: BrokenQuery[] }>();
  for (const { user, fault } of broken) {
    const cause = causeOf(context, removed, fault);
    const key = `${cause.range.start} ${cause.taken ?? fault.reason}`;
    const known = causes.get(key) ?? { cause, queries: [] };
    known.queries.push({ query: user, fault });
    causes.set(key, known);
  }
  return [...causes.values()].flatMap(({ cause, queries }) => tell(context, cause, queries));
};

/** Without a catalog: the queries that name what a statement takes away. */
const queriesOfRemoved = (context: CheckContext): readonly Found[] =>
  removedNames(context).flatMap(({ relation, column, words, range }) => {
    const queries = queriesUsing(context.knownQueries, context.database, relation, column);
    const cause = { range, taken: words, reason: '' };
    return tell(
      context,
      cause,
      queries.map((query) => ({ query, fault: null })),
    );
  });

export const knownQueryBreaks = defineRule({
  id: 'known-query-breaks',
  title: 'A query that applications run fails from here on',
  category: 'compatibility',
  severity: 'error',
  servers: {},
  needs: 'queries',
  docs: {
    what: 'A statement after which PostgreSQL no longer takes a known query, one that pg_stat_statements has counted or one in the files of queries that were given: a table, view, column, type, label of an enum, sequence, constraint or function that it names is dropped, renamed or moved, a column that it compares or writes has a type that does not fit, a name in it has become ambiguous, a row that it inserts has too many values or lacks one that must not be null.',
    why: 'The query fails in the moment in which the migration commits, in every instance of the application that has not been replaced.',
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
    {
      name: 'a column that makes a name in a join ambiguous',
      setup: 'create table users (id bigint primary key, nick text); create table pets (owner bigint, age int);',
      queries: ['select nick, age from users join pets on owner = id'],
      up: 'alter table pets add column nick text;',
      finds: [{ text: 'add column nick text', severity: 'error' }],
    },
    {
      name: 'a label of an enum that a query compares with',
      setup: "create type mood as enum ('sad', 'ok'); create table users (id bigint primary key, mood mood);",
      queries: ["select id from users where mood = 'ok'", 'select id from users where mood = $1'],
      up: "alter type mood rename value 'ok' to 'fine';",
      finds: [{ text: "alter type mood rename value 'ok' to 'fine'", severity: 'error' }],
    },
    {
      name: 'a type that no operator compares with what the query has',
      setup: 'create table users (id bigint primary key, age text);',
      queries: ["select id from users where age = 'x'", 'select id from users where lower(age) = $1'],
      up: 'alter table users alter column age type int using age::int;',
      finds: [
        { text: 'alter column age type int using age::int', severity: 'error' },
        { text: 'alter column age type int using age::int', severity: 'error' },
      ],
    },
    {
      name: 'the constraint that ON CONFLICT relies on',
      setup: 'create table users (id bigint primary key, email text constraint one_each unique);',
      queries: ['insert into users (id, email) values ($1, $2) on conflict (email) do nothing'],
      up: 'alter table users drop constraint one_each;',
      finds: [{ text: 'drop constraint one_each', severity: 'error' }],
    },
    {
      name: 'a row that lacks what it must have',
      setup: 'create table users (id bigint primary key, nick text default $$x$$ not null);',
      queries: ['insert into users (id) values ($1)', 'insert into users (id, nick) values ($1, $2)'],
      up: 'alter table users alter column nick drop default;',
      finds: [{ text: 'alter column nick drop default', severity: 'error' }],
    },
    {
      name: 'a wider type that everything still fits',
      setup: 'create table users (id bigint primary key, age int);',
      queries: ['select id from users where age > 17', 'update users set age = $1 where id = $2'],
      up: 'alter table users alter column age type bigint;',
      finds: [],
    },
    { name: 'without known queries', up: 'drop table users;', finds: [] },
  ],
  check: (context) => (context.hasCatalog ? brokenQueries(context) : queriesOfRemoved(context)),
});
