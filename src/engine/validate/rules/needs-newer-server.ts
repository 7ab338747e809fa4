import { newerNames, ownNames } from '../../sql/newer-names.ts';
import { type NewerSyntax, newerSyntax } from '../../sql/newer-syntax.ts';
import type { CheckContext } from '../rule.ts';
import { defineRule } from '../rule.ts';
import type { SourceRange } from '../statement-source.ts';

export const needsNewerServer = defineRule({
  id: 'needs-newer-server',
  title: 'Clause that the server is too old for',
  category: 'compatibility',
  severity: 'error',
  servers: { to: 17 },
  docs: {
    what: 'A clause that came with a later version of PostgreSQL than the one of the database, or of `--server-version`.',
    why: 'The server refuses the statement and the migration stops there, although it runs on a newer server and on the embedded shadow, which is version 18.',
    instead: 'Write it as the older version does, or wait for the upgrade.',
    ignoreWhen: 'the database is upgraded before the migration is applied.',
    manual: 'https://www.postgresql.org/docs/release/',
  },
  examples: [
    {
      name: 'a named NOT NULL before 18',
      setup: 'create table users (id bigint primary key, email text);',
      serverVersion: 15,
      up: 'alter table users add constraint users_email_given not null email;',
      finds: [{ text: 'constraint' }],
    },
    {
      name: 'an index before 15',
      setup: 'create table users (id bigint primary key, email text);',
      serverVersion: 14,
      up: 'create unique index concurrently on users (email) nulls not distinct;',
      finds: [{ text: 'create unique' }],
    },
    {
      name: 'several in one statement',
      serverVersion: 13,
      up: 'create table t (a text compression lz4, b int generated always as (1) virtual, check (b > 0) not enforced);',
      finds: [{ text: 'a' }, { text: 'generated' }, { text: 'check' }],
    },
    {
      name: 'a clause in a query',
      serverVersion: 14,
      up: 'merge into a using b on a.id = b.id when matched then delete;',
      finds: [{ text: 'merge into' }],
    },
    {
      name: 'a routine whose body is SQL',
      serverVersion: 13,
      up: 'create function one() returns int begin atomic select 1; end;',
      finds: [{ text: 'create function' }],
    },
    {
      name: 'a function, a type and a role that are not there yet',
      setup: 'create table users (id bigint primary key);',
      serverVersion: 13,
      up: 'create table t (id uuid default uuidv7(), during int4multirange); grant select on users to pg_read_all_data;',
      finds: [{ text: 'uuidv7' }, { text: 'int4multirange' }, { text: 'pg_read_all_data' }],
    },
    {
      name: 'functions of our own and of an extension',
      setup: 'create table users (id bigint primary key);',
      serverVersion: 12,
      up: "create function uuidv7() returns uuid language sql as 'select null::uuid'; create table t (id uuid default uuidv7()); create extension pgcrypto; create table s (id uuid default gen_random_uuid());",
      finds: [],
    },
    {
      name: 'the server knows it',
      setup: 'create table users (id bigint primary key, email text);',
      serverVersion: 15,
      up: 'create unique index concurrently on users (email) nulls not distinct;',
      finds: [],
    },
    {
      name: 'a NOT NULL of a column has always had a name',
      serverVersion: 12,
      up: 'create table t (a int constraint given not null, b int generated always as (a * 2) stored);',
      finds: [],
    },
  ],
  check: (context) => {
    const major = Math.floor(context.serverVersion / 10_000);
    return [...newerSyntax(context.statement.node, major), ...namesIn(context, major)].map(
      ({ clause, since, location }) => ({
        range: rangeOf(context, location),
        message: `PostgreSQL ${major} does not take ${clause}: it came with ${since}`,
        evidence: { clause, since },
      }),
    );
  },
});

/** Names of the system's own that came later. Extensions may bring the same names, and they are not listed. */
function namesIn(context: CheckContext, major: number): readonly NewerSyntax[] {
  const { catalog } = context.database;
  const found = newerNames(context.statement.node, major, ownNames(catalog, []));
  if (found.length === 0 || catalog.extensions.some(({ name }) => name !== 'plpgsql')) return [];
  return newerNames(context.statement.node, major, ownNames(catalog, context.script.statements));
}

function rangeOf(context: CheckContext, location: number | undefined): SourceRange {
  const { source } = context;
  if (location === undefined) return source.head(2);
  const start = context.offset(location);
  const token = source.tokens().find((one) => one.start === start);
  return token === undefined ? source.head(2) : { start: token.start, end: token.end };
}
