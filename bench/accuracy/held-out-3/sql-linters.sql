create table account (id int generated always as identity primary key, email text, name varchar(32), created timestamptz default now(), balance int not null default 0, status text not null default 'open', region char(2), valid_during tstzrange);
create table entry (id bigint primary key, account_id int references account (id), amount numeric, booked date, memo text);
create table entry_archive (id bigint, account_id int, amount numeric, booked date, memo text);
create index entry_booked_idx on entry (booked);
create type mood as enum ('sad', 'ok', 'happy');
create table diary (id bigint primary key, feeling mood);
create materialized view totals as select account_id, sum(amount) as total from entry group by account_id;
create materialized view totals_keyed as select account_id, sum(amount) as total from entry group by account_id;
create unique index totals_keyed_idx on totals_keyed (account_id);
create domain positive as int check (value > 0);
create domain plain_text as text;

-- unsafe: transaction with concurrent index
-- because: PostgreSQL refuses it.
-- fails: 25001
begin;
create index concurrently entry_account on entry (account_id);
commit;

-- safe: concurrent index after the commit
-- because: it runs outside of the transaction.
begin;
alter table entry add column source text;
commit;
create index concurrently entry_account on entry (account_id);

-- safe: lock timeout and a nullable column
-- because: a brief lock.
set lock_timeout = '1s';
set statement_timeout = '5s';
alter table account add column phone text;

-- unsafe: identity column added
-- because: every row is written again.
alter table entry_archive add column nr bigint generated always as identity;

-- unsafe: domain with a check added as column
-- because: every row is written again.
alter table account add column level positive;

-- safe: domain without a check added as column
-- because: only the catalog changes.
alter table account add column motto plain_text;

-- safe: now as default
-- because: stable, computed once.
alter table account add column seen_at timestamptz default now();

-- safe: current_timestamp as default, required
-- because: stable, computed once.
alter table account add column seen_at timestamptz not null default current_timestamp;

-- unsafe: clock_timestamp as default
-- because: volatile, every row is written again.
alter table account add column seen_at timestamptz default clock_timestamp();

-- unsafe: random as default
-- because: volatile.
alter table account add column lottery double precision default random();

-- unsafe: random inside an expression
-- because: the expression is as volatile as its parts.
alter table account add column lottery int default (floor(random() * 100))::int;

-- safe: immutable expression as default
-- because: computed once.
alter table account add column lottery int default (10 * 10 + length('abc'));

-- safe: array as default
-- because: constant.
alter table account add column labels text[] not null default array['a','b']::text[];

-- safe: current_user as default
-- because: stable, computed once.
alter table account add column made_by name default current_user;

-- safe: enum value added
-- because: only the catalog changes.
alter type mood add value 'ecstatic' after 'happy';

-- safe: enum value added if missing
-- because: nothing is written.
alter type mood add value if not exists 'ok';

-- unsafe: enum value added and used
-- because: PostgreSQL refuses the use before the commit.
-- fails: 55P04
begin;
alter type mood add value 'bored';
insert into diary (id, feeling) values (1, 'bored');
commit;

-- safe: enum value added and used after the commit
-- because: the value is there by then.
alter type mood add value 'bored';
insert into diary (id, feeling) values (1, 'bored');

-- unsafe: enum value as default in the same transaction
-- because: PostgreSQL refuses the use before the commit.
-- fails: 55P04
begin;
alter type mood add value 'bored';
alter table diary alter column feeling set default 'bored';
commit;

-- unsafe: enum value renamed
-- because: running code writes the old label.
alter type mood rename value 'sad' to 'blue';

-- unsafe: primary key on a table without one
-- because: index build and check of NULLs under ACCESS EXCLUSIVE.
alter table entry_archive add primary key (id);

-- unsafe: primary key using an index over a nullable column
-- because: all rows are read for NOT NULL.
-- given
create unique index entry_archive_id on entry_archive (id);
-- migration
alter table entry_archive add constraint entry_archive_pk primary key using index entry_archive_id;

-- safe: primary key using an index over a required column
-- because: nothing to build, nothing to check.
-- given
alter table entry_archive alter column id set not null;
create unique index entry_archive_id on entry_archive (id);
-- migration
alter table entry_archive add constraint entry_archive_pk primary key using index entry_archive_id;

-- unsafe: vacuum full
-- because: the table is written again under ACCESS EXCLUSIVE.
vacuum full entry;

-- unsafe: vacuum full in brackets
-- because: the same in another spelling.
vacuum (full, analyze) entry;

-- safe: vacuum
-- because: reads and writes go on.
vacuum entry;

-- safe: vacuum analyze
-- because: reads and writes go on.
vacuum (analyze, verbose) entry;

-- safe: analyze
-- because: reads and writes go on.
analyze entry;

-- safe: vacuum that says full false
-- because: a plain vacuum.
vacuum (full false) entry;

-- unsafe: cluster
-- because: the table is written again under ACCESS EXCLUSIVE.
cluster entry using entry_booked_idx;

-- safe: index named for a later cluster
-- because: SHARE UPDATE EXCLUSIVE, only the catalog.
alter table entry cluster on entry_booked_idx;

-- unsafe: reindex of a table
-- because: writes wait.
reindex table entry;

-- unsafe: reindex of an index
-- because: queries that use it wait.
reindex index entry_booked_idx;

