import { defineRule, type FoundInPair } from '../rule.ts';
import { someInWords } from '../wording.ts';

export const downNotInverse = defineRule({
  id: 'down-not-inverse',
  title: 'The down does not take back what the up does',
  category: 'rollback and files',
  severity: 'warning',
  servers: {},
  docs: {
    what: 'Something that the up creates and the down leaves, or that the up drops and the down does not bring back, as far as both files can be followed without running them.',
    why: 'After a rollback the schema is neither the old one nor the new one: the up fails when it runs again, and code that relies on what was dropped stays broken. Most downs that do not restore fail silently.',
    instead:
      'Complete the down. A shadow run (--tier shadow) proves on a copy that it restores, and computes the down that does.',
    ignoreWhen: 'what is left over is meant to stay, such as an extension or a type that others use by now.',
    manual: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  },
  examples: [
    {
      name: 'an index and a column are left',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int, add column b int; create index i on users (id);',
      down: 'ALTER TABLE users DROP COLUMN a;',
      finds: [{ text: '', severity: 'warning', direction: 'down' }],
    },
    {
      name: 'a dropped table stays away',
      setup: 'create table users (id bigint primary key); create table old (id int);',
      up: 'alter table users add column a int; drop table old;',
      down: 'alter table users drop column a;',
      finds: [{ text: '', direction: 'down' }],
    },
    {
      name: 'without a catalog, a type is left',
      up: "create type state as enum ('open'); create table jobs (id bigint primary key, state state);",
      down: 'drop table jobs;',
      finds: [{ text: '', direction: 'down' }],
    },
    {
      name: 'a value of an enum, which no statement takes away',
      setup: "create type state as enum ('open'); create table jobs (id bigint primary key);",
      up: "alter type state add value 'done'; alter table jobs add column n int;",
      down: 'alter table jobs drop column n;',
      finds: [{ text: '', severity: 'info', direction: 'down' }],
    },
    {
      name: 'without a catalog, what the up replaces may have been there',
      up: "create or replace function f() returns int language sql as 'select 2'; drop view v; create view v as select 2;",
      down: "create or replace function f() returns int language sql as 'select 1'; drop view v; create view v as select 1;",
      finds: [],
    },
    {
      name: 'taken back, in another order and by other means',
      setup: 'create schema app; create table users (id bigint primary key, nick text);',
      up: 'alter table users rename column nick to name; create table app.a (id serial primary key); create index i on users (name);',
      down: 'drop index i; alter table users rename name to nick; drop table app.a;',
      finds: [],
    },
    {
      name: 'indexes and constraints go with their column',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int unique check (a > 0); create index i on users (a);',
      down: 'alter table users drop column a;',
      finds: [],
    },
    {
      name: 'what a block does is not known',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int;',
      down: "do $$ begin execute 'alter table users drop column a'; end $$;",
      finds: [],
    },
    { name: 'an empty down is another matter', up: 'create table t (a int);', down: '', finds: [] },
  ],
  checkPair: ({ down, roundTrip }) => {
    if (down === null || down.statements.length === 0) return [];
    const differences = roundTrip()?.differences ?? [];
    const left = differences.filter(({ change }) => change === 'left').map(({ what }) => what);
    // PostgreSQL has no statement for it, so that the down could do it only by making the type anew.
    const onlyValues = left.every((what) => what.startsWith("value '"));
    const gone = differences.filter(({ change }) => change === 'gone').map(({ what }) => what);
    const found = (
      message: string,
      things: readonly string[],
      severity: 'warning' | 'info' = 'warning',
    ): FoundInPair => ({
      direction: 'down',
      severity,
      range: { start: 0, end: 0 },
      message,
      evidence: { things },
    });
    return [
      ...(left.length > 0
        ? [found(`The down leaves ${someInWords(left)}, which the up makes`, left, onlyValues ? 'info' : 'warning')]
        : []),
      ...(gone.length > 0 ? [found(`The down does not bring back ${someInWords(gone)}`, gone)] : []),
    ];
  },
});
