import { as } from '../../sql/nodes.ts';
import { type CheckContext, defineRule } from '../rule.ts';
import { unknownNames } from '../unknown-names.ts';

/** Statements that may make objects without saying which. */
const makers = ['CreateExtensionStmt', 'SelectStmt', 'ImportForeignSchemaStmt'] as const;

const followsMaker = (context: CheckContext): boolean =>
  context.script.statements
    .slice(0, context.statement.index)
    .some(({ node }) => makers.some((kind) => as(node, kind) !== undefined));

export const syntaxOrUnknownObject = defineRule({
  id: 'syntax-or-unknown-object',
  title: 'Name that does not exist',
  category: 'correctness',
  severity: 'error',
  servers: {},
  docs: {
    what: 'A statement names a table, view, index, column, constraint or schema that is not in the catalog at this point of the migration.',
    why: 'The statement fails with 42P01, 42703 or 42704, and the migration stops there.',
    instead: 'Correct the name, name the schema, or create the object first.',
    ignoreWhen: 'the catalog that was checked against is older than the database, or holds only some of its schemas.',
    manual: 'https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH',
  },
  examples: [
    {
      name: 'an unknown table',
      setup: 'create table users (id bigint primary key);',
      up: 'ALTER TABLE usres ADD COLUMN a int;',
      finds: [{ text: 'usres', severity: 'error' }],
      trace: { fails: '42P01' },
    },
    {
      name: 'unknown columns',
      setup: 'create table users (id bigint primary key, email text);',
      up: 'alter table users alter column emial set not null; create index concurrently on users (emial, id); update users set emial = null where id = 1; delete from users where mail is null;',
      finds: [{ text: 'emial' }, { text: 'emial' }, { text: 'emial' }, { text: 'mail' }],
      trace: { fails: '42703' },
    },
    {
      name: 'a foreign key to an unknown table and column',
      setup: 'create table users (id bigint primary key); create table orders (user_id bigint);',
      up: 'alter table orders add foreign key (user_id) references nobody (id) not valid, add foreign key (user_id) references users (no) not valid;',
      finds: [{ text: 'nobody' }, { text: 'no' }],
    },
    {
      name: 'an unknown index and constraint',
      setup: 'create table users (id bigint primary key);',
      up: 'drop index concurrently nothing_here; alter table users drop constraint c;',
      finds: [{ text: 'nothing_here' }, { text: 'c' }],
      trace: { fails: '42704' },
    },
    {
      name: 'a name is only known after it was made',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users drop column late; alter table users add column late int;',
      finds: [{ text: 'late' }],
    },
    {
      name: 'names made by the migration itself',
      setup: 'create table users (id bigint primary key);',
      up: 'alter table users add column a int; create index concurrently i on users (a); create table t (a int); alter table t rename a to b; alter table t drop column b; drop index concurrently i;',
      finds: [],
    },
    {
      name: 'the columns of a table made from a query',
      setup: 'create table users (id bigint primary key);',
      up: 'create table copies as select u.*, 1 as one from users u; create index on copies (id, one); update copies set one = 2 where id = 1;',
      finds: [],
    },
    {
      name: 'IF EXISTS',
      setup: 'create table users (id bigint primary key);',
      up: 'drop table if exists nothing_here; alter table if exists nothing_here add a int; alter table users drop column if exists a, drop constraint if exists c;',
      finds: [],
    },
    { name: 'without a catalog nothing is known', up: 'alter table nothing_here add column a int;', finds: [] },
    {
      name: 'system columns and catalogs exist',
      setup: 'create table users (id bigint primary key);',
      up: 'delete from users where ctid is null; update pg_catalog.pg_class set relname = relname where false;',
      finds: [],
    },
  ],
  check: (context) => {
    if (!context.hasCatalog) return [];
    const unknown = unknownNames(context);
    // Looks back over the whole script, which is not worth it for the many statements that name nothing unknown.
    const follows = unknown.length > 0 && followsMaker(context);
    return unknown.map(({ what, range, sqlstate, object }) => {
      const uncertain = follows || context.isUncertain(object);
      return {
        range,
        severity: uncertain ? ('warning' as const) : ('error' as const),
        message: uncertain
          ? `${what} is not known here, unless an earlier statement made it in a way that cannot be followed`
          : `${what} does not exist at this point: the statement fails with ${sqlstate}`,
        evidence: { sqlstate },
      };
    });
  },
});