-- safe: reindex concurrently
-- because: reads and writes go on.
reindex index concurrently entry_booked_idx;

-- safe: reindex concurrently in brackets
-- because: the option is the same.
reindex (concurrently, verbose) table entry;

-- unsafe: reindex that says concurrently false
-- because: writes wait.
reindex (concurrently false) table entry;

-- unsafe: materialized view refreshed
-- because: its readers wait for the whole query.
refresh materialized view totals;

-- safe: materialized view refreshed concurrently
-- because: its readers go on.
refresh materialized view concurrently totals_keyed;

-- unsafe: concurrent refresh without a unique index
-- because: PostgreSQL refuses it.
-- fails: 55000
refresh materialized view concurrently totals;

-- unsafe: truncated
-- because: all rows are lost.
truncate table entry_archive;

-- unsafe: truncated with cascade
-- because: the rows of the referencing table go too.
truncate account cascade;

-- unsafe: truncate without the referencing table
-- because: PostgreSQL refuses it.
-- fails: 0A000
truncate account;

-- unsafe: set logged off
-- because: the table is written again.
alter table entry set unlogged;

-- unsafe: delete without where
-- because: every row is lost.
delete from entry_archive;

-- unsafe: delete where true
-- because: the condition holds for every row.
delete from entry_archive where true;

-- unsafe: update without where
-- because: every row is locked.
update account set balance = 0;

-- unsafe: update where 1 = 1
-- because: the condition holds for every row.
update account set balance = 0 where 1 = 1;

-- safe: update of one row
-- because: found by its key.
update account set balance = 0 where id = 17;

-- unsafe: explicit lock
-- because: everybody waits until the commit.
begin;
lock table account in access exclusive mode;
commit;

-- unsafe: explicit lock without a mode
-- because: ACCESS EXCLUSIVE is meant.
begin;
lock account;
commit;

-- safe: explicit lock that blocks no query
-- because: only other DDL waits.
begin;
lock table account in access share mode;
commit;

-- unsafe: transaction never closed
-- because: locks stay, the work is lost on disconnect.
begin;
alter table account add column phone text;

-- unsafe: database dropped
-- because: everything in it is lost.
drop database production;

-- unsafe: text search by type change
-- because: every value is written again.
alter table entry alter column memo type tsvector using to_tsvector('simple', memo);

-- unsafe: char widened
-- because: char is padded, so every row is written again.
alter table account alter column region type char(4);

-- unsafe: text column to an enum
-- because: every value is written again.
alter table account alter column status drop default, alter column status type mood using status::mood;

-- safe: timestamptz to timestamp
-- because: under TimeZone UTC no row is touched.
alter table account alter column created type timestamp;

-- safe: table made with everything in it
-- because: it is new.
create table if not exists audit (id bigint generated by default as identity primary key, who text not null check (who <> ''), at timestamptz not null default clock_timestamp(), account_id int not null);
create index on audit (account_id);
alter table audit add constraint audit_who_key unique (who);

-- unsafe: add column, unnamed unique
-- because: the index is built under ACCESS EXCLUSIVE.
alter table account add column code text unique;

-- unsafe: add column with primary key
-- because: rows that are there have no value.
alter table entry_archive add column uid uuid primary key;

-- safe: if exists of a missing table
-- because: nothing happens.
alter table if exists nowhere add column x int;

-- unsafe: missing table
-- because: PostgreSQL refuses it.
-- fails: 42P01
alter table nowhere add column x int;

-- unsafe: missing column
-- because: PostgreSQL refuses it.
-- fails: 42703
alter table account drop column fax;

-- unsafe: column that exists
-- because: PostgreSQL refuses it.
-- fails: 42701
alter table account add column email text;

-- safe: column that exists, if not exists
-- because: nothing happens.
alter table account add column if not exists email text;

-- unsafe: syntax error
-- because: PostgreSQL refuses it.
-- fails: 42601
alter table account ad column email text;

-- unsafe: trailing comma
-- because: PostgreSQL refuses it.
-- fails: 42601
create table t (id int primary key, name text,);

-- unsafe: same column set twice
-- because: PostgreSQL refuses it.
-- fails: 42601
update account set name = 'a', name = 'b' where id = 1;

-- safe: comment on a column
-- because: only the catalog changes.
comment on column account.email is 'address for letters';

-- safe: statistics target
-- because: SHARE UPDATE EXCLUSIVE, only the catalog.
alter table account alter column status set statistics 500;

-- safe: fill factor
-- because: SHARE UPDATE EXCLUSIVE, only the catalog.
alter table account set (fillfactor = 80);

-- safe: autovacuum tuned
-- because: only the catalog.
alter table entry set (autovacuum_vacuum_scale_factor = 0.01);

-- unsafe: autovacuum turned off
-- because: dead rows pile up.
alter table entry set (autovacuum_enabled = false);

-- unsafe: text search index without concurrently
-- because: writes wait for the build.
create index entry_memo_gin on entry using gin (to_tsvector('english', memo));

-- unsafe: stable function in an index
-- because: PostgreSQL wants immutable functions.
-- fails: 42P17
create index concurrently entry_memo_gin on entry using gin (to_tsvector(memo));

-- safe: extension made if it is missing
-- because: plpgsql is there.
create extension if not exists plpgsql;
