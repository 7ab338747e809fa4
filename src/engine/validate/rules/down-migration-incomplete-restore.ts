import type { Statement } from '../../sql/parser.ts';
import type { RoundTripDifference } from '../round-trip.ts';
import { defineRule } from '../rule.ts';

/** So many are named; of the rest the number is enough. */
const named = 4;

export const downMigrationIncompleteRestore = defineRule({
  id: 'down-migration-incomplete-restore',
  title: 'The down brings something back without all of its properties',
  category: 'rollback and files',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'A column that after up and down has another type, or lacks its NOT NULL, DEFAULT, identity or generation; a table without its row level security; an object without the privileges that it granted.',
    why: 'The name is there again, so that nobody notices: rows without the value get in, inserts that relied on the default fail, roles that could read the table cannot any more.',
    instead: 'Write the down from the catalog as it was before the up: Lockstep computes such a down.',
    ignoreWhen: 'the property was a mistake that the up was meant to end.',
    manual: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  },
  examples: [
    {
      name: 'a column without its default and NOT NULL',
      setup: "create table users (id bigint primary key, kind text not null default 'a');",
      up: 'alter table users drop column kind;',
      down: 'ALTER TABLE users ADD COLUMN kind text;',
      finds: [{ text: 'ALTER TABLE users ADD COLUMN kind text', severity: 'warning', direction: 'down' }],
    },
    {
      name: 'another type',
      setup: 'create table users (id bigint primary key, age integer);',
      up: 'alter table users alter column age type bigint;',
      down: 'alter table users alter column age type smallint;',
      finds: [{ text: '', direction: 'down' }],
    },
    {
      name: 'a table without its privileges',
      setup: 'create table kinds (id bigint primary key); grant select on kinds to public;',
      up: 'drop table kinds;',
      down: 'create table kinds (id bigint primary key);',
      finds: [{ text: '', direction: 'down' }],
    },
    {
      name: 'another body of a function',
      setup: "create function f() returns int language sql as 'select 1';",
      up: "create or replace function f() returns int language sql as 'select 2';",
      down: "create or replace function f() returns int language sql as 'select 3';",
      finds: [{ text: '', direction: 'down' }],
    },
    {
      name: 'the old body in another layout',
      setup: "create function f() returns int language sql as 'select   1';",
      up: "create or replace function f() returns int language sql as 'select 2';",
      down: 'create or replace function f() returns int language sql as $$ select 1 $$;',
      finds: [],
    },
    {
      name: 'all of it',
      setup: "create table users (id bigint primary key, kind varchar(20) not null default 'a');",
      up: 'alter table users drop column kind;',
      down: "alter table users add column kind character varying(20) default 'a' not null;",
      finds: [],
    },
    {
      name: 'a serial in its two notations',
      setup: 'create table users (id bigserial primary key, a int);',
      up: 'drop table users;',
      down: "create sequence users_id_seq; create table users (id bigint not null default nextval('users_id_seq') primary key, a integer);",
      finds: [],
    },
    {
      name: 'without a catalog nobody knows what it was',
      up: 'alter table users drop column kind;',
      down: 'alter table users add column kind text;',
      finds: [],
    },
  ],
  checkPair: ({ down, roundTrip }) => {
    if (down === null || down.statements.length === 0) return [];
    const places = new Map<Statement | null, RoundTripDifference[]>();
    for (const difference of roundTrip()?.differences ?? [])
      if (difference.change === 'differs')
        places.set(difference.madeBy, [...(places.get(difference.madeBy) ?? []), difference]);
    return [...places].map(([madeBy, differences]) => {
      const told = differences.slice(0, named).map(({ what, how }) => `${what} ${how}`);
      const rest = differences.length - told.length;
      return {
        direction: 'down',
        range: madeBy === null ? { start: 0, end: 0 } : { start: madeBy.start, end: madeBy.end },
        message: `After up and down ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
        evidence: { differences: differences.map(({ what, how }) => `${what} ${how}`) },
      };
    });
  },
});
