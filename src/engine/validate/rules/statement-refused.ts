import { refusals } from '../refused-statement.ts';
import { defineRule } from '../rule.ts';

export const statementRefused = defineRule({
  id: 'statement-refused',
  title: 'Statement that PostgreSQL refuses on this schema',
  category: 'correctness',
  severity: 'error',
  servers: {},
  on: ['AlterTableStmt', 'CreateStmt', 'IndexStmt', 'InsertStmt', 'CreateTrigStmt', 'DropStmt'],
  foldsUnder: ['syntax-or-unknown-object'],
  docs: {
    what: 'A default or a value that is none of its column, an INSERT that leaves out a required column, an index or a check of expressions that cannot stand there, an index that cannot back what it is asked to back, a trigger without its function, a DROP of a trigger, policy or extension that is not there, a DROP without CASCADE of what is in use.',
    why: 'The statement fails whatever the rows are, and the migration stops there.',
    instead: 'Write what the message says is missing, or cast the value.',
    ignoreWhen: 'the catalog that was checked against is older than the database.',
    manual: 'https://www.postgresql.org/docs/current/errcodes-appendix.html',
  },
  examples: [
    {
      name: 'a default of another type',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT 0;',
      finds: [{ text: 'ADD COLUMN active boolean NOT NULL DEFAULT 0', severity: 'error' }],
      trace: { fails: '42804' },
    },
    {
      name: 'a default that is no label of the enum',
      setup: "create type mood as enum ('ok'); create table users (id bigint primary key, mood mood);",
      up: "alter table users alter mood set default 'fine';",
      finds: [{ text: "alter mood set default 'fine'" }],
      trace: { fails: '22P02' },
    },
    {
      name: 'a required column is left out',
      setup: 'create table users (id bigint primary key, email text not null);',
      up: 'insert into users (id) values (1);',
      finds: [{ text: 'insert into' }],
      trace: { fails: '23502' },
    },
    {
      name: 'more values than columns',
      setup: 'create table users (id bigint primary key, email text not null);',
      up: "insert into users (id, email) values (1, 'a', 2);",
      finds: [{ text: 'insert into' }],
      trace: { fails: '42601' },
    },
    {
      name: 'a value for an identity that is always generated',
      setup: 'create table users (id bigint generated always as identity primary key);',
      up: 'insert into users (id) values (7);',
      finds: [{ text: 'insert into' }],
      trace: { fails: '428C9' },
    },
    {
      name: 'a query in a check',
      setup: 'create table users (id bigint primary key); create table gone (id bigint);',
      up: 'alter table users add constraint c check (id in (select id from gone)) not valid;',
      finds: [{ text: 'add constraint c check (id in (select id from gone)) not valid' }],
      trace: { fails: '0A000' },
    },
    {
      name: 'a partial index as constraint',
      setup: 'create table users (id bigint, email text); create unique index part on users (email) where id > 0;',
      up: 'alter table users add constraint part unique using index part;',
      finds: [{ text: 'add constraint part unique using index part' }],
      trace: { fails: '42809' },
    },
    {
      name: 'a replica identity that may be NULL',
      setup: 'create table users (id bigint, email text unique);',
      up: 'alter table users replica identity using index users_email_key;',
      finds: [{ text: 'replica identity using index users_email_key' }],
      trace: { fails: '42809' },
    },
    {
      name: 'a volatile function in an index',
      setup:
        "create table users (id bigint); create function dice() returns int language plpgsql as 'begin return 1; end';",
      up: 'create index concurrently i on users ((id + dice()));',
      finds: [{ text: 'create index' }],
    },
    {
      name: 'a trigger whose function is not there',
      setup: 'create table users (id bigint);',
      up: 'create trigger t before insert on users for each row execute function "Stamp"();',
      finds: [{ text: '"Stamp"' }],
      trace: { fails: '42883' },
    },
    {
      name: 'a trigger and a policy that are not there',
      setup: 'create table users (id bigint); create policy "P" on users;',
      up: 'drop trigger t on users; drop policy p on users; drop policy "P" on users; drop trigger if exists t on users;',
      finds: [{ text: 't' }, { text: 'p' }],
      trace: { fails: '42704' },
    },
    {
      name: 'what is in use',
      setup:
        "create type mood as enum ('ok'); create sequence s; create function f() returns trigger language plpgsql as 'begin return new; end'; create table users (id bigint default nextval('s'), mood mood[]); create trigger t before insert on users for each row execute function f(); create type free as enum ('ok');",
      up: 'drop type mood; drop sequence s; drop function f(); drop type free;',
      finds: [{ text: 'drop type mood' }, { text: 'drop sequence s' }, { text: 'drop function f()' }],
      trace: { fails: '2BP01' },
    },
    {
      name: 'a required part of the key',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users alter id drop not null;',
      finds: [{ text: 'alter id drop not null' }],
      trace: { fails: '42P16' },
    },
    {
      name: 'what the server takes',
      setup:
        "create type mood as enum ('ok'); create table users (id bigint generated by default as identity, email text not null, mood mood default 'ok', doc jsonb, \"On\" boolean);",
      up: `alter table users add a boolean default 'yes', add b text default 5, add c jsonb default '[]', add d int[] default '{}', add e int default '7', add f uuid default '00000000-0000-0000-0000-000000000000';
insert into users (email, mood, doc, "On") values ('a', 'ok', '{"a": 1}', true), ('b', default, null, 'off');
insert into users values (5, 'c');`,
      finds: [],
    },
    {
      name: 'a trigger may fill the column',
      setup:
        "create table users (id bigint primary key, email text not null); create function fill() returns trigger language plpgsql as 'begin new.email := ''x''; return new; end'; create trigger t before insert on users for each row execute function fill();",
      up: 'insert into users (id) values (1);',
      finds: [],
    },
    { name: 'without a catalog nothing is known', up: 'insert into users (id) values (1);', finds: [] },
  ],
  check: (context) =>
    refusals(context).map(({ range, sqlstate, reason }) => ({
      range,
      message: `The statement fails with ${sqlstate}: ${reason}`,
      evidence: { sqlstate },
    })),
});
